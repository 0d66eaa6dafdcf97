#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <libdadcam/library/file_system.hpp>
#include <sstream>
#include <string_view>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

// statfs(2), and the kernel's magic.h where that does not have them.
constexpr std::uint32_t kFuse = 0x65735546, kFat = 0x4d44;
constexpr std::array<std::uint32_t, 20> kNetworks{
    0x6969,      // NFS
    0x517b,      // SMB
    0xff534d42,  // CIFS
    0xfe534d42,  // SMB 2
    0x01021997,  // 9P
    0x00c36400,  // Ceph
    0x5346414f,  // OpenAFS
    0x6b414653,  // AFS
    0x73757245,  // Coda
    0x564c,      // NCP
    0x01161970,  // GFS2
    0x7461636f,  // OCFS2
    0x0bd00bd0,  // Lustre
    0x47504653,  // GPFS
    0xaad7aaea,  // Panasas
    0x19830326,  // BeeGFS
    0x786f4256,  // VirtualBox's shared folders
    0xbacbacbc,  // VMware's
    0x7c7c6673,  // Parallels'
    0x013111a8,  // IBRIX
};

/// Of FUSE's, what lies on a disk of this machine: NTFS, exFAT and ext as Debian mounts them.
constexpr std::array<std::string_view, 8> kLocalFuses{"fuseblk",        "fuse.exfat",   "fuse.exfat-fuse",
                                                      "fuse.ntfs",      "fuse.ntfs-3g", "fuse.lowntfs-3g",
                                                      "fuse.fuse-ext2", "fuse.fuse2fs"};

bool is_local_fuse(const fs::path& place) {
    return std::find(kLocalFuses.begin(), kLocalFuses.end(), file_system_type(place)) != kLocalFuses.end();
}

}  // namespace

std::string file_system_type(const fs::path& place) {
    struct stat status {};
    if (::stat(place.c_str(), &status) != 0) return {};
    std::ifstream in("/proc/self/mountinfo");
    return type_of_mount(std::string(std::istreambuf_iterator<char>(in), {}), major(status.st_dev),
                         minor(status.st_dev));
}

std::string type_of_mount(const std::string& mountinfo, unsigned major, unsigned minor) {
    const auto device = fmt::format("{}:{}", major, minor);
    std::istringstream lines(mountinfo);
    std::string type;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string id, parent, number, word;
        words >> id >> parent >> number;
        if (number != device) continue;
        while (words >> word && word != "-") {
        }
        words >> type;
    }
    return type;
}

bool is_shared_with_others(const fs::path& place) {
    struct statfs status {};
    if (::statfs(place.c_str(), &status) != 0) return false;  // whoever opens something there hears why
    const auto kind = static_cast<std::uint32_t>(status.f_type);
    if (kind == kFuse) return !is_local_fuse(place);
    return std::find(kNetworks.begin(), kNetworks.end(), kind) != kNetworks.end();
}

std::optional<std::int64_t> largest_file(const fs::path& place) {
    constexpr std::int64_t kOfFat = (std::int64_t{1} << 32) - 1;
    struct statfs status {};
    if (::statfs(place.c_str(), &status) != 0 || static_cast<std::uint32_t>(status.f_type) != kFat) return std::nullopt;
    return kOfFat;
}

bool can_be_made(const fs::path& folder, const std::string& name) {
    auto tried = (folder / (".dadcam-XXXXXX" + name)).string();
    const int descriptor = ::mkstemps(tried.data(), static_cast<int>(name.size()));
    if (descriptor < 0) return false;
    ::close(descriptor);
    return ::unlink(tried.c_str()) == 0;
}

bool takes_name(const fs::path& folder, const std::string& name) {
    const auto plain = name_for_any_disk(name);
    // What is said of a name that is forbidden is another thing on each file system.
    return plain == name || can_be_made(folder, name) || !can_be_made(folder, plain);
}

std::string name_for_any_disk(std::string name) {
    constexpr std::string_view kForbidden = "\"*:<>?\\|";
    constexpr unsigned char kFirstPrintable = 0x20;
    for (auto& c : name) {
        if (static_cast<unsigned char>(c) < kFirstPrintable || kForbidden.find(c) != std::string_view::npos) c = '_';
    }
    if (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.back() = '_';
    return name;
}

}  // namespace dadcam::library

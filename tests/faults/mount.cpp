#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <tests/faults/bench.hpp>
#include <tests/faults/mount.hpp>
#include <utility>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

void skip_unless(int result) {
    if (result != 0) throw Skipped(fmt::format("no file system may be mounted here ({})", std::strerror(errno)));
}

}  // namespace

void keep_mounts_private() {
    if (::unshare(CLONE_NEWNS) == 0) ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
}

Mount Mount::small(const fs::path& folder, std::uint64_t bytes) {
    fs::create_directories(folder);
    const auto options = fmt::format("size={},mode=700", bytes);
    skip_unless(::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()));
    return Mount(folder);
}

Mount Mount::read_only(const fs::path& folder) {
    fs::create_directories(folder);
    skip_unless(::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr));
    Mount mounted(folder);
    skip_unless(::mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr));
    return mounted;
}

Mount::~Mount() {
    if (folder_.empty()) return;
    if (std::uncaught_exceptions() > 0) {
        try {
            copy_folder(folder_, folder_.string() + "-kept");
        } catch (const std::exception&) {  // that something was lost is told anyway
        }
    }
    ::umount2(folder_.c_str(), MNT_DETACH);
}

}  // namespace dadcam::faults

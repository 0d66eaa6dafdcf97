#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <tests/faults/bench.hpp>
#include <tests/faults/child.hpp>
#include <tests/faults/mount.hpp>
#include <utility>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

void skip_unless(int result) {
    if (result != 0) throw Skipped(fmt::format("no file system may be mounted here ({})", std::strerror(errno)));
}

/// What it says. Skipped when there is no such program, or it may not.
std::string run_or_skip(const std::vector<std::string>& program, const fs::path& folder = "/") {
    const auto ran = run({program, folder});
    if (ran.ended.code != 0) throw Skipped(fmt::format("{} cannot be used here {}", program.front(), ran.err));
    return ran.out;
}

}  // namespace

void keep_mounts_private() {
    if (::unshare(CLONE_NEWNS) != 0) return;
    // Nothing goes out; what is unmounted here is so for children with mounts of their own, too.
    for (const unsigned long kind : {MS_SLAVE, MS_SHARED}) ::mount(nullptr, "/", nullptr, MS_REC | kind, nullptr);
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

Mount Mount::bindfs(const fs::path& folder, const fs::path& at) {
    fs::create_directories(at);
    run_or_skip({"bindfs", folder.string(), at.string()});
    return Mount(at);
}

Mount Mount::sshfs(const fs::path& folder, const fs::path& at) {
    constexpr const char* kServer = "/usr/lib/openssh/sftp-server";
    if (!fs::exists(kServer)) throw Skipped(fmt::format("there is no {}", kServer));
    fs::create_directories(at);
    Mount mounted(at);
    mounted.pid_file_ = at.string() + ".pid";
    const auto server = at.string() + ".sh";  // in place of ssh and its words
    write_file(server, fmt::format("#!/bin/sh\necho $$ >'{}'\nexec {}\n", mounted.pid_file_.string(), kServer));
    fs::permissions(server, fs::perms::owner_all);
    run_or_skip({"sshfs", "-o", "ssh_command=" + server, "localhost:" + folder.string(), at.string()});
    return mounted;
}

void Mount::signal_server(int number) const {
    ::kill(std::stoi(read_file(pid_file_)), number);
}

void Mount::make_exfat(const fs::path& image) {
    run_or_skip({"mkfs.exfat", image.string()});
}

Mount Mount::exfat(const fs::path& image, const fs::path& at) {
    fs::create_directories(at);
    auto device = run_or_skip({"losetup", "--find", "--show", image.string()});
    device.resize(device.find_last_not_of('\n') + 1);
    Mount mounted(at);
    mounted.device_ = device;
    // By its name alone: it is not to be taken for a process of dadcam's that was left.
    run_or_skip({"mount.exfat-fuse", device, at.filename().string()}, at.parent_path());
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
    if (device_.empty()) {
        ::umount2(folder_.c_str(), MNT_DETACH);
        return;
    }
    // Not before all is on it: it is to be mounted again.
    eventually([this] { return ::umount2(folder_.c_str(), 0) == 0 || errno == EINVAL; });
    eventually([this] { return run({{"losetup", "--detach", device_}, "/"}).ended.code == 0; });
}

}  // namespace dadcam::faults

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <tests/faults/mount.hpp>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSmallDisk = 64 << 20;

/// Shell: takes all the room of a folder's file system but so many bytes. The first who comes does it.
std::string fill(const fs::path& disk, std::uint64_t left) {
    return fmt::format(
        "if mkdir '{0}/once' 2>/dev/null; then\n"
        "  free=$(df --output=avail -B1 '{0}' | tail -n 1)\n"
        "  head -c $((free - {1})) /dev/zero >'{0}/filler'\n"
        "fi",
        disk.string(), left);
}

std::uint64_t free_bytes(const fs::path& disk) {
    struct statvfs facts {};
    if (::statvfs(disk.c_str(), &facts) != 0) throw std::system_error(errno, std::generic_category(), disk.string());
    return facts.f_bavail * facts.f_frsize;
}

void fill_now(const fs::path& disk, std::uint64_t left) {
    const auto path = disk / "filler";
    const int filler = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    const auto length = static_cast<off_t>(free_bytes(disk) - left);
    const int error = filler < 0 ? errno : ::posix_fallocate(filler, 0, length);
    if (filler >= 0) ::close(filler);
    if (error != 0) throw std::system_error(error, std::generic_category(), path.string());
}

void make_room(const fs::path& disk) {
    fs::remove(disk / "filler");
    fs::remove(disk / "once");
}

/// While rendering: the forecast was good, then something else took the room.
std::string fills_up(Trial& trial, const std::string& when, std::uint64_t left, const std::string& then = {}) {
    const auto disk = trial.folder / "disk";
    const auto mounted = Mount::small(disk, kSmallDisk);
    trial.move_to(disk / "library");
    const auto ran = trial.export_film(trial.stub(when, fill(disk, left) + then), {"--jobs", "1"});
    expect(fs::exists(disk / "filler"), "the disk was not filled: " + ran.err);
    expect_failure(ran, 14, "disk_full");
    make_room(disk);
    trial.survive();
    return ran.ended.text();
}

std::string is_full_before(Trial& trial) {
    constexpr std::uint64_t kLeft = 200 << 10;
    const auto disk = trial.folder / "disk";
    const auto mounted = Mount::small(disk, kSmallDisk);
    trial.move_to(disk / "library");
    fill_now(disk, kLeft);
    // Nothing may be rendered: the stub would say so by its exit code.
    const auto ran = trial.export_film(trial.stub("*' -i '*", "exit 77"));
    expect_failure(ran, 14, "disk_full");
    expect((ran.out + ran.err).find("room") != std::string::npos, "it does not speak of room: " + ran.err);
    make_room(disk);
    trial.survive();
    return ran.ended.text();
}

/// A folder that nothing can be written into, for the length of a scope.
class ReadOnly {
public:
    explicit ReadOnly(const fs::path& folder) : folder_(folder) {
        fs::create_directories(folder);
        if (::geteuid() == 0) {
            mount_ = std::make_unique<Mount>(Mount::read_only(folder));
        } else {
            fs::permissions(folder, fs::perms::owner_write, fs::perm_options::remove);
        }
    }
    ~ReadOnly() {
        std::error_code error;
        if (!mount_) fs::permissions(folder_, fs::perms::owner_write, fs::perm_options::add, error);
    }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;

private:
    fs::path folder_;
    std::unique_ptr<Mount> mount_;
};

std::string read_only(const Trial& trial, const std::string& folder) {
    Ran ran;
    {
        const ReadOnly shut(trial.library / ".dadcam" / folder);
        ran = trial.export_film();
        expect_failure(ran, 12, "output_write_error");
        trial.nothing_is_left();
    }
    trial.survive();
    return ran.ended.text();
}

}  // namespace

Attempts full_disks() {
    constexpr std::uint64_t kALittle = 256 << 10;  // less than a segment
    return {
        {"disk full", "before the export", is_full_before},
        {"disk full", "while a segment is rendered", [](Trial& trial) { return fills_up(trial, kClip2, kALittle); }},
        {"disk full", "to the last byte", [](Trial& trial) { return fills_up(trial, kClip3, 0); }},
        {"disk full", "and ffmpeg says something else",
         [](Trial& trial) { return fills_up(trial, kClip3, kALittle, "\necho 'moov atom not found' >&2; exit 1"); }},
        {"disk full", "while the film is joined", [](Trial& trial) { return fills_up(trial, kJoining, kALittle); }}};
}

Attempts read_only_folders() {
    return {{"folder read-only", "segments", [](Trial& trial) { return read_only(trial, "segments"); }},
            {"folder read-only", "exports", [](Trial& trial) { return read_only(trial, "exports"); }}};
}

}  // namespace dadcam::faults

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fstream>
#include <iterator>
#include <libdadcam/error.hpp>
#include <libdadcam/library/holder.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A host's name has at most 64 bytes, each of which may take six in JSON.
constexpr std::size_t kBytes = 1024;

std::string first_line(const fs::path& file) {
    std::string line;
    std::getline(std::ifstream(file) >> std::ws, line);
    return line;
}

/// proc(5): the twenty-second field of stat, counted after the name, which may hold anything. 0 where it is not
/// running.
std::int64_t start_of(std::int64_t process) {
    constexpr int kFieldsBetween = 19;
    std::ifstream stat(fmt::format("/proc/{}/stat", process));
    std::string text(std::istreambuf_iterator<char>(stat), {});
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream fields(text.substr(name_end + 1));
    std::string field;
    for (int i = 0; i < kFieldsBetween; ++i) fields >> field;
    std::int64_t start = 0;
    fields >> start;
    constexpr std::string_view kZombie = " Z";
    return text.compare(name_end + 1, kZombie.size(), kZombie) == 0 ? 0 : start;
}

std::string host_name() {
    std::array<char, HOST_NAME_MAX + 1> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

Holder parse(const std::string& text) {
    Holder holder{};
    try {
        const auto json = Json::parse(text);
        holder = {json.at("host"),    json.at("machine"), json.at("boot"),  json.at("processes"), json.at("disk"),
                  json.at("process"), json.at("started"), json.at("since"), json.at("beat")};
    } catch (const Json::exception&) {
        return {};
    }
    return holder;
}

struct flock whole_file(short kind) {
    struct flock lock {};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// Asks the other side of a network for size and times, and lets go of the contents. Zeros when it cannot tell.
struct statx look_anew(int descriptor) {
    struct statx status {};
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &status);
    return status;
}

[[noreturn]] void refuse(const fs::path& path, const char* reason) {
    throw Error(Category::output_write_error, fmt::format("{} cannot be opened: {}.", path.string(), reason),
                "Check that you can write to the library's folder. The file can be deleted when no dadcam is running.");
}

}  // namespace

Holder this_process(const fs::path& folder) {
    std::error_code error;
    struct stat status {};
    return {host_name(),
            first_line("/etc/machine-id"),
            first_line("/proc/sys/kernel/random/boot_id"),
            fs::read_symlink("/proc/self/ns/pid", error).string(),
            ::stat(folder.c_str(), &status) == 0 ? status.st_dev : 0,
            ::getpid(),
            start_of(::getpid()),
            now_utc()};
}

bool shares_locks(const Holder& one, const Holder& other) {
    return !one.boot.empty() && one.boot == other.boot && one.disk == other.disk;
}

std::optional<bool> is_running(const Holder& holder, const Holder& self) {
    if (holder.boot.empty() || holder.processes.empty()) return std::nullopt;
    if (holder.boot == self.boot && holder.processes == self.processes)
        return start_of(holder.process) == holder.started;
    const bool same_machine = !holder.machine.empty() && holder.machine == self.machine && holder.host == self.host;
    if (same_machine && holder.boot != self.boot) return false;  // it was started anew since
    return std::nullopt;
}

std::string described(const Holder& holder) {
    if (holder.process == 0) return "an unknown process";
    auto text = fmt::format("process {} on {}", holder.process, holder.host);
    const auto since = parse_time(holder.since);
    if (!since) return text;
    constexpr std::size_t kToTheMinute = 16;
    return fmt::format("{}, since {} UTC", text, format_wall(since->wall).substr(0, kToTheMinute));
}

HolderFile HolderFile::open(const fs::path& path) {
    HolderFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666), path);
    struct stat status {};
    if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &status) != 0) refuse(path, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) refuse(path, "it is not a file");
    return file;
}

std::optional<HolderFile> HolderFile::look(const fs::path& path) {
    HolderFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK), path);
    return file.descriptor_ < 0 ? std::nullopt : std::optional(std::move(file));
}

HolderFile::HolderFile(HolderFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

HolderFile::~HolderFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool HolderFile::lock(short kind) const {
    auto lock = whole_file(kind);
    if (::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0) return true;
    if (errno == EAGAIN || errno == EACCES) return false;
    throw Error(Category::output_write_error,
                fmt::format("{} cannot be locked: {}.", path_.string(), std::strerror(errno)),
                "The library's file system must support locks.");
}

bool HolderFile::is_locked() const {
    auto lock = whole_file(F_WRLCK);
    return ::fcntl(descriptor_, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

HolderFile::Seen HolderFile::read() const {
    Seen seen;
    const auto status = look_anew(descriptor_);
    seen.written = std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::seconds(status.stx_mtime.tv_sec) +
                                                                   std::chrono::nanoseconds(status.stx_mtime.tv_nsec));
    std::string text(kBytes, '\0');
    const auto got = ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    if (got < 0)
        seen.holder = Holder{};
    else if (text.find_first_not_of(" \n") != std::string::npos)
        seen.holder = parse(text);
    return seen;
}

bool HolderFile::write(const std::optional<Holder>& holder) const {
    std::string text;
    if (holder) {
        const Json json{{"host", holder->host},           {"machine", holder->machine}, {"boot", holder->boot},
                        {"processes", holder->processes}, {"disk", holder->disk},       {"process", holder->process},
                        {"started", holder->started},     {"since", holder->since},     {"beat", holder->beat}};
        text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
    }
    text.resize(kBytes - 1, ' ');
    text += '\n';
    return ::pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
           ::ftruncate(descriptor_, kBytes) == 0;
}

void look_anew(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return;
    look_anew(descriptor);
    ::close(descriptor);
}

}  // namespace dadcam::library

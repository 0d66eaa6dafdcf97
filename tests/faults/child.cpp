#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
extern "C" {  // glibc 2.36 forgets to say so
#include <sys/pidfd.h>
}
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>
#include <system_error>
#include <tests/faults/attempt.hpp>
#include <tests/faults/child.hpp>
#include <thread>
#include <utility>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Only a program that hangs takes so long: a loaded machine does not.
constexpr std::chrono::minutes kPatience{5};
constexpr std::chrono::milliseconds kLook{10};

int checked(int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
    return result;
}

std::vector<std::string> environment_of(const Words& words) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto name = text.substr(0, text.find('='));
        if (!name.starts_with("DADCAM_") && !name.starts_with("XDG_") && name != "NO_COLOR" &&
            !words.environment.contains(name))
            all.push_back(text);
    }
    for (const auto& [name, value] : words.environment) all.push_back(fmt::format("{}={}", name, value));
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

/// Between fork and exec, in a program with threads: only async-signal-safe calls.
[[noreturn]] void become(char* const* arguments, char* const* environment, const char* folder, int out, int err) {
    ::setpgid(0, 0);  // so that a Ctrl-C stops this program and not what it watches
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (::chdir(folder) == 0 && ::dup2(nothing, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(err, 2) >= 0) {
        // Whoever runs this in the background may have had them ignored.
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::signal(number, SIG_DFL);
        ::execvpe(arguments[0], arguments, environment);
    }
    ::_exit(127);
}

std::string content_of(int descriptor) {
    struct stat facts {};
    checked(::fstat(descriptor, &facts), "fstat");
    std::string text(static_cast<std::size_t>(facts.st_size), '\0');
    const auto count = ::pread(descriptor, text.data(), text.size(), 0);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return text;
}

/// Of a file in /proc; nothing when the process ends meanwhile, at which reading fails.
std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<pid_t> all_processes() {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error == std::errc{} && end == name.data() + name.size()) found.push_back(pid);
    }
    return found;
}

}  // namespace

std::string Ended::text() const {
    return signal != 0 ? fmt::format("signal {}", signal) : fmt::format("exit {}", code);
}

Child::Child(const Words& words)
    : out_(checked(::memfd_create("out", MFD_CLOEXEC), "memfd_create")),
      err_(checked(::memfd_create("err", MFD_CLOEXEC), "memfd_create")) {
    auto program = words.program;
    auto environment = environment_of(words);
    const auto arguments = pointers(program);
    const auto variables = pointers(environment);
    pid_ = checked(::fork(), "fork");
    if (pid_ == 0) become(arguments.data(), variables.data(), words.folder.c_str(), out_, err_);
    pidfd_ = checked(::pidfd_open(pid_, 0), "pidfd_open");
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pidfd_(std::exchange(other.pidfd_, -1)),
      out_(std::exchange(other.out_, -1)),
      err_(std::exchange(other.err_, -1)) {}

Child::~Child() {
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);  // a program under strace outlives strace
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    for (const int descriptor : {pidfd_, out_, err_}) {
        if (descriptor >= 0) ::close(descriptor);
    }
}

void Child::signal(int number) const {
    ::kill(pid_, number);
}

bool Child::ended_within(std::chrono::milliseconds time) const {
    const auto deadline = Clock::now() + time;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd entry{pidfd_, POLLIN, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready >= 0 || errno != EINTR) return ready > 0;
    }
}

std::string Child::out() const {
    return content_of(out_);
}

long Child::peak_memory() const {
    std::istringstream lines(text_of(fmt::format("/proc/{}/status", pid_)));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    }
    return 0;
}

Ran Child::wait() {
    if (!ended_within(kPatience)) throw Lost("a program does not come to its end");
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    Ran ran;
    if (WIFSIGNALED(status)) ran.ended.signal = WTERMSIG(status);
    if (WIFEXITED(status)) ran.ended.code = WEXITSTATUS(status);
    ran.out = content_of(out_);
    ran.err = content_of(err_);
    return ran;
}

Ran run(const Words& words) {
    return Child(words).wait();
}

std::vector<pid_t> children_named(pid_t parent, const std::string& name) {
    std::vector<pid_t> found;
    for (const auto pid : all_processes()) {
        // "pid (name) state parent …"; a name may hold anything, so its end is the last parenthesis.
        const auto stat = text_of(fmt::format("/proc/{}/stat", pid));
        const auto open = stat.find('(');
        const auto close = stat.rfind(')');
        if (open == std::string::npos || close == std::string::npos) continue;
        char state = 0;
        pid_t its_parent = 0;
        std::istringstream(stat.substr(close + 1)) >> state >> its_parent;
        if (its_parent == parent && state != 'Z' && stat.substr(open + 1, close - open - 1) == name)
            found.push_back(pid);
    }
    return found;
}

std::vector<pid_t> processes_in(const fs::path& folder) {
    const auto prefix = folder.string() + "/";
    std::vector<pid_t> found;
    for (const auto pid : all_processes()) {
        std::error_code error;
        const auto current = fs::read_symlink(fmt::format("/proc/{}/cwd", pid), error).string() + "/";
        if (pid != ::getpid() && (current.starts_with(prefix) ||
                                  text_of(fmt::format("/proc/{}/cmdline", pid)).find(prefix) != std::string::npos))
            found.push_back(pid);
    }
    return found;
}

bool eventually(const std::function<bool()>& is_so) {
    const auto deadline = Clock::now() + std::chrono::minutes{1};
    while (!is_so()) {
        if (Clock::now() > deadline) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

}  // namespace dadcam::faults

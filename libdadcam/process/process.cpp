#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
extern "C" {  // glibc 2.36 forgets to say so
#include <sys/pidfd.h>
}
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/process/boost_process.hpp>
#include <libdadcam/process/process.hpp>
#include <mutex>
#include <system_error>

namespace dadcam::process {
namespace {

using Clock = std::chrono::steady_clock;

/// How often `keep_going` is asked while a program is silent.
constexpr std::chrono::milliseconds kTick{100};

class Descriptor {
public:
    explicit Descriptor(int value = -1) : value_(value) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    void reset() {
        if (value_ >= 0) ::close(value_);
        value_ = -1;
    }

private:
    int value_;
};

/// Boost.Process reports a failed exec through a pipe that is not close-on-exec from its first moment on: a child
/// forked at that moment by another thread would hold it open and stall the parent. So one starts at a time.
std::mutex& spawning() {
    static std::mutex mutex;
    return mutex;
}

/// As the kernel defines it (sched_setattr(2)); its header and the C library's exclude each other.
struct SchedAttr {
    std::uint32_t size = sizeof(SchedAttr);
    std::uint32_t policy = SCHED_BATCH;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 20'000'000;  ///< nanoseconds: the slice
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

/// Long work that nobody waits for at a keyboard. With a slice of 20 ms (from Linux 6.12 on; earlier ones ignore it)
/// in place of about 3 the threads of several encoders evict each other's caches less: 4 % less CPU, measured.
void schedule_as_batch(int nicer) {
    constexpr int kNicest = 19;
    SchedAttr attributes;
    attributes.nice = std::min(kNicest, ::getpriority(PRIO_PROCESS, 0) + nicer);
    ::syscall(SYS_sched_setattr, 0, &attributes, 0);
}

/// What a program's standard streams are: descriptors above them, so that putting one in place cannot close another.
struct Streams {
    int in, out, err;
};

/// In the child, between fork and exec: only async-signal-safe calls.
void prepare_child(pid_t parent, const Streams& streams, bool dies_with_parent, const char* folder, int nicer) {
    ::setpgid(0, 0);
    if (*folder != '\0' && ::chdir(folder) != 0) ::_exit(127);
    if (dies_with_parent) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);  // the parent was gone before the line above
        schedule_as_batch(nicer);
    }
    ::dup2(streams.in, STDIN_FILENO);
    ::dup2(streams.out, STDOUT_FILENO);
    ::dup2(streams.err, STDERR_FILENO);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// A feed's reading end, which is given up here whatever happens.
class Lent {
public:
    explicit Lent(Feed* feed) : feed_(feed) {}
    ~Lent() { end(); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    void end() const {
        if (feed_ != nullptr) feed_->handed_over();
    }

private:
    Feed* feed_;
};

/// A duplicate with a life of its own, above the standard streams.
Descriptor borrow(int fd) {
    const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (copy < 0) throw std::system_error(errno, std::generic_category(), "a stream for a program");
    return Descriptor(copy);
}

Descriptor nowhere() {
    const Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    return borrow(null.get());
}

/// A program found by a relative path is meant from here, not from the folder in which it will run.
std::string program_of(const Command& command) {
    if (command.folder.empty()) return command.program;
    return std::filesystem::absolute(command.program).string();
}

/// Throws bp::process_error when the program cannot be started.
bp::child start(const Command& command, const Streams& streams, bool dies_with_parent) {
    const pid_t self = ::getpid();
    auto setup = bp::extend::on_exec_setup(
        [&](auto&) { prepare_child(self, streams, dies_with_parent, command.folder.c_str(), command.nicer); });
    const auto program = program_of(command);
    const std::lock_guard lock(spawning());
    return bp::child(bp::exe = program, bp::args = command.arguments, setup);
}

bp::child spawn(const Command& command, Stream stream, int sink) {
    const Descriptor null = nowhere();
    const Descriptor in = borrow(command.input != nullptr ? command.input->reading_end() : null.get());
    const Descriptor out = borrow(sink);
    try {
        return start(
            command,
            {in.get(), stream == Stream::err ? null.get() : out.get(), stream == Stream::out ? null.get() : out.get()},
            true);
    } catch (const bp::process_error& error) {
        throw Error(Category::tool_missing, fmt::format("{} could not be started.", command.program),
                    "Check that it is installed and executable.", error.what());
    }
}

/// Sends a signal to the child's whole group. Right after the fork the group may not exist yet: then to the child.
void signal_group(pid_t pid, int signal) {
    if (::kill(-pid, signal) != 0 && errno == ESRCH) ::kill(pid, signal);
}

/// Waits for a program's end, but not once somebody is in a hurry.
void await_end(int pidfd, std::chrono::milliseconds time, int hurry) {
    std::array<pollfd, 2> entries{pollfd{pidfd, POLLIN, 0}, pollfd{hurry, POLLIN, 0}};
    const auto deadline = Clock::now() + time;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        const int ready = ::poll(entries.data(), entries.size(),
                                 static_cast<int>(std::max(left.count(), std::chrono::milliseconds::rep{0})));
        if (ready >= 0 || errno != EINTR) return;
    }
}

Exit reap(bp::child& child) {
    child.wait();
    const int status = child.native_exit_code();
    if (WIFSIGNALED(status)) return {std::nullopt, WTERMSIG(status)};
    return {WEXITSTATUS(status), std::nullopt};
}

/// Reads what is there without waiting. False at the end of the stream.
bool drain(int fd, const Listener& listener) {
    std::array<char, 16384> buffer;
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0) return errno == EINTR || errno == EAGAIN;
    if (count == 0) return false;
    listener.on_output({buffer.data(), static_cast<std::size_t>(count)});
    return true;
}

/// Hands output to the listener until the program ends, a stop is requested or the listener gives up.
Ended listen(int source, int pidfd, const Listener& listener, const Stop& stop) {
    bool open = true;
    for (;;) {
        std::array<pollfd, 3> entries{pollfd{open ? source : -1, POLLIN, 0}, pollfd{pidfd, POLLIN, 0},
                                      pollfd{stop.descriptor(), POLLIN, 0}};
        const int ready = ::poll(entries.data(), entries.size(), static_cast<int>(kTick.count()));
        if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
        if (ready > 0 && (entries[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) open = drain(source, listener);
        if (stop.requested()) return Ended::stopped;
        if (listener.keep_going && !listener.keep_going()) return Ended::given_up;
        if (ready > 0 && (entries[1].revents & POLLIN) != 0) {
            // The program is gone. What it wrote before is still in the pipe; a grandchild may hold the pipe open.
            ::fcntl(source, F_SETFL, O_NONBLOCK);
            pollfd rest{source, POLLIN, 0};
            while (open && ::poll(&rest, 1, 0) > 0 && (rest.revents & POLLIN) != 0) open = drain(source, listener);
            return Ended::by_itself;
        }
    }
}

}  // namespace

std::string describe(const Exit& exit) {
    if (exit.signal) return fmt::format("signal {}", *exit.signal);
    return fmt::format("exit code {}", exit.code.value_or(-1));
}

Finished run(const Command& command, Stream stream, const Listener& listener, const Stop& stop) {
    const Lent input(command.input);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    const Descriptor source(ends[0]);
    Descriptor sink(ends[1]);
    bp::child child = spawn(command, stream, sink.get());
    sink.reset();
    input.end();
    const pid_t pid = child.id();
    const Descriptor pidfd(::pidfd_open(pid, 0));
    if (pidfd.get() < 0) {
        const int error = errno;
        signal_group(pid, SIGKILL);
        reap(child);
        throw std::system_error(error, std::generic_category(), "pidfd_open");
    }
    Finished finished;
    try {
        finished.ended = listen(source.get(), pidfd.get(), listener, stop);
    } catch (...) {
        signal_group(pid, SIGKILL);
        reap(child);
        throw;
    }
    if (finished.ended != Ended::by_itself) {
        signal_group(pid, SIGTERM);
        await_end(pidfd.get(), command.grace, stop.hurry_descriptor());
        // The program itself may have ended politely and left a child of its own in the group.
        signal_group(pid, SIGKILL);
    }
    finished.exit = reap(child);
    return finished;
}

Captured capture(const Command& command, Stream stream, std::size_t max_bytes, std::chrono::milliseconds patience,
                 const Stop& stop) {
    Captured captured;
    const auto deadline = Clock::now() + patience;
    const Listener listener{
        [&](std::string_view chunk) {
            captured.output.append(chunk.substr(0, max_bytes - std::min(max_bytes, captured.output.size())));
        },
        [&] { return Clock::now() < deadline; }};
    captured.finished = run(command, stream, listener, stop);
    return captured;
}

bool launch(const Command& command) {
    const Descriptor null = nowhere();
    try {
        start(command, {null.get(), null.get(), null.get()}, false).detach();
        return true;
    } catch (const bp::process_error&) {
        return false;
    }
}

}  // namespace dadcam::process

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <libdadcam/process/process.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam;
using namespace dadcam::process;

namespace {

constexpr std::chrono::hours kPatient{1};

Finished run_quietly(const Command& command, const Stop& stop) {
    return run(command, Stream::both, {[](std::string_view) {}, {}}, stop);
}

Command shell(const std::string& script) {
    return {"/bin/sh", {"-c", script}};
}

/// Everything a program writes, without limits.
std::string output_of(const Command& command, Stream stream) {
    const Stop stop;
    return capture(command, stream, std::size_t{1} << 30, kPatient, stop).output;
}

/// A named pipe that its writers keep open as long as any of them lives: its end is their end.
class LifeLine {
public:
    LifeLine() {
        REQUIRE(::mkfifo(path().c_str(), 0600) == 0);
        reader_ = ::open(path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        REQUIRE(reader_ >= 0);
        REQUIRE(::fcntl(reader_, F_SETFL, 0) == 0);
    }
    ~LifeLine() { ::close(reader_); }
    LifeLine(const LifeLine&) = delete;
    LifeLine& operator=(const LifeLine&) = delete;

    std::string path() const { return (folder_ / "life").string(); }
    /// Waits for the end of all writers. Returns what they wrote.
    std::string read_to_end() const {
        std::string text;
        char byte = 0;
        while (::read(reader_, &byte, 1) == 1) text.push_back(byte);
        return text;
    }

private:
    test::TemporaryFolder folder_;
    int reader_ = -1;
};

/// Runs a shell script and stops it as soon as it has written "ready".
Finished stop_when_ready(const std::string& script, std::chrono::milliseconds grace = kGrace) {
    Stop stop;
    std::string said;
    auto command = shell(script);
    command.grace = grace;
    return run(command, Stream::out,
               {[&](std::string_view text) {
                    said += text;
                    if (test::contains(said, "ready")) stop.request();
                },
                {}},
               stop);
}

/// Pipes that whoever started the test left open for its children.
std::size_t pipes_left_open() {
    std::size_t count = 0;
    for (int fd = 3; fd < 1024; ++fd) {
        const int flags = ::fcntl(fd, F_GETFD);
        struct stat info {};
        if (flags >= 0 && (flags & FD_CLOEXEC) == 0 && ::fstat(fd, &info) == 0 && S_ISFIFO(info.st_mode)) ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("a program's exit code is told") {
    const Stop stop;
    const auto good = run_quietly(shell("exit 0"), stop);
    CHECK(good.ended == Ended::by_itself);
    CHECK(good.exit.success());
    const auto bad = run_quietly(shell("exit 7"), stop);
    CHECK(bad.exit.code == 7);
    CHECK_FALSE(bad.exit.signal);
    CHECK_FALSE(bad.exit.success());
    CHECK(describe(bad.exit) == "exit code 7");
}

TEST_CASE("the signal that ended a program is told") {
    const Stop stop;
    const auto finished = run_quietly(shell("kill -KILL $$"), stop);
    CHECK(finished.ended == Ended::by_itself);
    CHECK(finished.exit.signal == SIGKILL);
    CHECK_FALSE(finished.exit.code);
    CHECK_FALSE(finished.exit.success());
    CHECK(describe(finished.exit) == "signal 9");
}

TEST_CASE("arguments reach a program as they are, and no shell sees them") {
    CHECK(output_of({"/usr/bin/printf", {"%s|", "a b", "$HOME", "*", "'", "", "\n"}}, Stream::out) ==
          "a b|$HOME|*|'||\n|");
}

TEST_CASE("the stream that is asked for is heard, the other is not") {
    const auto both = shell("echo out; echo err >&2");
    CHECK(output_of(both, Stream::out) == "out\n");
    CHECK(output_of(both, Stream::err) == "err\n");
    CHECK(output_of(both, Stream::both) == "out\nerr\n");
}

TEST_CASE("a program has no input") {
    CHECK(output_of(shell("cat; echo end"), Stream::out) == "end\n");
}

TEST_CASE("a program runs as batch work, as nice as it is asked to be on top of dadcam's own niceness") {
    constexpr int kNicest = 19;
    const int nice = std::min(kNicest, ::getpriority(PRIO_PROCESS, 0) + 3);
    REQUIRE(::setpriority(PRIO_PROCESS, 0, nice) == 0);
    for (const int nicer : {0, 5, 100}) {
        Command command{"/usr/bin/awk", {"{ print $19, $41 }", "/proc/self/stat"}};
        command.nicer = nicer;
        CHECK(output_of(command, Stream::out) ==
              std::to_string(std::min(kNicest, nice + nicer)) + ' ' + std::to_string(SCHED_BATCH) + '\n');
    }
}

TEST_CASE("a program does not get our files") {
    const test::TemporaryFolder folder;
    const auto name = test::write_file(folder / "a file of ours", "x");
    const int ours = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(ours >= 0);
    const auto listed = output_of(shell("ls -l /proc/self/fd"), Stream::out);
    ::close(ours);
    CHECK(test::contains(listed, "0 -> /dev/null"));
    CHECK_FALSE(test::contains(listed, "a file of ours"));
    // The pipe that is read is its only new one: neither its other end nor one of another program's.
    const auto pipes = [](const std::string& text) {
        std::size_t count = 0;
        for (auto at = text.find("pipe:"); at != std::string::npos; at = text.find("pipe:", at + 1)) ++count;
        return count;
    };
    CHECK(pipes(listed) == 1 + pipes_left_open());
}

TEST_CASE("huge output is heard whole") {
    const Stop stop;
    std::size_t bytes = 0;
    const auto finished = run({"/usr/bin/head", {"-c", "50000000", "/dev/zero"}}, Stream::out,
                              {[&](std::string_view text) { bytes += text.size(); }, {}}, stop);
    CHECK(finished.exit.success());
    CHECK(bytes == 50'000'000);
}

TEST_CASE("what a program writes last is heard, even when it ends at once") {
    for (int i = 0; i < 20; ++i) REQUIRE(output_of(shell("printf last; exit 1"), Stream::out) == "last");
}

TEST_CASE("a capture keeps what it was allowed to, and the program is not held up") {
    const Stop stop;
    const auto captured = capture({"/usr/bin/head", {"-c", "5000000", "/dev/zero"}}, Stream::out, 1000, kPatient, stop);
    CHECK(captured.finished.exit.success());
    CHECK(captured.output == std::string(1000, '\0'));
    CHECK(capture(shell("printf 12345"), Stream::out, 5, kPatient, stop).output == "12345");
    CHECK(capture(shell("printf 12345"), Stream::out, 0, kPatient, stop).output.empty());
}

TEST_CASE("a capture gives up on a program that outlasts its patience") {
    const Stop stop;
    const auto captured =
        capture({"/usr/bin/tail", {"-f", "/dev/null"}}, Stream::out, 100, std::chrono::milliseconds(0), stop);
    CHECK(captured.finished.ended == Ended::given_up);
    CHECK(captured.finished.exit.signal == SIGTERM);
}

TEST_CASE("a listener that does not want to go on ends the program") {
    const Stop stop;
    int asked = 0;
    const auto finished = run({"/usr/bin/tail", {"-f", "/dev/null"}}, Stream::out,
                              {[](std::string_view) {}, [&] { return ++asked < 3; }}, stop);
    CHECK(finished.ended == Ended::given_up);
    CHECK(finished.exit.signal == SIGTERM);
    CHECK(asked == 3);
}

TEST_CASE("a stop that was requested before ends a program at once") {
    Stop stop;
    stop.request();
    CHECK(stop.requested());
    const auto finished = run_quietly({"/usr/bin/tail", {"-f", "/dev/null"}}, stop);
    CHECK(finished.ended == Ended::stopped);
    CHECK_FALSE(finished.exit.success());
}

TEST_CASE("a stop lets a program end politely") {
    const auto finished = stop_when_ready("trap 'exit 5' TERM; echo ready; tail -f /dev/null & wait");
    CHECK(finished.ended == Ended::stopped);
    CHECK(finished.exit.code == 5);
}

TEST_CASE("a program that needs longer to end politely gets the time that its command gives") {
    const auto finished =
        stop_when_ready("trap 'sleep 0.7; exit 5' TERM; echo ready; tail -f /dev/null & wait", std::chrono::minutes(1));
    CHECK(finished.exit.code == 5);
}

TEST_CASE("a program that ignores SIGTERM is killed") {
    const auto finished = stop_when_ready("trap '' TERM; echo ready; exec tail -f /dev/null");
    CHECK(finished.ended == Ended::stopped);
    CHECK(finished.exit.signal == SIGKILL);
}

TEST_CASE("a stop ends the whole group, also a grandchild that ignores SIGTERM") {
    const LifeLine life;
    const auto finished = stop_when_ready("exec 3> '" + life.path() +
                                          "'\n"
                                          "sh -c 'trap \"\" TERM; printf grandchild >&3; echo ready; exec tail -f "
                                          "/dev/null' &\n"
                                          "wait");
    CHECK(finished.ended == Ended::stopped);
    CHECK(finished.exit.signal == SIGTERM);
    CHECK(life.read_to_end() == "grandchild");
}

TEST_CASE("a program that closes its streams and lives on is waited for") {
    const Stop stop;
    const test::TemporaryFolder folder;
    const auto gate = (folder / "gate").string();
    REQUIRE(::mkfifo(gate.c_str(), 0600) == 0);
    // It goes on once somebody has looked in vain for something to read: keep_going opens the gate.
    int opened = -1;
    const auto finished = run(shell("exec >&- 2>&-; read -r line < '" + gate + "'; exit 3"), Stream::both,
                              {[](std::string_view) {},
                               [&] {
                                   if (opened < 0) {
                                       opened = ::open(gate.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
                                       if (opened >= 0) CHECK(::write(opened, "go\n", 3) == 3);
                                   }
                                   return true;
                               }},
                              stop);
    ::close(opened);
    CHECK(finished.ended == Ended::by_itself);
    CHECK(finished.exit.code == 3);
}

TEST_CASE("a program whose child keeps its stream open is not waited for longer than itself") {
    const Stop stop;
    const auto captured = capture(shell("tail -f /dev/null & echo $!"), Stream::out, 100, kPatient, stop);
    CHECK(captured.finished.ended == Ended::by_itself);
    CHECK(captured.finished.exit.success());
    const auto child = std::stoi(captured.output);
    CHECK(::kill(child, SIGKILL) == 0);
}

TEST_CASE("a program that cannot be started is a missing tool") {
    const test::TemporaryFolder folder;
    const Stop stop;
    const auto text = test::write_file(folder / "text", "not a program");
    for (const auto& program : {folder / "missing", text, folder.path()}) {
        CAPTURE(program.string());
        const auto error = test::error_of([&] { run_quietly({program.string(), {}}, stop); });
        CHECK(error.category() == Category::tool_missing);
        CHECK(test::contains(error.message(), program.string()));
    }
}

TEST_CASE("an exception of the listener ends the program and goes on") {
    const LifeLine life;
    const Stop stop;
    CHECK_THROWS_WITH_AS(run(shell("exec 3> '" + life.path() + "'; trap '' TERM; echo ready; exec tail -f /dev/null"),
                             Stream::out, {[](std::string_view) { throw std::runtime_error("enough"); }, {}}, stop),
                         "enough", std::runtime_error);
    CHECK(life.read_to_end().empty());
}

TEST_CASE("a program that is launched is not waited for") {
    const LifeLine life;
    CHECK(launch(shell("echo lives > '" + life.path() + "'")));
    // The first read waits for the writer, as a pipe without any writer yet is at its end.
    std::string said;
    while (said.empty()) said = life.read_to_end();
    CHECK(said == "lives\n");
    CHECK_FALSE(launch({"/missing/program", {}}));
}

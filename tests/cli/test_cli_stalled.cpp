#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <system_error>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>
#include <thread>

/// Readers that do not read: of a pipe, of a terminal that Ctrl-S has stopped.
namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// A pipe that holds a page, and whose reader reads when the test says so.
class Pipe {
public:
    explicit Pipe(const Sandbox& sandbox) : path(sandbox / "pipe") {
        constexpr int kPage = 4096;
        if (::mkfifo(path.c_str(), 0600) != 0) throw std::system_error(errno, std::generic_category(), "mkfifo");
        descriptor_ = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        REQUIRE(descriptor_ >= 0);
        REQUIRE(::fcntl(descriptor_, F_SETPIPE_SZ, kPage) == kPage);
    }
    ~Pipe() { ::close(descriptor_); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    /// With objects of somebody else.
    void fill() const {
        constexpr std::string_view kObject = "{}\n";
        while (::write(descriptor_, kObject.data(), kObject.size()) > 0) continue;
        REQUIRE(errno == EAGAIN);
    }
    /// What is in it.
    std::string read() const {
        std::string text;
        std::array<char, 4096> part{};
        for (ssize_t count = 0; (count = ::read(descriptor_, part.data(), part.size())) > 0;)
            text.append(part.data(), static_cast<std::size_t>(count));
        return text;
    }

    const fs::path path;

private:
    int descriptor_;
};

/// The program at work, with one of its streams, ">" or "2>", in the pipe.
class Working {
public:
    Working(const Call& call, const std::string& stream, const Pipe& pipe) : pipe_(pipe) {
        const auto script = fmt::format(R"(echo $$ >"$0.pid"; exec "$@" {}"$0")", stream);
        std::vector<std::string> arguments{"-c", script, pipe.path.string()};
        const auto program = words(call);
        arguments.insert(arguments.end(), program.begin(), program.end());
        thread_ = std::jthread([this, arguments] {
            const process::Listener nobody{[](std::string_view) {}, {}};
            exit_ = process::run({"/bin/sh", arguments}, process::Stream::err, nobody, stop_).exit;
            ended_ = true;
        });
    }
    ~Working() {
        for (int times = 0; times < 2; ++times) stop_.request();  // in a hurry
    }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;

    pid_t pid() const {
        pid_t pid = 0;
        std::ifstream(pipe_.path.string() + ".pid") >> pid;
        REQUIRE(pid > 0);
        return pid;
    }
    bool has_ended() const { return ended_; }
    /// "exit code 0": how it ended, nobody reading.
    std::string ended() const {
        return eventually([&] { return has_ended(); }) ? process::describe(exit_) : "still at work";
    }
    /// What it writes while everything is read, until it has ended.
    std::string read_to_end() const {
        std::string text;
        REQUIRE(eventually([&] {
            text += pipe_.read();
            return has_ended();
        }));
        return text + pipe_.read();
    }

private:
    const Pipe& pipe_;
    process::Stop stop_;
    process::Exit exit_;
    std::atomic<bool> ended_{false};
    std::jthread thread_;  // last: it writes into the others
};

bool has_row(const Sandbox& sandbox, const std::string& table, const std::string& status, int count = 1) {
    auto database = sandbox.database();
    const auto rows = fmt::format("SELECT count(*) FROM {} WHERE status = '{}'", table, status);
    return database.execAndGet(rows).getInt() >= count;
}

/// An ffmpeg that never comes to an end.
Environment endless_ffmpeg(const Sandbox& sandbox) {
    return stub_ffmpeg(sandbox, fmt::format("sh -c 'sleep 1000; : {}'; exit 1", sandbox.library.string()));
}

void check_cancelled(const Sandbox& sandbox) {
    CHECK(sandbox.json({"export-details", "1"})["status"] == "cancelled");
    CHECK(eventually([&] { return processes_naming(sandbox.library.string()).empty(); }));
}

/// Until the terminal shows this text.
std::string shown_until(Pty& pty, const std::string& text) {
    std::string seen;
    while (!contains(seen, text)) seen += pty.read().value();
    return seen;
}

}  // namespace

TEST_SUITE("stalled") {
    TEST_CASE("nobody reads --json: the film is made, and who reads at last gets what counts") {
        const SmallLibrary sandbox;
        const Pipe pipe(sandbox);
        pipe.fill();
        const Working program({{"export", "Film", "--json"}, sandbox.library}, ">", pipe);
        REQUIRE(eventually([&] { return has_row(sandbox, "export_runs", "completed"); }));
        CHECK(fs::is_regular_file(sandbox.library / ".dadcam/exports/run_1.mp4"));
        CHECK_FALSE(program.has_ended());
        const auto last = json_lines(program.read_to_end()).back();
        CHECK(last["event"] == "completed");
        CHECK(last["success"] == true);
        CHECK(program.ended() == "exit code 0");
    }

    TEST_CASE("nobody reads standard error: every film is made") {
        const SmallLibrary sandbox;
        const Pipe pipe(sandbox);
        pipe.fill();
        const Working program({{"export", "Film", "Film"}, sandbox.library}, "2>", pipe);
        REQUIRE(eventually([&] { return has_row(sandbox, "export_runs", "completed", 2); }));
        CHECK_FALSE(program.has_ended());
        const auto text = program.read_to_end();
        CHECK(program.ended() == "exit code 0");
        CHECK(contains(text, "Export 1 \"Film\": "));
        CHECK(contains(text, "Export 2 \"Film\": "));
    }

    TEST_CASE("a signal ends what nobody reads, and the lines that it left are whole") {
        for (const std::string stream : {">", "2>"}) {
            CAPTURE(stream);
            std::vector<std::string> arguments{"export", "Film"};
            if (stream == ">") arguments.emplace_back("--json");
            const SmallLibrary sandbox;
            const Pipe pipe(sandbox);
            pipe.fill();
            const Working program({arguments, sandbox.library, endless_ffmpeg(sandbox)}, stream, pipe);
            REQUIRE(eventually([&] { return has_row(sandbox, "export_run_segments", "rendering"); }));
            ::kill(program.pid(), SIGINT);
            CHECK(program.ended() == "exit code 130");
            check_cancelled(sandbox);
            CHECK_NOTHROW(json_lines(pipe.read()));
        }
    }

    TEST_CASE("a signal ends the waiting for a reader, and the film stays") {
        const SmallLibrary sandbox;
        const Pipe pipe(sandbox);
        pipe.fill();
        const Working program({{"export", "Film", "--json"}, sandbox.library}, ">", pipe);
        REQUIRE(eventually([&] { return has_row(sandbox, "export_runs", "completed"); }));
        ::kill(program.pid(), SIGINT);
        CHECK(program.ended() == "exit code 130");
        CHECK(sandbox.json({"export-details", "1"})["status"] == "completed");
    }

    TEST_CASE("progress that nobody reads leaves room for the last line") {
        const Sandbox sandbox;
        sandbox.take_clips(kFewClips);
        sandbox.make_library({"--resolution", "64x36", "--fps", "60"});  // many frames to tell of
        const auto told = sandbox / "told";
        const auto ffmpeg = stub_ffmpeg(
            sandbox, fmt::format("frame=0; while :; do frame=$((frame + 1)); printf 'frame=%d\\nprogress=continue\\n' "
                                 "$frame >&2; echo >>'{}'; sleep 0.1; done",
                                 told.string()));
        const Pipe pipe(sandbox);
        const Working program({{"export", "Film", "--json", "--jobs", "1"}, sandbox.library, ffmpeg}, ">", pipe);
        constexpr std::uintmax_t kTimes = 55;  // at least 20 lines of progress, which would be too many
        REQUIRE(eventually([&] { return fs::exists(told) && fs::file_size(told) >= kTimes; }));
        ::kill(program.pid(), SIGINT);
        CHECK(program.ended() == "exit code 130");
        const auto lines = json_lines(pipe.read());
        CHECK(lines.front()["event"] == "progress");
        REQUIRE(lines.back()["event"] == "completed");
        CHECK(lines.back()["errorCategory"] == "cancelled");
    }

    TEST_CASE("a reader that is gone does not keep the film from being made") {
        const SmallLibrary sandbox;
        std::vector<std::string> arguments{"-c", R"({ "$@"; echo $? >"$0"; } | true)", (sandbox / "code").string()};
        const auto program = words({{"export", "Film", "--json"}, sandbox.library});
        arguments.insert(arguments.end(), program.begin(), program.end());
        const process::Stop stop;
        std::string said;
        process::run({"/bin/sh", arguments}, process::Stream::err, {[&](std::string_view text) { said += text; }, {}},
                     stop);
        CHECK(contains(said, "The result could not be written."));
        CHECK(read_file(sandbox / "code") == "12\n");
        CHECK(sandbox.json({"export-details", "1"})["status"] == "completed");
    }

    TEST_CASE("Ctrl-S stops the bar, but not the rendering") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        Pty pty(words({{"export", "Film"}, sandbox.library, stub_ffmpeg(sandbox, gate.wait())}), 80, 24, {});
        auto seen = shown_until(pty, "Encoding");
        pty.type("\x13");
        gate.open();
        CHECK(eventually([&] { return has_row(sandbox, "export_runs", "completed"); }));
        pty.type("\x11");
        while (const auto bytes = pty.read()) seen += *bytes;
        const int status = pty.wait();
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
        CHECK(contains(seen, "100%"));
        CHECK(contains(seen, "Export 1 \"Film\": "));
    }

    TEST_CASE("Ctrl-S stops neither Ctrl-C nor a signal") {
        for (const bool typed : {true, false}) {
            CAPTURE(typed);
            const SmallLibrary sandbox;
            Pty pty(words({{"export", "Film"}, sandbox.library, endless_ffmpeg(sandbox)}), 80, 24, {});
            shown_until(pty, "Encoding");
            pty.type("\x13");
            if (typed)
                pty.type("\x03");
            else
                pty.signal(SIGINT);
            while (pty.read()) continue;
            const int status = pty.wait();
            CHECK(WIFEXITED(status));
            CHECK(WEXITSTATUS(status) == 130);
            check_cancelled(sandbox);
        }
    }
}

}  // namespace dadcam::test

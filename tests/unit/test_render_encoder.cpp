#include <SQLiteCpp/Exception.h>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <csignal>
#include <libdadcam/render/encoder.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/stand_in.hpp>

using namespace dadcam;
using namespace dadcam::render;
using namespace std::chrono_literals;

namespace {

/// A shell script that stands in for ffmpeg.
struct Stub {
    test::TemporaryFolder folder;
    process::Stop stop;
    Encoding encoding;

    explicit Stub(const std::string& script) {
        encoding = test::stand_in(folder / "ffmpeg", script);
        encoding.output = "file:/films/out.tmp";
    }
    Encoded run(const EncodingListener& listener = {}) { return encode(encoding, listener, stop); }
};

constexpr const char* kNeverEnding = "exec tail -f /dev/null";

}  // namespace

TEST_CASE("an ffmpeg that goes well leaves its last report and its warnings") {
    Stub stub(
        "echo '[warning] a frame is odd' >&2\n"
        "printf 'frame=5\\nprogress=continue\\nframe=10\\nprogress=end\\n' >&2\n"
        "printf 'the end' >&2");
    std::vector<std::int64_t> frames;
    const auto encoded =
        stub.run({[&](const ffmpeg::ProgressReport& report) { frames.push_back(report.frame.value_or(-1)); }, {}, {}});
    CHECK(encoded.success());
    CHECK(frames == std::vector<std::int64_t>{5, 10});
    CHECK(encoded.last.frame == 10);
    CHECK(encoded.last.ended);
    CHECK(encoded.log == "[warning] a frame is odd\nthe end\n");
    CHECK(encoded.log_lines == 2);
}

TEST_CASE("an ffmpeg that fails is a value that says what its last words mean") {
    Stub stub("echo 'file:/films/out.tmp: No space left on device' >&2\nexit 1");
    const auto encoded = stub.run();
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::disk_full);
    CHECK(test::contains(encoded.error->detail(), "exit code 1"));
    CHECK(test::contains(encoded.error->detail(), "No space left"));
}

TEST_CASE("an ffmpeg that was killed has failed") {
    Stub stub("kill -KILL $$");
    const auto encoded = stub.run();
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::encoding_error);
    CHECK(test::contains(encoded.error->detail(), "signal 9"));
}

TEST_CASE("a launcher that ends well before ffmpeg did has failed") {
    for (const std::string progress : {"", "printf 'frame=5\\nprogress=continue\\n' >&2\n"}) {
        CAPTURE(progress);
        Stub stub(progress + "echo 'srun: error: Node failure on node2' >&2\nexit 0");
        CHECK(stub.run().success());  // ffmpeg itself knows
        stub.encoding.launched = true;
        const auto encoded = stub.run();
        REQUIRE(encoded.error);
        CHECK(encoded.error->category() == Category::encoding_error);
        CHECK(test::contains(encoded.error->detail(), "Node failure on node2"));
    }
}

TEST_CASE("what a launcher lacks is not taken for a clip's or the film's") {
    for (const std::string progress : {"", "printf 'frame=5\\nprogress=continue\\n' >&2\n"}) {
        CAPTURE(progress);
        Stub stub(progress +
                  "echo 'srun: error: /etc/slurm.conf: No such file or directory' >&2\n"
                  "echo 'srun: Invalid data found when processing a message' >&2\nexit 1");
        CHECK(stub.run().error->category() == Category::input_not_found);  // of ffmpeg itself
        stub.encoding.launched = true;
        const auto encoded = stub.run();
        REQUIRE(encoded.error);
        CHECK(encoded.error->category() == Category::encoding_error);
        CHECK_FALSE(test::contains(encoded.error->message(), "clip"));
        CHECK(test::contains(encoded.error->message(), "launcher") == progress.empty());
        CHECK(test::contains(encoded.error->detail(), "slurm.conf"));
    }
}

TEST_CASE("behind a launcher ffmpeg's own words count as they do without it, and anybody's of a full disk") {
    Stub stub("echo 'srun: job 7 waits' >&2\necho '[in#0 @ 0x5] [error] a.mp4: No such file or directory' >&2\nexit 1");
    stub.encoding.launched = true;
    CHECK(stub.run().error->category() == Category::input_not_found);
    Stub full("echo 'slurmstepd: write: No space left on device' >&2\nexit 1");
    full.encoding.launched = true;
    CHECK(full.run().error->category() == Category::disk_full);
}

TEST_CASE("an ffmpeg that cannot be started has failed") {
    Stub stub("");
    stub.encoding.command.program = "/missing/ffmpeg";
    const auto encoded = stub.run();
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::tool_missing);
}

TEST_CASE("of endless words only the last are kept") {
    Stub stub("i=0\nwhile [ $i -lt 20000 ]; do echo \"line $i of many\"; i=$((i+1)); done >&2\nexit 1");
    const auto encoded = stub.run();
    CHECK(encoded.log.size() <= 12 * 1024);
    CHECK(encoded.log.ends_with("line 19999 of many\n"));
    CHECK(encoded.log_lines == 20000);
}

TEST_CASE("an ffmpeg that does not advance has stalled") {
    Stub stub(kNeverEnding);
    stub.encoding.stall_timeout = 0ms;
    const auto encoded = stub.run();
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::timeout);
    CHECK(test::contains(encoded.error->message(), "Export stalled (no progress updates for 0s)"));
}

TEST_CASE("an ffmpeg that reports the same frame again and again has stalled") {
    Stub stub("while :; do printf 'frame=0\\nprogress=continue\\n' >&2 || exit 1; done");
    stub.encoding.stall_timeout = 200ms;
    const auto encoded = stub.run();
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::timeout);
}

TEST_CASE("something else that grows keeps the watchdog quiet") {
    Stub stub(kNeverEnding);
    stub.encoding.stall_timeout = 1ms;
    int asked = 0;
    const auto encoded = stub.run({{}, [&] { return ++asked < 5 ? asked : 5; }, {}});
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::timeout);
    CHECK(asked > 5);
}

TEST_CASE("a stop, or a listener that does not want to go on, is a cancel") {
    Stub stopped(kNeverEnding);
    stopped.stop.request();
    CHECK(stopped.run().error->category() == Category::cancelled);
    Stub given_up(kNeverEnding);
    CHECK(given_up.run({{}, {}, [] { return false; }}).error->category() == Category::cancelled);
}

TEST_CASE("a full disk is told as one, also when it is the listener that meets it") {
    Stub stub(kNeverEnding);
    const auto encoded = stub.run({{}, {}, []() -> bool { throw SQLite::Exception("full", SQLITE_FULL); }});
    REQUIRE(encoded.error);
    CHECK(encoded.error->category() == Category::disk_full);
}

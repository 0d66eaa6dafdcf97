#include <apps/render/plain_lines.hpp>

#include <doctest/doctest.h>

#include <sstream>

using namespace dadcam;

namespace {

struct Log {
    std::istringstream in;
    std::ostringstream out, err;
    app::Terminal terminal{.in = in, .out = out, .err = err, .columns = {}, .environment = {}};
    app::PlainLines lines{terminal, false};

    /// What is written for one progress.
    std::string after(int percent, double elapsed, render::Stage stage = render::Stage::encoding,
                      std::int64_t run = 1) {
        err.str("");
        lines.progress({.run_id = run,
                        .stage = stage,
                        .percent = percent,
                        .operation = "Encoding clip 6 of 15",
                        .elapsed_seconds = elapsed,
                        .remaining_seconds = {},
                        .speed = {}});
        return err.str();
    }
};

}  // namespace

TEST_CASE("a plain line holds the percentage, the operation, the time gone by and the time to go") {
    Log log;
    log.lines.progress({.operation = "Starting", .remaining_seconds = {}, .speed = {}});
    CHECK(log.err.str() == "  0%  Starting  elapsed 0:00\n");
    log.err.str("");
    log.lines.progress({.percent = 40,
                        .operation = "Encoding clip 6 of 15",
                        .elapsed_seconds = 41.9,
                        .remaining_seconds = 48,
                        .speed = 1.8});
    CHECK(log.err.str() == " 40%  Encoding clip 6 of 15  elapsed 0:41  ETA 0:48\n");
    CHECK(log.out.str().empty());
}

TEST_CASE("the first progress is written, and then only what is ten points on") {
    Log log;
    CHECK(log.after(3, 0) != "");
    CHECK(log.after(12, 1) == "");
    CHECK(log.after(13, 2) != "");
    CHECK(log.after(22, 3) == "");
    CHECK(log.after(60, 4) != "");
    CHECK(log.after(69, 5) == "");
}

TEST_CASE("a line is written when the last one is 30 seconds old") {
    Log log;
    CHECK(log.after(3, 5) != "");
    CHECK(log.after(3, 34.9) == "");
    CHECK(log.after(3, 35) != "");
    CHECK(log.after(4, 64.9) == "");
    CHECK(log.after(4, 65) != "");
}

TEST_CASE("a new stage is written at once") {
    Log log;
    CHECK(log.after(3, 0, render::Stage::starting) != "");
    CHECK(log.after(3, 0, render::Stage::encoding) != "");
    CHECK(log.after(3, 0, render::Stage::encoding) == "");
    CHECK(log.after(3, 0, render::Stage::finalizing) != "");
}

TEST_CASE("another run begins anew, whether the one before was completed or not") {
    Log log;
    CHECK(log.after(90, 100) != "");
    CHECK(log.after(1, 0, render::Stage::encoding, 2) != "");
    log.lines.completed(render::Outcome());
    CHECK(log.after(1, 0, render::Stage::encoding, 2) != "");
}

TEST_CASE("the end of a run adds no line, as the command prints the result") {
    Log log;
    log.after(100, 10);
    log.err.str("");
    render::Outcome done;
    done.success = true;
    log.lines.completed(done);
    CHECK(log.err.str() == "");
}

TEST_CASE("a log never gets a control code, neither by an operation nor by a note") {
    Log log;
    log.lines.progress({.operation = "\x1b[2J\r", .remaining_seconds = {}, .speed = {}});
    log.lines.note("no thumbnail\nfor \x1b[1m");
    CHECK(log.err.str() == "  0%  \\x1b[2J\\r  elapsed 0:00\nno thumbnail\\nfor \\x1b[1m\n");
}

TEST_CASE("who wants to know more gets a line for each worker") {
    Log log;
    app::PlainLines lines(log.terminal, true);
    lines.progress({.operation = "Encoding",
                    .remaining_seconds = {},
                    .speed = {},
                    .workers = {{2, "a.mov", 15, 60}, {3, "b\x1b.mov", 0, 0}}});
    CHECK(log.err.str() ==
          "  0%  Encoding  elapsed 0:00\n  segment    3  25%  a.mov\n  segment    4   0%  b\\x1b.mov\n");
}

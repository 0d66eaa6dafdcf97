#include <apps/render/json_lines.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <sstream>

using namespace dadcam;

namespace {

/// Counts how often it is flushed, and what was there to flush.
class Pipe : public std::stringbuf {
public:
    std::string flushed;

protected:
    int sync() override {
        flushed = str();
        return 0;
    }
};

struct Program {
    std::istringstream in;
    Pipe pipe;
    std::ostream out{&pipe};
    std::ostringstream err;
    app::Terminal terminal{.in = in, .out = out, .err = err, .columns = {}, .environment = {}};
    app::JsonLines lines{terminal, false};
};

render::Progress half_way() {
    return {.run_id = 1,
            .stage = render::Stage::encoding,
            .percent = 46,
            .operation = "Encoding clip 3 of 15",
            .frames_completed = 1380,
            .frames_total = 3000,
            .elapsed_seconds = 41.23456,
            .remaining_seconds = 48.5,
            .speed = 1.8337};
}

}  // namespace

TEST_CASE("progress is one object a line, in the guide's names and a stable order") {
    Program program;
    program.lines.progress(half_way());
    CHECK(program.pipe.flushed ==
          R"({"event":"progress","runId":1,"status":"encoding","progressPercent":46,)"
          R"("currentOperation":"Encoding clip 3 of 15","framesCompleted":1380,"framesTotal":3000,)"
          R"("elapsedSecs":41.235,"estimatedRemainingSecs":48.5,"speed":1.834})"
          "\n");
    CHECK(program.err.str().empty());
}

TEST_CASE("what is not known yet is null, also when it is not a number") {
    Program program;
    auto progress = half_way();
    progress.remaining_seconds.reset();
    progress.speed = std::numeric_limits<double>::infinity();
    program.lines.progress(progress);
    CHECK(program.pipe.flushed.ends_with("\"estimatedRemainingSecs\":null,\"speed\":null}\n"));
}

TEST_CASE("every stage has its name in JSON") {
    using enum render::Stage;
    Program program;
    for (const auto stage : {starting, encoding, finalizing}) {
        auto progress = half_way();
        progress.stage = stage;
        program.lines.progress(progress);
    }
    std::string names;
    std::istringstream written(program.pipe.flushed);
    for (std::string line; std::getline(written, line);) {
        const auto begin = line.find("\"status\":\"") + 10;
        names += line.substr(begin, line.find('"', begin) - begin) + " ";
    }
    CHECK(names == "starting encoding finalizing ");
}

TEST_CASE("a film that is done is described whole, without an error") {
    Program program;
    program.lines.completed({.run_id = 1,
                             .run_name = "Summer 2019",
                             .success = true,
                             .output_path = "/films/Summer 2019.mp4",
                             .output_size_bytes = 2'523'293'409,
                             .duration_ms = 100'000,
                             .frames_total = 3000,
                             .segments_total = 4,
                             .segments_reused = 1,
                             .elapsed_seconds = 89,
                             .error_message = {},
                             .error_category = {},
                             .advice = {},
                             .left_out = {}});
    CHECK(program.pipe.flushed ==
          R"({"event":"completed","runId":1,"name":"Summer 2019","success":true,)"
          R"("outputPath":"/films/Summer 2019.mp4","outputSizeBytes":2523293409,"durationMs":100000,)"
          R"("framesTotal":3000,"segmentsTotal":4,"segmentsReused":1,"elapsedSecs":89.0,)"
          R"("errorMessage":null,"errorCategory":null,"advice":null,"leftOut":[]})"
          "\n");
}

TEST_CASE("a run that failed says why and what to do, and has no film") {
    Program program;
    program.lines.completed({.run_id = 7,
                             .run_name = "Summer",
                             .success = false,
                             .output_path = {},
                             .output_size_bytes = {},
                             .duration_ms = {},
                             .error_message = "No space left",
                             .error_category = "disk_full",
                             .advice = "Free some space, then: dadcam resume 7",
                             .left_out = {"a.mp4"}});
    CHECK(program.pipe.flushed == R"({"event":"completed","runId":7,"name":"Summer","success":false,)"
                                  R"("outputPath":null,"outputSizeBytes":null,"durationMs":null,)"
                                  R"("framesTotal":0,"segmentsTotal":0,"segmentsReused":0,"elapsedSecs":0.0,)"
                                  R"("errorMessage":"No space left","errorCategory":"disk_full",)"
                                  R"("advice":"Free some space, then: dadcam resume 7","leftOut":["a.mp4"]})"
                                  "\n");
}

TEST_CASE("each line is flushed as it is written") {
    Program program;
    program.lines.note("one");
    CHECK(program.pipe.flushed == "{\"event\":\"note\",\"message\":\"one\"}\n");
    program.lines.note("two");
    CHECK(program.pipe.flushed == program.pipe.str());
}

TEST_CASE("a line stays one line of ASCII, whatever a name holds") {
    Program program;
    program.lines.note("Été\n\x1b \xE9t\xE9");
    CHECK(program.pipe.flushed == R"({"event":"note","message":"\u00c9t\u00e9\n\u001b \ufffdt\ufffd"})"
                                  "\n");
}

TEST_CASE("who wants to know more is told what each worker does") {
    Program program;
    auto progress = half_way();
    progress.workers = {{2, "a.mov", 15, 60}};
    program.lines.progress(progress);
    CHECK(program.pipe.str().find("workers") == std::string::npos);
    app::JsonLines verbose(program.terminal, true);
    verbose.progress(progress);
    CHECK(program.pipe.str().find(
              R"("workers":[{"segmentIndex":2,"clips":"a.mov","framesCompleted":15,"framesTotal":60}])") !=
          std::string::npos);
}

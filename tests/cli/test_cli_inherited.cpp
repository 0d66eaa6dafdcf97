#include <doctest/doctest.h>

#include <chrono>
#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>

/// What a parent leaves to the program it starts.
namespace dadcam::test {
namespace {

/// Starts an export with `how` in front of the program's words, and returns how that ended.
std::string started(const Sandbox& sandbox, std::vector<std::string> how) {
    constexpr std::size_t kMostText = 1 << 20;
    constexpr std::chrono::minutes kLongest{10};
    const auto program = words({{"export", "Film"}, sandbox.library});
    how.insert(how.end(), program.begin(), program.end());
    const std::vector<std::string> arguments(how.begin() + 1, how.end());
    const process::Stop stop;
    const auto captured = process::capture({how.front(), arguments}, process::Stream::err, kMostText, kLongest, stop);
    INFO(captured.output);
    return process::describe(captured.finished.exit);
}

void check_run(const Sandbox& sandbox) {
    const auto run = sandbox.json({"export-details", "1"});
    CHECK(run["status"] == "completed");
    check_film(run["outputPath"].get<std::string>(), run["framesTotal"].get<std::int64_t>(), {25, 1});
}

}  // namespace

TEST_SUITE("inherited") {
    TEST_CASE("a film is made where the parent ignores the ends of its children, as some daemons do") {
        const SmallLibrary sandbox;
        CHECK(started(sandbox, {"/usr/bin/env", "--ignore-signal=CHLD"}) == "exit code 0");
        check_run(sandbox);
    }

    TEST_CASE("a film is made where the parent has closed standard streams, and nothing is written into other files") {
        for (const std::string closed : {"2>&-", "<&- >&- 2>&-"}) {
            CAPTURE(closed);
            const SmallLibrary sandbox;
            const bool has_output = closed.find(" >") == std::string::npos && closed.front() != '>';
            CHECK(started(sandbox, {"/bin/sh", "-c", "exec \"$@\" " + closed, "sh"}) ==
                  (has_output ? "exit code 0" : "exit code 12"));
            check_run(sandbox);
        }
    }
}

}  // namespace dadcam::test

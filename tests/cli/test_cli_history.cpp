#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <libdadcam/time.hpp>
#include <regex>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

namespace dadcam::test {
namespace {

/// A library with a run in every state that a finished program leaves, oldest first: completed, failed, cancelled,
/// pending.
struct Lived : ExportedLibrary {
    Lived() {
        begin_with("lived", [this] { live(); });
    }

private:
    void live() const {
        const auto failing = stub_ffmpeg(*this, "echo 'a tape was eaten' >&2; exit 1");
        CHECK(dadcam({"export-rerun", "1"}, failing).ended() == "exit code 0");  // reused: nothing to render
        must({"recipe-create", "Small", "--mode", "all", "--resolution", "64x36", "--fps", "25"});
        CHECK(dadcam({"export", "Small"}, failing).ended() == "exit code 13");
        const auto waiting = stub_ffmpeg(*this, "exec sleep 1000");
        const auto cancelled = run({{"export", "Small", "--json"}, library, waiting, [](pid_t pid, std::string_view) {
                                        ::kill(pid, SIGINT);
                                    }});
        CHECK(cancelled.ended() == "exit code 130");
        must({"export-rerun", "1", "--queue"});
    }
};

std::vector<std::int64_t> ids(const Json& history) {
    std::vector<std::int64_t> all;
    for (const auto& run : history) all.push_back(run["id"].get<std::int64_t>());
    return all;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_SUITE("history") {
    TEST_CASE("without exports it says how to make one") {
        const SmallLibrary sandbox;
        CHECK(sandbox.must({"export-history"}) == "No exports yet. Make a film with: dadcam export RECIPE\n");
        CHECK(sandbox.json({"export-history"}) == Json::array());
    }

    TEST_CASE("exports are listed newest first, by status, and in pages") {
        const Lived sandbox;
        CHECK(ids(sandbox.json({"export-history"})) == Ids{5, 4, 3, 2, 1});
        CHECK(ids(sandbox.json({"export-history", "--limit", "2"})) == Ids{5, 4});
        CHECK(ids(sandbox.json({"export-history", "--limit", "2", "--offset", "2"})) == Ids{3, 2});
        CHECK(ids(sandbox.json({"export-history", "--status", "completed"})) == Ids{2, 1});
        CHECK(ids(sandbox.json({"export-history", "--status", "failed"})) == Ids{3});
        CHECK(ids(sandbox.json({"export-history", "--status", "cancelled"})) == Ids{4});
        CHECK(ids(sandbox.json({"export-history", "--status", "pending"})) == Ids{5});
        CHECK(sandbox.must({"export-history", "--offset", "5"}) == "No such exports.\n");
        CHECK(sandbox.must({"export-history", "--status", "rendering"}) == "No such exports.\n");

        sandbox.database().exec("UPDATE export_runs SET created_at = '2037-01-01T00:00:00Z' WHERE id = 2");
        CHECK(ids(sandbox.json({"export-history"})) == Ids{5, 4, 3, 2, 1});  // whatever the clock said

        const auto table = sandbox.must({"export-history"});
        for (const char* indicator : {"[OK]", "[FAIL]", "[CANCELLED]", "[PENDING]"}) {
            CAPTURE(std::string(indicator));
            CHECK(contains(table, indicator));
        }
        CHECK(contains(table, "KB"));
    }

    TEST_CASE("an export that is being rendered is listed as running") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        std::string while_running;
        const auto rendered = run({{"export", "Film", "--json"},
                                   sandbox.library,
                                   stub_ffmpeg(sandbox, gate.wait()),
                                   [&](pid_t, std::string_view) {
                                       if (while_running.empty()) {
                                           while_running = sandbox.must({"export-history"});
                                           gate.open();
                                       }
                                   }});
        CHECK(rendered.ended() == "exit code 0");
        CHECK(contains(while_running, "[RUNNING]"));
    }

    TEST_CASE("a terminal reads how long ago, a script the full time") {
        const ExportedLibrary sandbox;
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto time = format_utc(now - std::chrono::minutes{150});
        sandbox.database().exec(fmt::format("UPDATE export_runs SET created_at = '{}'", time));
        CHECK(contains(sandbox.must({"export-history"}), time));
        const auto seen = run_in_pty(words({{"export-history"}, sandbox.library}), 80);
        CHECK(contains(seen.output, "2h ago"));
        CHECK_FALSE(contains(seen.output, time));
    }

    TEST_CASE("--json has the guide's names, absolute paths, and nothing where there is nothing") {
        const Lived sandbox;
        const auto history = sandbox.json({"export-history"});
        const auto& done = history.back();
        CHECK(done["name"] == "Film");
        CHECK(done["status"] == "completed");
        CHECK(done["progress"] == 100);
        CHECK(done["recipeId"] == 1);
        CHECK(done["outputPath"] == (sandbox.library / ".dadcam/exports/run_1.mp4").string());
        CHECK(done["thumbnailPath"] == (sandbox.library / ".dadcam/exports/run_1_thumb.jpg").string());
        CHECK(std::filesystem::file_size(done["outputPath"].get<std::string>()) ==
              done["outputSizeBytes"].get<std::uintmax_t>());
        CHECK(std::filesystem::exists(done["thumbnailPath"].get<std::string>()));
        CHECK(done["outputDurationMs"] == 4000);
        CHECK(done["errorMessage"].is_null());
        for (const char* time : {"createdAt", "startedAt", "completedAt"}) {
            CHECK(std::regex_match(done[time].get<std::string>(),
                                   std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")));
        }
        const auto& failed = history[2];
        CHECK(failed["status"] == "failed");
        CHECK(failed["errorCategory"] == "encoding_error");
        CHECK(failed["outputPath"].is_null());
        CHECK(history[1]["errorCategory"] == "cancelled");
        CHECK(history[0]["status"] == "pending");
        CHECK(history[0]["startedAt"].is_null());
    }

    TEST_CASE("details tell why an export failed, with ffmpeg's words in the log, and its segments") {
        const Lived sandbox;
        const auto text = sandbox.must({"export-details", "3", "--logs", "--segments"});
        CHECK(contains(text, "[FAIL] failed"));
        CHECK(contains(text, "encoding_error"));
        CHECK(contains(text, "a tape was eaten"));
        CHECK(contains(text, "0/25"));
        CHECK_FALSE(contains(sandbox.must({"export-details", "3"}), "a tape was eaten"));

        const auto rerun = sandbox.json({"export-details", "2", "--logs", "--segments"});
        REQUIRE(rerun["segments"].size() == 3);
        for (const auto& segment : rerun["segments"]) {
            CHECK(segment["reused"] == true);
            CHECK(segment["status"] == "completed");
            CHECK(segment["framesCompleted"] == segment["framesTotal"]);
            CHECK(std::filesystem::exists(segment["finalOutputPath"].get<std::string>()));
        }
        CHECK(rerun["inputsSnapshot"].size() == 3);
        CHECK(rerun["logs"].is_array());
        CHECK(contains(sandbox.must({"export-details", "2", "--segments"}), "was there already"));
    }

    TEST_CASE("a queued export is rendered by export --run, once") {
        const Lived sandbox;
        sandbox.must({"export", "--run", "5"});
        const auto made = sandbox.json({"export-details", "5", "--segments"});
        CHECK(made["status"] == "completed");
        CHECK_FALSE(made["segments"].empty());
        const auto again = sandbox.dadcam({"export", "--run", "5"});
        CHECK(again.ended() == "exit code 1");
        CHECK(contains(again.err, "Export 5 is not pending"));
        CHECK(sandbox.json({"export-details", "5", "--segments"}) == made);
    }
}

}  // namespace dadcam::test

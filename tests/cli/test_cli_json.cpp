#include <doctest/doctest.h>

#include <tests/cli/sandbox.hpp>

namespace dadcam::test {

TEST_SUITE("json") {
    TEST_CASE("export --json is a line an event, never goes back, and ends with the completed film") {
        const SmallLibrary sandbox;
        const auto ran = sandbox.dadcam({"export", "Film", "--json"});
        REQUIRE(ran.ended() == "exit code 0");
        CHECK(ran.err.empty());
        const auto lines = json_lines(ran.out);
        REQUIRE(lines.size() >= 3);

        int percent = 0;
        std::int64_t frames = 0;
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            const auto& line = lines[i];
            CAPTURE(line.dump());
            CHECK(line["event"] == "progress");
            CHECK(line["runId"] == 1);
            CHECK(line["framesTotal"] == 100);
            CHECK(line["progressPercent"].get<int>() >= percent);
            CHECK(line["progressPercent"].get<int>() < 100);
            CHECK(line["framesCompleted"].get<std::int64_t>() >= frames);
            percent = line["progressPercent"].get<int>();
            frames = line["framesCompleted"].get<std::int64_t>();
            for (const char* field : {"status", "currentOperation", "elapsedSecs", "estimatedRemainingSecs"}) {
                CHECK(line.contains(field));
            }
        }
        CHECK(frames == 100);

        const auto& last = lines.back();
        CHECK(last["event"] == "completed");
        CHECK(last["success"] == true);
        CHECK(last["runId"] == 1);
        CHECK(last["durationMs"] == 4000);
        const std::filesystem::path film = last["outputPath"].get<std::string>();
        CHECK(film.is_absolute());
        CHECK(std::filesystem::file_size(film) == last["outputSizeBytes"].get<std::uintmax_t>());
    }

    TEST_CASE("an export that fails says so in its last line, with the category") {
        const SmallLibrary sandbox;
        const auto ran =
            run({{"export", "Film", "--json"}, sandbox.library, stub_ffmpeg(sandbox, "echo broken >&2; exit 1")});
        CHECK(ran.ended() == "exit code 13");
        const auto last = json_lines(ran.out).back();
        CHECK(last["event"] == "completed");
        CHECK(last["success"] == false);
        CHECK(last["errorCategory"] == "encoding_error");
        CHECK(last["outputPath"].is_null());
        CHECK_FALSE(last["errorMessage"].get<std::string>().empty());
    }

    TEST_CASE("an error before anything is rendered is an object too") {
        const SmallLibrary sandbox;
        const auto ran = sandbox.dadcam({"export", "Nothing", "--json"});
        CHECK(ran.ended() == "exit code 1");
        const auto lines = json_lines(ran.out);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0]["event"] == "error");
        CHECK_FALSE(lines[0]["message"].get<std::string>().empty());
        CHECK_FALSE(lines[0]["advice"].get<std::string>().empty());
    }

    TEST_CASE("every listing is one document, with fields in camelCase") {
        const ExportedLibrary sandbox;
        for (const std::vector<std::string>& listing : {std::vector<std::string>{"clips"},
                                                        {"clips", "--events"},
                                                        {"clips", "--tags"},
                                                        {"recipe-list"},
                                                        {"recipe-show", "Film"},
                                                        {"export-history"},
                                                        {"export-details", "1", "--logs", "--segments"}}) {
            CAPTURE(listing.front());
            const auto fields = sandbox.json(listing).flatten();
            for (const auto& [name, value] : fields.items()) {
                CHECK_MESSAGE(name.find('_') == std::string::npos, name);
            }
        }
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <tests/cli/old_library.hpp>
#include <tests/support/errors.hpp>

// What dadcam 0.1.0 wrote can still be read, whatever has changed since. test_cli_old_library_films.cpp makes its
// films.

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

}  // namespace

TEST_SUITE("old_library") {
    TEST_CASE("clips are listed with their dates, events, pictures and tags") {
        const OldLibrary old;
        const auto clips = old.json({"clips"});
        check_rows(
            old, clips, {"id", "path", "event", "recordedAt", "recordedAtSource", "tags"},
            {"1 | 1999-08 Garden/tape.mpg | 1999-08 Garden | 1999-08-01T00:00:00Z | folder_name | []",
             R"(2 | 2002 Kodak/DSCN0001.AVI | 2002 Kodak | 2002-05-09T09:30:00Z | mtime | ["favorite"])",
             "3 | 2012 Birthday/candles.mp4 | 2012 Birthday | 2012-09-30T15:10:00Z | mtime | []",
             "4 | 2012 Birthday/no sound.mp4 | 2012 Birthday | 2012-09-30T15:30:00Z | mtime | []",
             R"(5 | 2015 School/-Été "à l'école" 100%.mp4 | 2015 School | 2015-06-26T16:00:00Z | mtime | ["favorite","l'été"])",
             R"(6 | 2015 School/torn.mp4 | 2015 School | 2015-06-26T16:10:00Z | mtime | ["bad"])",
             R"(7 | Phones/IMG_0101.MOV | Phones | 2016-05-07T08:09:10Z | container | ["favorite"])",
             R"(8 | originals/2019/07/VID_20190714_183012.mp4 | card | 2019-07-14T18:30:12Z | file_name | ["archived","l'été"])"});
        check_rows(
            old, clips,
            {"durationMs", "width", "height", "sampleAspect", "rotation", "fps", "codec", "fieldOrder", "hasAudio"},
            {"280 | 128 | 96 | 4/3 | 0 | 25 | mpeg2video | tt | true",
             "1000 | 96 | 72 | 1 | 0 | 15 | mjpeg | progressive | true",
             "1201 | 160 | 120 | 1 | 0 | 30000/1001 | h264 | progressive | true",
             "2000 | 80 | 60 | 1 | 0 | 25 | h264 | progressive | false",
             "400 | 96 | 72 | 1 | 0 | 25 | h264 | progressive | true",
             "3000 | 96 | 72 | 1 | 0 | 25 | h264 | progressive | true",
             "600 | 128 | 72 | 1 | 90 | 25 | h264 | progressive | true",
             "500 | 128 | 72 | 1 | 0 | 30 | h264 | progressive | true"});
        const auto table = old.must({"clips"});
        for (const char* words : {"2015 School/-Été \"à l'école\" 100%.mp4", "80x60 mute", "~1999-08-01", "l'été"}) {
            CAPTURE(std::string(words));
            CHECK(contains(table, words));
        }
        CHECK(old.json({"clips", "--tag", "favorite"}).size() == 3);
        CHECK(old.json({"clips", "--event", "2012 Birthday"}).size() == 2);
    }

    TEST_CASE("an ingest knows the clips again, also the one that was copied into the library") {
        const OldLibrary old;
        const auto recordings = old.recordings();
        CHECK(contains(old.dadcam({"ingest", "."}).out, "0 added, 8 already known"));
        CHECK(old.json({"clips"}).size() == 8);
        CHECK(differences(recordings, old.recordings()).empty());
    }

    TEST_CASE("recipes are listed and shown as they were made") {
        const OldLibrary old;
        auto recipes = Json::array();
        for (const auto& listed : old.json({"recipe-list"})) {
            recipes.push_back(old.json({"recipe-show", listed["id"].dump()}));
            const auto name = listed["name"].get<std::string>();
            CHECK(recipes.back()["name"] == name);
            CHECK(contains(old.must({"recipe-show", name}), "Recipe " + listed["id"].dump() + ": " + name));
        }
        check_rows(old, recipes, {"id", "name", "mode", "from", "to", "events", "tags", "include", "clipIds"},
                   {"1 | Everything | all | - | - | [] | [] | [] | [1,2,3,4,5,7]",
                    "2 | Favourites | by_favorites | - | - | [] | [] | [] | [2,5,7]",
                    R"(3 | For cutting | by_event | - | - | ["2012 Birthday","2015 School"] | [] | [] | [3,4,5])",
                    R"(5 | With the torn one | by_event | - | - | ["2015 School"] | [] | ["bad"] | [5,6])",
                    R"(6 | Shuffled | all | - | - | [] | [] | ["archived"] | [5,7,8,3,4,1,2])",
                    R"(7 | L'été "à l'école" | all | - | - | [] | ["l'été"] | ["archived"] | [5,8])",
                    "8 | Short | by_date | 1999-08-01T00:00:00Z | 2016-12-31T23:59:59Z | [] | [] | [] | [1,2,3,4,5,7]",
                    "9 | Stopped | all | - | - | [] | [] | [] | [1,2,3,4,5,7]",
                    "10 | Killed | all | - | - | [] | [] | [] | [1,2,3,4,5,7]"});
        check_rows(
            old, recipes,
            {"order", "seed", "transition", "transitionMs", "fit", "lutId", "dateOverlay", "maxClipMs", "resolution",
             "fps", "outputPreset"},
            {"chronological | 1 | hard_cut | 0 | pad | - | - | - | auto | auto | share",
             R"(chronological | 1 | crossfade | 200 | blur | Warm & soft | {"format":"%d %B %Y","milliseconds":400,"position":"top_left"} | 1000 | 96x72 | 25 | share)",
             "chronological | 1 | hard_cut | 0 | pad | - | - | 100 | 64x48 | 30000/1001 | archive",
             "chronological | 1 | hard_cut | 0 | pad | - | - | - | 64x48 | 15 | share",
             "shuffle | 7 | hard_cut | 0 | crop | - | - | - | 80x80 | 25 | share",
             "chronological | 1 | hard_cut | 0 | pad | - | - | - | 64x64 | 50 | share",
             "chronological | 1 | hard_cut | 0 | pad | - | - | 500 | 64x48 | 24000/1001 | share",
             "chronological | 1 | hard_cut | 0 | blur | - | - | 400 | 96x54 | 30000/1001 | share",
             "chronological | 1 | crossfade | 80 | pad | - | - | 400 | 80x60 | 25 | share"});
    }

    TEST_CASE("what a recipe would make is told as it was then") {
        const OldLibrary old;
        std::vector<std::string> call{"export", "--dry-run", "--json"};
        for (const auto& recipe : old.json({"recipe-list"})) call.push_back(recipe["id"].dump());
        auto plans = Json::array();
        std::istringstream out(old.must(call));
        while (!(out >> std::ws).eof()) out >> plans.emplace_back();
        // tape.mpg holds ten pictures. Its header says seven, which was believed then; now it is measured.
        check_rows(old, plans,
                   {"name", "totalClips", "framesTotal", "durationMs", "segmentsTotal", "width", "height", "fps",
                    "outputPreset"},
                   {"Everything | 6 | 140 | 5600 | 4 | 80 | 60 | 25 | share",
                    "Favourites | 3 | 40 | 1600 | 3 | 96 | 72 | 25 | share",
                    "For cutting | 3 | 9 | 300 | 3 | 64 | 48 | 30000/1001 | archive",
                    "With the torn one | 2 | 51 | 3400 | 2 | 64 | 48 | 15 | share",
                    "Shuffled | 7 | 153 | 6120 | 5 | 80 | 80 | 25 | share",
                    R"(L'été "à l'école" | 2 | 45 | 900 | 2 | 64 | 64 | 50 | share)",
                    "Short | 6 | 68 | 2836 | 4 | 64 | 48 | 24000/1001 | share",
                    "Stopped | 6 | 72 | 2402 | 4 | 96 | 54 | 30000/1001 | share",
                    "Killed | 6 | 50 | 2000 | 4 | 80 | 60 | 25 | share"});
        CHECK(old.count("export_runs") == 13);
    }

    TEST_CASE("the LUT, the settings and the store are there") {
        const OldLibrary old;
        CHECK(contains(old.must({"lut-list"}), "Warm & soft"));
        CHECK(old.json({"lut-list"})[0]["contentId"] ==
              "blake2b:e9a2180de4f8467dca125e8f2aaecc69d77519106334b5cae4f186d900b867f0");
        CHECK_FALSE(old.json({"config"}).contains("launcher"));
        const auto use = old.json({"cache"});
        CHECK(use["segments"] == 13);
        CHECK(use["maxBytes"] == 50 << 20);
        CHECK(use["unfinishedBytes"] > 0);
        CHECK(use["unfinishedBytes"] < use["bytes"]);
    }

    TEST_CASE("the export that was killed unseen is told about, once, and what it had begun is removed") {
        const OldLibrary old;
        const auto unfinished = [&] {
            const auto tree = tree_of(old.library);
            return std::any_of(tree.begin(), tree.end(),
                               [](const auto& entry) { return entry.first.ends_with(".tmp"); });
        };
        REQUIRE(unfinished());
        CHECK(contains(old.dadcam({"clips"}).err,
                       "Export 13 \"Killed\" was interrupted. Continue with: dadcam resume 13"));
        CHECK_FALSE(contains(old.dadcam({"clips"}).err, "was interrupted"));
        CHECK_FALSE(unfinished());
    }

    TEST_CASE("the history has every export") {
        const OldLibrary old;
        const auto history = old.json({"export-history"});
        check_rows(
            old, history, {"id", "name", "recipeId", "mode", "outputPreset", "totalClips", "outputPath"},
            {"13 | Killed | 10 | all | share | 6 | -",
             "12 | Favourites (rerun 20261125_180719) | 2 | by_favorites | share | 3 | -",
             "11 | Stopped | 9 | all | share | 6 | -", "10 | Shuffled | 6 | all | share | 7 | -",
             "9 | Short | 8 | by_date | share | 6 | -",
             R"(8 | L'été "à l'école" | 7 | all | share | 2 | .dadcam/exports/run_8.mp4)",
             R"(7 | L'été "à l'école" | 7 | all | share | 2 | -)",
             "6 | Favourites | 2 | by_favorites | share | 3 | .dadcam/exports/run_6.mp4",
             "5 | With the torn one (rerun 20261125_180711) | 5 | by_event | share | 1 | .dadcam/exports/run_5.mp4",
             "4 | For cutting | 3 | by_event | archive | 3 | .dadcam/exports/run_4.mov",
             "3 | With the torn one | 5 | by_event | share | 1 | .dadcam/exports/run_3.mp4",
             "2 | Until 2012 | - | by_date | share | 4 | films/until-2012.mp4",
             "1 | Everything | 1 | all | share | 6 | .dadcam/exports/run_1.mp4"});
        check_rows(
            old, history,
            {"id", "status", "errorCategory", "framesCompleted", "framesTotal", "resumedFromRunId", "resumedByRunId"},
            {"13 | failed | interrupted | 21 | 47 | - | -", "12 | pending | - | 0 | 40 | - | -",
             "11 | cancelled | cancelled | 33 | 68 | - | -", "10 | failed | encoding_error | 11 | 150 | - | -",
             "9 | failed | interrupted | 32 | 65 | - | -", "8 | completed | - | 45 | 45 | 7 | -",
             "7 | cancelled | cancelled | 0 | 45 | - | 8", "6 | completed | - | 40 | 40 | - | -",
             "5 | completed | - | 6 | 6 | - | -", "4 | completed | - | 9 | 9 | - | -",
             "3 | completed | - | 6 | 6 | - | -", "2 | completed | - | 28 | 28 | - | -",
             "1 | completed | - | 137 | 137 | - | -"});
        const auto table = old.must({"export-history"});
        for (const char* words : {"[OK]", "[FAIL]", "[CANCELLED]", "[INTERRUPTED]", "[PENDING]", "dadcam resume 13"}) {
            CAPTURE(std::string(words));
            CHECK(contains(table, words));
        }
    }

    TEST_CASE("the details of an export have its film, its segments and what was logged") {
        const OldLibrary old;
        auto all = Json::array();
        for (const auto& listed : old.json({"export-history"})) {
            auto run = old.details(listed["id"].get<std::int64_t>());
            CAPTURE(run["id"].dump());
            CHECK(run["inputsSnapshot"].size() == run["totalClips"].get<std::size_t>());
            if (run["status"] == "completed") {
                CHECK(fs::file_size(run["outputPath"].get<std::string>()) ==
                      run["outputSizeBytes"].get<std::uintmax_t>());
                CHECK(fs::exists(run["thumbnailPath"].get<std::string>()));
            }
            std::vector<std::string> segments;
            for (const auto& segment : run["segments"]) {
                segments.push_back(fmt::format("{} of {} {}", segment["framesCompleted"].dump(),
                                               segment["framesTotal"].dump(), segment["status"].get<std::string>()));
            }
            run["segments"] = fmt::format("{}", fmt::join(segments, ", "));
            all.push_back(std::move(run));
        }
        check_rows(old, all, {"id", "segments"},
                   {"13 | 21 of 21 completed, 8 of 8 completed, 0 of 8 failed, 0 of 10 pending", "12 | ",
                    "11 | 32 of 32 completed, 12 of 12 completed, 0 of 12 cancelled, 0 of 12 pending",
                    "10 | 10 of 10 completed, 15 of 15 completed, 0 of 43 failed, 0 of 50 failed, 0 of 32 pending",
                    "9 | 31 of 31 completed, 12 of 12 completed, 0 of 10 failed, 0 of 12 pending",
                    "8 | 20 of 20 completed, 25 of 25 completed", "7 | 0 of 20 cancelled, 0 of 25 pending",
                    "6 | 20 of 20 completed, 5 of 5 completed, 15 of 15 completed", "5 | 6 of 6 completed",
                    "4 | 3 of 3 completed, 3 of 3 completed, 3 of 3 completed", "3 | 6 of 6 completed",
                    "2 | 18 of 18 completed, 10 of 10 completed",
                    "1 | 62 of 62 completed, 50 of 50 completed, 10 of 10 completed, 15 of 15 completed"});
        CHECK(contains(old.must({"export-details", "10", "--logs"}), "A tape was eaten."));
        CHECK(contains(old.must({"export-details", "3", "--logs"}), "Left out 2015 School/torn.mp4"));
        CHECK(contains(old.must({"export-details", "2"}), "Until 2012 (deleted since)"));
        CHECK(old.details(2)["recipeSnapshot"]["from"] == "1999-06-01T00:00:00Z");
    }

    TEST_CASE(
        "deleting exports takes their films from .dadcam, and pruning the store leaves what unfinished exports need") {
        const OldLibrary old;
        for (const int id : {2, 6}) {
            const fs::path film = old.details(id)["outputPath"].get<std::string>();
            REQUIRE(fs::exists(film));
            old.must({"export-delete", std::to_string(id), "--yes"});
            // Where -o put one stays: that it was this person who named the place was not noted then.
            CHECK(fs::exists(film) == (id == 2));
        }
        CHECK(old.json({"export-history"}).size() == 11);
        CHECK(old.json({"cache", "--prune"})["segments"] == 8);
        old.must({"export-delete", "10", "--yes"});
        CHECK(old.json({"cache", "--prune"})["segments"] == 6);
        CHECK(old.json({"cache"})["bytes"] == old.json({"cache"})["unfinishedBytes"]);
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <algorithm>
#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>

namespace dadcam::test {

TEST_SUITE("export") {
    TEST_CASE("a whole family's library becomes one film that any player takes") {
        const Sandbox sandbox;
        sandbox.take_all_clips();
        const auto before = tree_of(sandbox.library);
        sandbox.make_library({"--resolution", "320x180"});
        const auto film = sandbox.export_film();

        const auto run = sandbox.json({"export-details", "1"});
        CHECK(run["status"] == "completed");
        CHECK(run["totalClips"] == 20);
        CHECK(run["outputPath"] == film.string());
        const auto& settings = run["normalizedSettings"];
        check_film(film, run["framesTotal"].get<std::int64_t>(), parse_rational(settings["fps"].get<std::string>()));

        auto after = tree_of(sandbox.library);
        std::erase_if(after, [](const auto& entry) { return entry.first.starts_with(".dadcam"); });
        CHECK(differences(before, after).empty());
    }

    TEST_CASE("films of other rates are as exact") {
        const std::vector<std::pair<std::string, Rational>> rates{
            {"25", {25, 1}}, {"30000/1001", {30000, 1001}}, {"60", {60, 1}}};
        for (const auto& [text, rate] : rates) {
            CAPTURE(text);
            const Sandbox sandbox;
            sandbox.take_clips({"1998-07 Italy holiday/tape 1.avi", "2012 Birthday/candles.mp4",
                                "2012 Birthday/short sound.mp4", "Phones/Anna/IMG_0102.MOV", "Phones/Ben/story.mp4"});
            sandbox.make_library({"--resolution", "320x180", "--fps", text});
            const auto film = sandbox.export_film();
            check_film(film, sandbox.json({"export-details", "1"})["framesTotal"].get<std::int64_t>(), rate);
        }
    }

    TEST_CASE("the film's length is that of its clips, and its preset can be ProRes") {
        const Sandbox sandbox;
        sandbox.take_clips(kFewClips);
        sandbox.make_library({"--resolution", "160x90", "--fps", "25", "--preset", "archive"});
        const auto film = sandbox.export_film();
        CHECK(film.extension() == ".mov");
        CHECK(sandbox.json({"export-details", "1"})["framesTotal"] == 25 + 50 + 25);
        check_film(film, 100, {25, 1});
    }

    TEST_CASE("-o puts the film where it says, and --force replaces one that is there") {
        const SmallLibrary sandbox;
        const auto place = sandbox / "my film.mp4";
        write_file(place, "an old film");
        CHECK(sandbox.export_film({"-o", place.string(), "--force"}) == place);
        check_film(place, 100, {25, 1});
        CHECK_FALSE(std::filesystem::exists(sandbox.library / ".dadcam/exports/run_1.mp4"));
    }

    TEST_CASE("several recipes are rendered in turn, with a summary") {
        const SmallLibrary sandbox;
        sandbox.must({"recipe-create", "Phones", "--mode", "by_event", "--event", "Ben", "--resolution", "160x90"});
        const auto out = sandbox.must({"export", "Film", "Phones"});
        CHECK(out.find("2 of 2 films made") != std::string::npos);
        CHECK(sandbox.json({"export-history"}).size() == 2);
    }

    TEST_CASE("a draft has the film's frames, and is never taken for the film") {
        const SmallLibrary sandbox;
        const auto draft = sandbox.export_film({"--draft"});
        CHECK(draft.filename() == "run_1_draft.mp4");
        check_film(draft, 100, {25, 1});
        const auto place = sandbox / "film.mp4";
        CHECK(sandbox.export_film({"-o", place.string()}) == place);
        CHECK(sandbox.json({"export-details", "2"})["framesTotal"] == 100);
        const auto reused = [&](int run) {
            const auto segments = sandbox.json({"export-details", std::to_string(run), "--segments"})["segments"];
            return std::count_if(segments.begin(), segments.end(),
                                 [](const auto& row) { return row["reused"] == true; });
        };
        CHECK(reused(2) == 0);

        const auto film = read_file(place);
        const auto refused = sandbox.dadcam({"export", "Film", "--draft", "--force", "-o", place.string()});
        CHECK(refused.ended() == "exit code 12");
        CHECK(refused.err.find("a draft does not replace it") != std::string::npos);
        CHECK(read_file(place) == film);

        sandbox.must({"export-rerun", "1"});
        const auto history = sandbox.json({"export-history"});
        CHECK(history[0]["outputPreset"] == "draft");
        CHECK(history[0]["name"].get<std::string>().starts_with("Film (draft) (rerun"));
        CHECK(history[1]["outputPreset"] == "share");
        CHECK(read_file(history[0]["outputPath"].get<std::string>()) == read_file(draft));
        CHECK(sandbox.dadcam({"recipe-create", "Small", "--preset", "draft"}).ended() == "exit code 2");
    }

    TEST_CASE("--dry-run says what would be made, and makes nothing") {
        const SmallLibrary sandbox;
        const auto before = tree_of(sandbox.library);
        const auto plan = sandbox.json({"export", "Film", "--dry-run"});
        CHECK(plan["framesTotal"] == 100);
        CHECK(plan["segmentsReused"] == 0);
        CHECK(sandbox.must({"export", "Film", "--dry-run"}).find("Nothing was rendered") != std::string::npos);
        CHECK(differences(before, tree_of(sandbox.library)).empty());
    }
}

}  // namespace dadcam::test

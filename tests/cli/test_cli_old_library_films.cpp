#include <doctest/doctest.h>

#include <tests/cli/old_library.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

// The films that dadcam 0.1.0 made are made again, and those that it left unfinished are finished.

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// "Favourites", whose pictures lie over a blurred copy of themselves. 0.1.0 lost the last picture of a clip there, and
/// showed the one before in its place: this is the film that has it, by the ffmpeg that made the library.
const std::string kFavourites = "3405beacc5ff8911f3e40b01f6c6a139c8ea2f60e37b89a83e71f9cf68a248bf";

/// Finished segments of an export of 0.1.0 that begin with a fade, or lie over a blurred copy: since the films of
/// ffmpeg 7 and 9 have both, the same bytes (but for that last picture) come of other filters, and so have another
/// name.
std::int64_t renamed_since(int run) {
    return run == 6 || run == 11 || run == 13 ? 2 : 0;
}

/// The program's last line is of an export that went well: the export as it is now.
Json made(const OldLibrary& old, std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const auto last = json_lines(old.must(arguments)).back();
    REQUIRE(last["success"] == true);
    return old.details(last["runId"].get<std::int64_t>());
}

}  // namespace

TEST_SUITE("old_library_films") {
    TEST_CASE("exports that were completed are made again, also without their recipe") {
        const OldLibrary old;
        for (const int id : {1, 2, 3, 4, 5, 6, 8}) {
            CAPTURE(id);
            const auto then = old.details(id);
            const auto now = made(old, {"export-rerun", std::to_string(id)});
            check_film_again(old, then, now, id == 6 ? kFavourites : sha256(then["outputPath"].get<std::string>()));
            if (id == 6 || id == 8)
                check_reuse(old, then, now, renamed_since(id));  // what the others had made was pruned
        }
    }

    TEST_CASE("the export that waits is rendered, with its LUT, dates, blurred background and fades") {
        const OldLibrary old;
        const auto now = made(old, {"export", "--run", "12", "--no-cache"});
        CHECK(now["id"] == 12);
        CHECK(count_segments(now, "reused", true) == 0);
        check_film_again(old, old.details(6), now, kFavourites);
    }

    TEST_CASE("what was interrupted, cancelled or failed is resumed, the newest first, to the film that was meant") {
        const OldLibrary old;
        const auto recordings = old.recordings();
        for (const int id : {13, 11, 10, 9}) {
            CAPTURE(id);
            std::vector<std::string> resume{"resume"};
            if (old.details(id)["name"] == "Stopped") {
                // Which places a person has named was not noted then: it is asked for.
                CHECK(old.dadcam(resume).ended() == "exit code 12");
                resume.insert(resume.end(), {"-o", "films/stopped.mp4"});
            }
            const auto now = made(old, resume);
            const auto then = old.details(id);
            CHECK(now["resumedFromRunId"] == id);
            CHECK(then["resumedByRunId"] == now["id"]);
            check_film_again(old, then, now, old.promised_film(id));
            check_reuse(old, then, now, renamed_since(id));
        }
        CHECK(contains(old.must({"resume"}), "Nothing to resume"));
        CHECK(fs::exists(old.library / "films/stopped.mp4"));  // where its -o had said
        CHECK(differences(recordings, old.recordings()).empty());
    }

    TEST_CASE("the library lives on: a clip, a tag, a recipe and a film are added") {
        const OldLibrary old;
        make_clip(old.library / "2026 New/red.mp4", "red");
        old.must({"ingest", "2026 New"});
        const auto clips = old.json({"clips", "--event", "2026 New"});
        REQUIRE(clips.size() == 1);
        CHECK(clips[0]["id"] == 9);
        old.must({"tag", "add", "l'été", "9"});
        old.must({"recipe-create", "New", "--mode", "all", "--tag", "l'été", "--lut", "Warm & soft"});
        const auto film = made(old, {"export", "New"});
        CHECK(film["totalClips"] == 2);
        CHECK(frames_of(film["outputPath"].get<std::string>()) == 20);
    }
}

}  // namespace dadcam::test

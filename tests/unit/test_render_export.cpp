#include <doctest/doctest.h>

#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/export.hpp>
#include <libdadcam/render/places.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;
using namespace std::chrono;
namespace fs = std::filesystem;
using test::FreshLibrary;

namespace {

constexpr sys_seconds kNow = sys_days{2019y / July / 14} + 18h + 30min + 12s;

std::string refused(library::Library& library, const fs::path& output, bool replace = false) {
    const auto error = test::error_of([&] { check_output(library, output, replace); });
    CHECK(error.category() == Category::output_write_error);
    CHECK_FALSE(error.advice().empty());
    return error.message();
}

}  // namespace

TEST_CASE("a rerun says when, once") {
    CHECK(rerun_name("Summer 2019", kNow) == "Summer 2019 (rerun 20190714_183012)");
    CHECK(rerun_name("Summer 2019 (rerun 20010101_000000)", kNow) == "Summer 2019 (rerun 20190714_183012)");
    CHECK(rerun_name(rerun_name("", kNow), kNow + 1s) == " (rerun 20190714_183013)");
}

TEST_CASE("a name that only looks like a rerun's stays whole") {
    CHECK(rerun_name("(rerun) Summer", kNow) == "(rerun) Summer (rerun 20190714_183012)");
    CHECK(rerun_name("A (rerun 20010101_000000) B", kNow) == "A (rerun 20010101_000000) B (rerun 20190714_183012)");
    CHECK(rerun_name("A (rerun 2001)", kNow) == "A (rerun 2001) (rerun 20190714_183012)");
}

TEST_CASE("a film can be put into any folder that is there") {
    FreshLibrary fresh;
    CHECK_NOTHROW(check_output(fresh.library, fresh.folder / "film.mp4", false));
    CHECK_NOTHROW(check_output(fresh.library, fresh.library.root() / "film.mp4", false));
    CHECK_NOTHROW(check_output(fresh.library, fresh.folder / ".dadcam.mp4", false));
}

TEST_CASE("a film cannot be put where there is no folder, or onto one") {
    FreshLibrary fresh;
    CHECK(test::contains(refused(fresh.library, fresh.folder / "missing/film.mp4"), "no such folder"));
    CHECK(test::contains(refused(fresh.library, fresh.folder.path()), "it is a folder"));
    CHECK(test::contains(refused(fresh.library, fresh.folder / ""), "it is a folder"));
    test::write_file(fresh.folder / "file", "x");
    CHECK(test::contains(refused(fresh.library, fresh.folder / "file/film.mp4"), "no such folder"));
}

TEST_CASE("what is there already is replaced only when asked for") {
    FreshLibrary fresh;
    const auto film = test::write_file(fresh.folder / "film.mp4", "old");
    CHECK(test::contains(refused(fresh.library, film), "exists already"));
    CHECK_NOTHROW(check_output(fresh.library, film, true));
    fs::create_symlink("nowhere", fresh.folder / "link.mp4");
    CHECK(test::contains(refused(fresh.library, fresh.folder / "link.mp4"), "exists already"));
    CHECK(test::read_file(film) == "old");
}

TEST_CASE("a clip of the library is never replaced, not even when asked for") {
    FreshLibrary fresh;
    test::add_clip(fresh.library, "Italy/a.mp4");
    const auto file = test::write_file(fresh.library.root() / "Italy/a.mp4", "original");
    CHECK(test::contains(refused(fresh.library, file, true), "one of the library's clips"));
    CHECK(test::contains(refused(fresh.library, fresh.library.root() / "Italy/../Italy/a.mp4", true),
                         "one of the library's clips"));
    const auto outside = test::write_file(fresh.folder / "disk/b.mp4", "original");
    test::add_clip(fresh.library, outside.string());
    CHECK(test::contains(refused(fresh.library, outside, true), "one of the library's clips"));
}

TEST_CASE("a film does not lie among dadcam's own files") {
    FreshLibrary fresh;
    CHECK(test::contains(refused(fresh.library, fresh.library.folder("film.mp4")), "among dadcam's own files"));
    CHECK(test::contains(refused(fresh.library, fresh.library.folder("dadcam.db"), true), "among dadcam's own files"));
    CHECK(test::contains(refused(fresh.library, fresh.library.root() / ".dadcam/../.dadcam/film.mp4"),
                         "among dadcam's own files"));
}

TEST_CASE("a run is recorded with its snapshot, items and numbers") {
    FreshLibrary fresh;
    const auto a = test::add_clip(fresh.library, "a.mp4");
    recipe::Recipe recipe;
    recipe.name = "Italy";
    auto clip = *library::find_clip(fresh.library, a);
    const auto snapshot = take_snapshot(recipe, {clip, clip});
    const auto id = create_run(fresh.library, {std::nullopt, "Italy", {(fresh.folder / "film.mp4").string()}, {}},
                               snapshot, {{"ffmpeg", "5.1", "ffmpeg version 5.1"}, "ffprobe", {}, {}});
    const auto run = library::find_run(fresh.library, id);
    CHECK(run.total_clips == 2);
    CHECK(run.frames_total == 500);
    CHECK(run.total_duration_ms == 20'000);
    CHECK(run.ffmpeg_version == "5.1");
    CHECK(run.wishes.path == (fresh.folder / "film.mp4").string());
    const auto items = library::run_items(fresh.library, id);
    REQUIRE(items.size() == 2);
    CHECK(items[1].clip_id == a);
    CHECK(items[1].start_frame == 250);
    CHECK(read_snapshot(library::run_snapshot(fresh.library, id)).inputs == snapshot.inputs);
}

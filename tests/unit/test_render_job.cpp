#include <doctest/doctest.h>

#include <sys/stat.h>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/render/job.hpp>
#include <libdadcam/render/record.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;
using namespace std::chrono;
using test::FreshLibrary;

namespace {

constexpr sys_seconds kNow = sys_days{2019y / July / 14} + 18h + 30min + 12s;

/// A library with a recipe "Italy" of two clips whose files are there, and an ffmpeg that has all it is asked for.
struct Atelier {
    FreshLibrary fresh;
    process::Stop stop;
    RenderTools tools;

    Atelier() {
        const auto ffmpeg =
            test::write_file(fresh.folder / "ffmpeg",
                             "#!/bin/sh\n"
                             "case $* in\n"
                             "*-encoders*) echo ' V..... libx264 x'; echo ' A..... aac x';;\n"
                             "*-filters*) for f in $(cat \"$0.filters\"); do echo \" ... $f V->V x\"; done;;\n"
                             "esac\n");
        ::chmod(ffmpeg.c_str(), 0755);
        test::write_file(fresh.folder / "ffmpeg.filters", kFilters);
        tools = {{ffmpeg.string(), "5.1", "ffmpeg version 5.1"}, "no-ffprobe", {}, {}};
        for (const char* name : {"a.mp4", "b.mp4"}) add(name);
        recipe::Recipe recipe;
        recipe.name = "Italy";
        library::add_recipe(fresh.library, recipe);
    }

    static constexpr const char* kFilters =
        "null setpts fps tpad trim scale setsar pad format setparams asetpts aresample aformat apad atrim anullsrc "
        "channelmap setrange concat settb zscale acopy copy anull split asplit";

    void add(const std::string& name) {
        auto clip = test::clip_of(name);
        clip.state = footage::file_state(test::write_file(fresh.library.root() / name, name));
        clip.content_id = "blake2b:" + name;
        library::add_clip(fresh.library, clip);
    }

    render::Job prepared(const Request& request) { return prepare(fresh.library, request, tools, stop); }
    Error refusal(const Request& request) {
        return test::error_of([&] { prepared(request); });
    }
};

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

TEST_CASE("a job of a recipe is decided whole before anything is recorded") {
    Atelier shop;
    const auto film = shop.fresh.folder / "film.mp4";
    Request request{OfRecipe{"Italy"}, film, {}};
    request.options.skip_broken = true;
    auto job = shop.prepared(request);
    CHECK(job.name == "Italy");
    CHECK(job.snapshot.inputs.size() == 2);
    CHECK(job.plan.frames().count == 500);
    CHECK(job.plan.keys.size() == job.plan.segments.size());
    CHECK(job.notes.empty());
    CHECK(library::history(shop.fresh.library, {}, 10, 0).empty());

    const auto id = record_pending(shop.fresh.library, job);
    const auto run = library::find_run(shop.fresh.library, id);
    CHECK(job.run == id);
    CHECK(run.status == library::RunStatus::pending);
    CHECK(run.total_clips == 2);
    CHECK(run.frames_total == 500);
    CHECK(run.total_duration_ms == 20'000);
    CHECK(run.ffmpeg_version == "5.1");
    CHECK(run.wishes.path == film.string());
    CHECK(run.wishes.skip_broken);
    const auto items = library::run_items(shop.fresh.library, id);
    REQUIRE(items.size() == 2);
    CHECK(items[1].path == "b.mp4");
    CHECK(items[1].start_frame == 250);
    CHECK(read_snapshot(library::run_snapshot(shop.fresh.library, id)).inputs == job.snapshot.inputs);
}

TEST_CASE("a clip that is not there is refused, or left out where that is asked for") {
    Atelier shop;
    std::filesystem::remove(shop.fresh.library.root() / "a.mp4");
    Request request{OfRecipe{"Italy"}, {}, {}};
    CHECK(shop.refusal(request).category() == Category::input_not_found);
    request.options.skip_broken = true;
    const auto job = shop.prepared(request);
    CHECK(job.left_out == std::vector<std::string>{"a.mp4"});
    CHECK(job.notes == std::vector<std::string>{"Left out a.mp4: it is missing."});
    CHECK(job.plan.frames().count == 250);
}

TEST_CASE("what was asked for at the beginning holds when a run goes on or is rendered later") {
    Atelier shop;
    const auto film = test::write_file(shop.fresh.folder / "film.mp4", "there already");
    Request request{OfRecipe{"Italy"}, film, {}};
    request.options.skip_broken = true;
    request.options.replace = true;
    auto first = shop.prepared(request);
    const auto id = record_pending(shop.fresh.library, first);
    for (const Request& later : {Request{Pending{id}, {}, {}}, Request{GoingOn{id}, {}, {}}}) {
        const auto job = shop.prepared(later);
        CHECK(job.options.replace);
        CHECK(job.options.skip_broken == true);
        CHECK(job.wishes.path == film.string());
        CHECK(job.name == "Italy");
    }
    CHECK(shop.prepared({Pending{id}, {}, {}}).run == id);
    CHECK(shop.prepared({GoingOn{id}, {}, {}}).resumed_from == id);

    SUBCASE("another place comes without the leave to replace what is there") {
        CHECK(shop.refusal({GoingOn{id}, film, {}}).category() == Category::output_write_error);
    }
    SUBCASE("what is asked for now comes first") {
        Request stop{GoingOn{id}, {}, {}};
        stop.options.skip_broken = false;
        CHECK(shop.prepared(stop).options.skip_broken == false);
    }
    SUBCASE("a rerun asks anew") {
        const auto again = shop.prepared({AgainAs{id, kNow}, {}, {}});
        CHECK(again.name == "Italy (rerun 20190714_183012)");
        CHECK_FALSE(again.options.replace);
        CHECK_FALSE(again.wishes.path);
        CHECK(again.options.skip_broken == false);
    }
}

TEST_CASE("a run that is not pending cannot be rendered as one") {
    Atelier shop;
    auto job = shop.prepared({OfRecipe{"Italy"}, {}, {}});
    const auto id = record_begun(shop.fresh.library, job);
    CHECK(test::contains(shop.refusal({Pending{id}, {}, {}}).message(), "it is rendering"));
    CHECK(test::error_of([&] { record_begun(shop.fresh.library, job); }).category() == Category::general);
}

TEST_CASE("what ffmpeg lacks is named before anything is recorded") {
    Atelier shop;
    test::write_file(shop.fresh.folder / "ffmpeg.filters", "null");
    const auto error = shop.refusal({OfRecipe{"Italy"}, {}, {}});
    CHECK(error.category() == Category::tool_missing);
    CHECK(library::history(shop.fresh.library, {}, 10, 0).empty());
}

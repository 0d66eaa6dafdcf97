#include <doctest/doctest.h>

#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;

namespace {

Zone zone_called(const char* name) {
    return Zone::find(name).value();
}

footage::Clip recorded_as(const char* path, footage::RecordedAt recorded) {
    auto clip = test::clip_of(path);
    clip.recorded = std::move(recorded);
    return clip;
}

}  // namespace

TEST_CASE("a library without a zone is in UTC") {
    test::FreshLibrary fresh;
    CHECK_FALSE(has_zone(fresh.library));
    CHECK(zone_of(fresh.library) == Zone());
    set_zone(fresh.library, zone_called("Europe/Berlin"));
    CHECK(has_zone(fresh.library));
    CHECK(zone_of(fresh.library).name() == "Europe/Berlin");
}

TEST_CASE("another zone moves the clips of which only a wall time is known, and no others") {
    test::FreshLibrary fresh;
    add_clip(fresh.library, recorded_as("wall.mp4", {"2019-07-14T18:30:12Z", "stream", false, "2019-07-14T18:30:12"}));
    add_clip(fresh.library,
             recorded_as("own.mp4", {"2019-07-14T18:30:12Z", "quicktime", false, "2019-07-14T14:30:12-04:00"}));
    add_clip(fresh.library, recorded_as("instant.mp4", {"2019-07-14T18:30:12Z", "container", false}));
    for (int again = 0; again < 2; ++again) {
        set_zone(fresh.library, zone_called("Asia/Tokyo"));
        const auto clips = test::all_clips(fresh.library);
        CHECK(clips[0].recorded == footage::RecordedAt{"2019-07-14T09:30:12Z", "stream", false, "2019-07-14T18:30:12"});
        CHECK(clips[1].recorded == footage::RecordedAt{"2019-07-14T18:30:12Z", "container", false});
        CHECK(clips[2].recorded.local == "2019-07-14T14:30:12-04:00");
        CHECK(clips[2].recorded.time == "2019-07-14T18:30:12Z");
    }
}

TEST_CASE("with its first zone a library's recipes ask for days at the wall") {
    test::FreshLibrary fresh;
    recipe::Recipe recipe;
    recipe.name = "Summer";
    recipe.from = "2019-06-01T00:00:00Z";
    recipe.until = "2019-08-31T23:59:59Z";
    add_recipe(fresh.library, recipe);
    recipe.name = "An hour";
    recipe.from = "2019-06-01T18:00:00Z";
    recipe.until = "2019-06-01T19:00:00Z";
    add_recipe(fresh.library, recipe);
    give_zone(fresh.library, zone_called("Europe/Berlin"));
    CHECK(find_recipe(fresh.library, "Summer").recipe.from == "2019-06-01T00:00:00");
    CHECK(find_recipe(fresh.library, "Summer").recipe.until == "2019-08-31T23:59:59");
    CHECK(find_recipe(fresh.library, "An hour").recipe == recipe);
}

TEST_CASE("a zone that this system does not know is an error that says what to do") {
    test::FreshLibrary fresh;
    set_setting(fresh.library, kZoneSetting, "Mars/Olympus");
    const auto error = test::error_of([&] { zone_of(fresh.library); });
    CHECK(test::contains(error.advice(), "dadcam config zone"));
}

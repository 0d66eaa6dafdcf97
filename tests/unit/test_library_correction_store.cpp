#include <doctest/doctest.h>

#include <libdadcam/library/correction_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;

namespace {

const footage::RecordedAt kChristmas{"2004-12-24T17:00:00Z", "user", false, "2004-12-24T18:00:00"};

}  // namespace

TEST_CASE("a corrected date holds in place of the one that was found, and goes without a trace") {
    test::FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    const auto before = find_clip(fresh.library, id).value();
    correct_date(fresh.library, before, kChristmas);
    CHECK(find_clip(fresh.library, id)->recorded == kChristmas);
    CHECK(found_date(fresh.library, id) == before.recorded);
    CHECK(forget_correction(fresh.library, before));
    CHECK(find_clip(fresh.library, id) == before);
    CHECK_FALSE(forget_correction(fresh.library, before));
}

TEST_CASE("a correction stays when the clip is found anew, also in another place") {
    test::FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    auto clip = find_clip(fresh.library, id).value();
    correct_date(fresh.library, clip, kChristmas);
    clip.path = "elsewhere/b.mp4";
    clip.recorded = {"2010-01-01T00:00:00Z", "mtime", true};
    update_clip(fresh.library, clip);
    CHECK(find_clip(fresh.library, id)->recorded == kChristmas);
    forget_correction(fresh.library, clip);
    CHECK(find_clip(fresh.library, id)->recorded == clip.recorded);
}

TEST_CASE("clips are chosen and sorted by the corrected date, which follows the library's zone") {
    test::FreshLibrary fresh;
    const auto late = test::add_clip(fresh.library, "a.mp4");
    test::add_clip(fresh.library, "b.mp4");
    correct_date(fresh.library, find_clip(fresh.library, late).value(), {"2021-01-01T12:00:00Z", "user", false});
    CHECK(test::all_clips(fresh.library).back().id == late);
    recipe::Recipe recipe;
    recipe.from = "2021-01-01T00:00:00";
    CHECK(selected_clips(fresh.library, recipe).size() == 1);
    correct_date(fresh.library, find_clip(fresh.library, late).value(), kChristmas);
    set_zone(fresh.library, Zone::named("Asia/Tokyo"));
    CHECK(find_clip(fresh.library, late)->recorded.time == "2004-12-24T09:00:00Z");
}

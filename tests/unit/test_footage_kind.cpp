#include <doctest/doctest.h>

#include <functional>
#include <libdadcam/footage/kind.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>
#include <vector>

using namespace dadcam;

TEST_CASE("two clips are of one kind unless their headers say that their pictures differ") {
    const auto facts = test::clip_of("a", 10).facts;
    CHECK(footage::other_kind(facts, facts) == "");
    auto longer = facts;
    longer.duration_us *= 2;
    longer.start_pts += 7;
    longer.sound.reset();
    CHECK(footage::other_kind(longer, facts) == "");

    const std::vector<std::pair<std::function<void(footage::Facts&)>, const char*>> changes{
        {[](auto& one) { one.codec = "hevc"; }, "it has hevc, not"},
        {[](auto& one) { one.width += 16; }, "x"},
        {[](auto& one) {
             one.sample_aspect = {16, 15};
         },
         "pixels of 16:15, not"},
        {[](auto& one) { one.rotation = 90; }, "a rotation of 90, not a rotation of 0"},
        {[](auto& one) { one.pixel_format = "yuv422p"; }, "yuv422p"},
        {[](auto& one) { one.field_order = "bb"; }, "the field order bb"},
        {[](auto& one) { one.color_transfer = "smpte2084"; }, "smpte2084"},
        {[](auto& one) {
             one.time_base = {1, 12345};
         },
         "a time base of 1/12345"},
        {[](auto& one) { one.stream = 3; }, "its pictures as stream 3"}};
    for (const auto& [change, says] : changes) {
        auto other = facts;
        change(other);
        CAPTURE(std::string(says));
        CHECK(test::contains(footage::other_kind(other, facts), says));
    }
}

#include <doctest/doctest.h>

#include <libdadcam/measure/fields.hpp>
#include <vector>

namespace dadcam::measure {
namespace {

/// By its time, whether each is a second field; pictures are 3600 ticks long.
std::vector<bool> seconds_among(const std::vector<std::int64_t>& times, footage::Facts facts) {
    facts.rate = {25, 1};
    facts.time_base = {1, 90'000};
    FieldPairs pairs(facts);
    std::vector<bool> all;
    for (const auto time : times) all.push_back(pairs.is_second(time));
    return all;
}

footage::Facts coded(const char* codec, const char* order) {
    footage::Facts facts;
    facts.codec = codec;
    facts.field_order = order;
    return facts;
}

using Flags = std::vector<bool>;

}  // namespace

TEST_CASE("a second field follows its first one at once, half a picture later") {
    // As a camcorder stores them: I P b b b b P P, and one picture that was coded whole.
    CHECK(seconds_among({7200, 9000, 0, 1800, 3600, 5400, 14400, 10800, 12600}, coded("h264", "tt")) ==
          Flags{false, true, false, true, false, true, false, false, true});
}

TEST_CASE("pictures that are not interlaced, or of another codec, are never fields") {
    CHECK(seconds_among({0, 1800, 3600}, coded("h264", "progressive")) == Flags{false, false, false});
    CHECK(seconds_among({0, 1800, 3600}, coded("mpeg2video", "tt")) == Flags{false, false, false});
    CHECK(seconds_among({0, 3600, 7200}, coded("h264", "tt")) == Flags{false, false, false});
}

}  // namespace dadcam::measure

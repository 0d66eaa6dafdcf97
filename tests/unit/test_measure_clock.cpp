#include <doctest/doctest.h>

#include <libdadcam/measure/clock.hpp>

namespace dadcam::measure {
namespace {

constexpr double kStampTick = 1e6 / 90'000;
constexpr std::int64_t kStampSecond = 90'000;
constexpr std::int64_t kStampEnd = std::int64_t{1} << 33;

Packet stamped(std::int64_t dts, std::int64_t pts, int stream = 0) {
    return {Kind::picture, stream, pts, dts, 3600, 500, 0, true};
}

}  // namespace

TEST_CASE("a clock that comes to its end goes on, each stream of it by itself") {
    auto clock = clock_of("mpeg", kStampTick);
    clock(stamped(kStampEnd - 3600, kStampEnd - 3600, 1));
    clock(stamped(kStampEnd - 7200, kStampEnd - 3600));
    const auto across = clock(stamped(kStampEnd - 3600, 3600));
    CHECK(across.dts == kStampEnd - 3600);
    CHECK(across.pts == kStampEnd + 3600);
    const auto behind = clock(stamped(0, 0));
    CHECK(behind.dts == kStampEnd);
    CHECK(behind.pts == kStampEnd);
    CHECK(clock(stamped(0, 0, 1)).dts == kStampEnd);
    CHECK(clock(stamped(3600, 3600)).dts == kStampEnd + 3600);
}

TEST_CASE("a clock that is set anew is not one that has come to its end") {
    auto clock = clock_of("mpegts", kStampTick);
    clock(stamped(kStampEnd - 5 * kStampSecond, kStampEnd - 5 * kStampSecond));
    CHECK(clock(stamped(0, 0)).dts == 0);
    clock(stamped(100 * kStampSecond, 100 * kStampSecond));
    CHECK(clock(stamped(0, 0)).dts == 0);
}

TEST_CASE("a clock that has an end is one of MPEG-PS or MPEG-TS") {
    auto clock = clock_of("dv", kStampTick);
    clock(stamped(kStampEnd - 3600, kStampEnd - 3600));
    CHECK(clock(stamped(0, 0)).dts == 0);
}

}  // namespace dadcam::measure

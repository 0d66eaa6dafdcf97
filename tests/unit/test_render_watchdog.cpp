#include <doctest/doctest.h>

#include <libdadcam/render/watchdog.hpp>

using namespace dadcam::render;
using namespace std::chrono_literals;

namespace {

const Watchdog::Clock::time_point kBeginning = Watchdog::Clock::time_point{} + 1000s;

}  // namespace

TEST_CASE("what never advances has stalled when its time is over") {
    const Watchdog watchdog(60s, kBeginning);
    CHECK_FALSE(watchdog.stalled(kBeginning));
    CHECK_FALSE(watchdog.stalled(kBeginning + 59'999ms));
    CHECK(watchdog.stalled(kBeginning + 60s));
}

TEST_CASE("an advance begins the time anew") {
    Watchdog watchdog(60s, kBeginning);
    watchdog.saw(1, kBeginning + 50s);
    CHECK_FALSE(watchdog.stalled(kBeginning + 109s));
    CHECK(watchdog.stalled(kBeginning + 110s));
    watchdog.saw(2, kBeginning + 200s);
    CHECK_FALSE(watchdog.stalled(kBeginning + 201s));
}

TEST_CASE("saying the same again, or less, is no advance") {
    Watchdog watchdog(60s, kBeginning);
    watchdog.saw(10, kBeginning + 1s);
    for (int second = 2; second < 61; ++second) {
        watchdog.saw(10, kBeginning + std::chrono::seconds(second));
        watchdog.saw(3, kBeginning + std::chrono::seconds(second));
        watchdog.saw(-5, kBeginning + std::chrono::seconds(second));
    }
    CHECK(watchdog.stalled(kBeginning + 61s));
}

TEST_CASE("beginning with 0 is no advance") {
    Watchdog watchdog(60s, kBeginning);
    watchdog.saw(0, kBeginning + 59s);
    CHECK(watchdog.stalled(kBeginning + 60s));
}

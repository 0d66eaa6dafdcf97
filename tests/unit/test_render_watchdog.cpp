#include <doctest/doctest.h>

#include <libdadcam/render/watchdog.hpp>

using namespace dadcam::render;
using namespace std::chrono_literals;

namespace {

const Watchdog::Clock::time_point kStart = Watchdog::Clock::time_point{} + 1000s;

}  // namespace

TEST_CASE("what never advances has stalled when its time is over") {
    const Watchdog watchdog(60s, kStart);
    CHECK_FALSE(watchdog.stalled(kStart));
    CHECK_FALSE(watchdog.stalled(kStart + 59'999ms));
    CHECK(watchdog.stalled(kStart + 60s));
}

TEST_CASE("an advance begins the time anew") {
    Watchdog watchdog(60s, kStart);
    watchdog.saw(1, kStart + 50s);
    CHECK_FALSE(watchdog.stalled(kStart + 109s));
    CHECK(watchdog.stalled(kStart + 110s));
    watchdog.saw(2, kStart + 200s);
    CHECK_FALSE(watchdog.stalled(kStart + 201s));
}

TEST_CASE("saying the same again, or less, is no advance") {
    Watchdog watchdog(60s, kStart);
    watchdog.saw(10, kStart + 1s);
    for (int second = 2; second < 61; ++second) {
        watchdog.saw(10, kStart + std::chrono::seconds(second));
        watchdog.saw(3, kStart + std::chrono::seconds(second));
        watchdog.saw(-5, kStart + std::chrono::seconds(second));
    }
    CHECK(watchdog.stalled(kStart + 61s));
}

TEST_CASE("beginning with 0 is no advance") {
    Watchdog watchdog(60s, kStart);
    watchdog.saw(0, kStart + 59s);
    CHECK(watchdog.stalled(kStart + 60s));
}

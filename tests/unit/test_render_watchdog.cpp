#include <doctest/doctest.h>

#include <libdadcam/render/watchdog.hpp>

using namespace dadcam::render;
using namespace std::chrono_literals;

namespace {

const Watchdog::Clock::time_point kBeginning = Watchdog::Clock::time_point{} + 1000s;

/// A watchdog that is asked ten times a second, as an encoding asks it.
struct Asked {
    explicit Asked(std::chrono::milliseconds patience) : watchdog(patience, kBeginning) {}
    /// Asks up to that time after the beginning; its last answer.
    bool stalled(std::chrono::milliseconds until) {
        for (; now + 100ms <= until; now += 100ms) watchdog.stalled(kBeginning + now);
        now = until;
        return watchdog.stalled(kBeginning + now);
    }
    Watchdog watchdog;
    std::chrono::milliseconds now{0};
};

}  // namespace

TEST_CASE("what never advances has stalled when its time is over") {
    Asked asked(60s);
    CHECK_FALSE(asked.stalled(0s));
    CHECK_FALSE(asked.stalled(59'999ms));
    CHECK(asked.stalled(60s));
}

TEST_CASE("an advance begins the time anew") {
    Asked asked(60s);
    CHECK_FALSE(asked.stalled(50s));
    asked.watchdog.saw(1, kBeginning + 50s);
    CHECK_FALSE(asked.stalled(109s));
    asked.watchdog.saw(2, kBeginning + 109s);
    CHECK_FALSE(asked.stalled(168s));
    CHECK(asked.stalled(169s));
}

TEST_CASE("saying the same again, or less, is no advance") {
    Asked asked(60s);
    asked.watchdog.saw(10, kBeginning);
    for (int second = 1; second < 60; ++second) {
        CHECK_FALSE(asked.stalled(std::chrono::seconds(second)));
        for (const int amount : {10, 3, -5}) asked.watchdog.saw(amount, kBeginning + std::chrono::seconds(second));
    }
    CHECK(asked.stalled(60s));
}

TEST_CASE("beginning with 0 is no advance") {
    Asked asked(60s);
    CHECK_FALSE(asked.stalled(59s));
    asked.watchdog.saw(0, kBeginning + 59s);
    CHECK(asked.stalled(60s));
}

TEST_CASE("time in which nobody asked does not count: everything was stopped, or the machine asleep") {
    for (const auto pause : {2s, 61s, 86'400s}) {
        Asked asked(60s);
        CHECK_FALSE(asked.stalled(30s));
        asked.now += pause;
        CHECK_FALSE(asked.stalled(pause + 30s + 25s));
        CHECK(asked.stalled(pause + 30s + 30s));
    }
}

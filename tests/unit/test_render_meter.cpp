#include <doctest/doctest.h>

#include <deque>
#include <libdadcam/render/meter.hpp>
#include <random>

using namespace dadcam;
using namespace dadcam::render;
using namespace std::chrono_literals;

namespace {

constexpr Rational kRate{25, 1};
const Clock::time_point kStart = Clock::time_point{} + 1000s;
constexpr auto kQuarter = 250ms;

}  // namespace

TEST_CASE("frames of finished segments and of those in flight add up") {
    Meter meter({1000}, kRate, kStart);
    meter.reuse({100});
    meter.update(3, {50}, {200}, kStart);
    meter.update(4, {20}, {200}, kStart);
    CHECK(meter.completed() == Frames{170});
    CHECK(meter.percent() == 17);
    meter.finish(3, {200}, kStart);
    CHECK(meter.completed() == Frames{320});
}

TEST_CASE("a segment in flight never goes back and never beyond its length") {
    Meter meter({1000}, kRate, kStart);
    meter.update(0, {50}, {200}, kStart);
    meter.update(0, {30}, {200}, kStart);
    CHECK(meter.completed() == Frames{50});
    meter.update(0, {999}, {200}, kStart);
    CHECK(meter.completed() == Frames{200});
    meter.finish(0, {200}, kStart);
    CHECK(meter.completed() == Frames{200});
}

TEST_CASE("whatever ffmpeg says, progress never goes down and stays below 100") {
    std::mt19937_64 random(11);
    for (int round = 0; round < 200; ++round) {
        constexpr std::int64_t kSegments = 10, kFrames = 100;
        Meter meter({kSegments * kFrames}, kRate, kStart);
        std::deque<std::size_t> in_flight;
        std::size_t begun = 0;
        int percent = 0;
        while (begun < kSegments || !in_flight.empty()) {
            if (begun < kSegments && in_flight.size() < 3) in_flight.push_back(begun++);
            const auto segment = in_flight[random() % in_flight.size()];
            if (random() % 5 == 0) {
                meter.finish(segment, {kFrames}, kStart);
                std::erase(in_flight, segment);
            } else {
                meter.update(segment, {static_cast<std::int64_t>(random() % 150)}, {kFrames}, kStart);
            }
            REQUIRE(meter.percent() >= percent);
            percent = meter.percent();
            REQUIRE(percent <= 99);
        }
        REQUIRE(meter.completed() == Frames{kSegments * kFrames});
        REQUIRE(percent == 99);
    }
}

TEST_CASE("a film of no frames is at 0, not an error") {
    CHECK(Meter({0}, kRate, kStart).percent() == 0);
}

TEST_CASE("more frames than there are do not count") {
    Meter meter({100}, kRate, kStart);
    meter.reuse({100});
    meter.update(0, {50}, {50}, kStart);
    CHECK(meter.completed() == Frames{100});
    CHECK(meter.percent() == 99);
}

TEST_CASE("the rest of the time is told after three seconds, not before") {
    Meter meter({1000}, kRate, kStart);
    meter.update(0, {100}, {1000}, kStart + 2s);
    CHECK_FALSE(meter.remaining_seconds(kStart + 2999ms));
    CHECK_FALSE(meter.speed(kStart + 2999ms));
    REQUIRE(meter.remaining_seconds(kStart + 4s));
    CHECK(*meter.remaining_seconds(kStart + 4s) == doctest::Approx(36));
    CHECK(*meter.speed(kStart + 4s) == doctest::Approx(1));
}

TEST_CASE("without a frame there is no telling") {
    Meter meter({1000}, kRate, kStart);
    meter.update(0, {0}, {1000}, kStart + 2s);
    CHECK_FALSE(meter.remaining_seconds(kStart + 60s));
    CHECK_FALSE(meter.speed(kStart + 60s));
}

TEST_CASE("reused frames say nothing about the speed") {
    Meter meter({1000}, kRate, kStart);
    meter.reuse({900});
    CHECK_FALSE(meter.remaining_seconds(kStart + 10s));
    meter.update(0, {10}, {100}, kStart + 5s);
    CHECK(*meter.remaining_seconds(kStart + 5s) == doctest::Approx(45));
    meter.reuse({50});
    meter.update(0, {12}, {100}, kStart + 6s);
    CHECK(*meter.speed(kStart + 6s) == doctest::Approx(2.0 / 25));
}

TEST_CASE("the speed is the recent one") {
    Meter meter({100'000}, kRate, kStart);
    std::int64_t frames = 0;
    auto now = kStart;
    for (int second = 0; second < 100; ++second) meter.update(0, {frames += 1}, {100'000}, now += 1s);
    CHECK(*meter.speed(now) == doctest::Approx(1.0 / 25));
    for (int second = 0; second < 30; ++second) meter.update(0, {frames += 50}, {100'000}, now += 1s);
    CHECK(*meter.speed(now) == doctest::Approx(2));
}

TEST_CASE("when nothing is heard any more, the rest of the time grows") {
    Meter meter({1000}, kRate, kStart);
    meter.update(0, {100}, {1000}, kStart + 4s);
    CHECK(*meter.remaining_seconds(kStart + 8s) > *meter.remaining_seconds(kStart + 4s));
}

TEST_CASE("the time gone by is that since the beginning") {
    CHECK(Meter({1}, kRate, kStart).elapsed_seconds(kStart + 1500ms) == doctest::Approx(1.5));
}

TEST_CASE("the segments in flight are told, and how far each is") {
    Meter meter({1000}, kRate, kStart);
    CHECK(meter.in_flight().empty());
    meter.update(5, {10}, {100}, kStart);
    meter.update(2, {20}, {100}, kStart);
    CHECK(meter.in_flight() == std::map<std::size_t, Frames>{{2, {20}}, {5, {10}}});
    meter.finish(2, {100}, kStart);
    CHECK(meter.in_flight() == std::map<std::size_t, Frames>{{5, {10}}});
}

TEST_CASE("without news nothing is due") {
    Throttle throttle(kQuarter);
    CHECK_FALSE(throttle.due(kStart));
    CHECK_FALSE(throttle.next());
    throttle.note_news();
    CHECK(throttle.due(kStart));
    throttle.sent(kStart);
    CHECK_FALSE(throttle.due(kStart + 10s));
}

TEST_CASE("news that comes too early is kept and due 250 ms after the last") {
    Throttle throttle(kQuarter);
    throttle.sent(kStart);
    throttle.note_news();
    CHECK_FALSE(throttle.due(kStart + 249ms));
    CHECK(throttle.next() == kStart + 250ms);
    CHECK(throttle.due(kStart + 250ms));
}

TEST_CASE("at most four updates a second are sent, and no news waits longer than 250 ms") {
    std::mt19937_64 random(5);
    Throttle throttle(kQuarter);
    std::deque<Clock::time_point> sent;
    std::optional<Clock::time_point> waiting_since;
    for (auto now = kStart; now < kStart + 100s; now += 1ms) {
        if (random() % (now < kStart + 50s ? 3 : 400) == 0) {
            throttle.note_news();
            if (!waiting_since) waiting_since = now;
        }
        if (!throttle.due(now)) continue;
        REQUIRE(waiting_since);
        REQUIRE(now - *waiting_since <= 250ms);
        waiting_since.reset();
        throttle.sent(now);
        sent.push_back(now);
        while (sent.front() <= now - 1s) sent.pop_front();
        REQUIRE(sent.size() <= 4);
    }
}

#include <doctest/doctest.h>

#include <libdadcam/measure/regions.hpp>

namespace dadcam::measure {

using Bytes = std::vector<std::int64_t>;

namespace {

constexpr double kTick = 1e6 / 90'000;
constexpr std::int64_t kSecond = 90'000;
constexpr std::int64_t kStep = kSecond / 25;

/// A recording of pictures and sound by turns, a packet every thousand bytes.
struct Recording {
    RegionFinder finder{kTick, false};
    std::int64_t byte = 0;

    void go_on(std::int64_t from, std::int64_t ticks) {
        for (auto time = from; time < from + ticks; time += kStep) {
            for (const auto kind : {Kind::picture, Kind::sound}) {
                finder.add({kind, kind == Kind::sound, time, time, kStep, 500, byte, true});
                byte += 1000;
            }
        }
    }
};

}  // namespace

TEST_CASE("a clock that runs on is one region, with gaps of up to ten seconds") {
    Recording recording;
    recording.go_on(0, 5 * kSecond);
    recording.go_on(15 * kSecond, 5 * kSecond);
    CHECK(recording.finder.beginnings().empty());
    // Less than a tenth of a second back, in the midst of a group of pictures: damage, not another recording.
    recording.finder.add({Kind::picture, 0, 20 * kSecond - 2 * kStep, 20 * kSecond - 2 * kStep, kStep, 500, 1, false});
    CHECK(recording.finder.beginnings().empty());
}

TEST_CASE("a key picture that is not later than the picture before it begins another recording") {
    Recording recording;
    recording.go_on(0, 5 * kSecond);
    const auto byte = recording.byte;
    recording.go_on(5 * kSecond - kStep, kSecond);
    CHECK(recording.finder.beginnings() == Bytes{byte});
}

TEST_CASE("a key picture that is shown before what is decoded before it begins another recording") {
    // Decoded two pictures before they are shown.
    const auto add = [](RegionFinder& finder, std::int64_t frame, bool key) {
        finder.add({Kind::picture, 0, (frame + 2) * kStep, frame * kStep, kStep, 500, frame * 1000, key});
    };
    RegionFinder finder(kTick, false);
    for (std::int64_t frame = 0; frame < 50; ++frame) add(finder, frame, frame % 10 == 0);
    CHECK(finder.beginnings().empty());
    finder.add({Kind::picture, 0, 50 * kStep, 50 * kStep, kStep, 500, 50'000, true});
    finder.add({Kind::picture, 0, 51 * kStep, 51 * kStep, kStep, 500, 51'000, true});
    CHECK(finder.beginnings() == Bytes{50'000});
}

TEST_CASE("a clock that jumps back or far ahead begins a region, at the first byte of any stream of it") {
    for (const auto to : {std::int64_t{0}, 100 * kSecond, 5 * kSecond - kSecond / 5, 15 * kSecond + kStep}) {
        CAPTURE(to);
        Recording recording;
        recording.go_on(0, 5 * kSecond);
        const auto byte = recording.byte;
        recording.go_on(to, 5 * kSecond);
        CHECK(recording.finder.beginnings() == Bytes{byte});
    }
}

TEST_CASE("streams that jump one after the other begin one region together, however often that happens") {
    RegionFinder finder(kTick, false);
    std::int64_t byte = 0;
    Bytes expected;
    for (int region = 0; region < 40; ++region) {
        if (region > 0) expected.push_back(byte);
        // The pictures of a region come first, its sound behind them.
        for (const auto kind : {Kind::picture, Kind::sound}) {
            for (std::int64_t time = 0; time < kSecond; time += kStep) {
                finder.add({kind, kind == Kind::sound, time, time, kStep, 500, byte, true});
                byte += 1000;
            }
        }
    }
    CHECK(finder.beginnings() == expected);
}

TEST_CASE("of a tape whose pictures have one size, another size begins a region") {
    RegionFinder finder(40'000, true);
    for (std::int64_t frame = 0; frame < 100; ++frame) {
        const auto byte = frame * 144'000;
        finder.add({Kind::picture, 0, frame, frame, 1, 144'000, byte, true});
        const std::int64_t bytes = frame % 5 < 3 ? 6408 : 6400;
        finder.add({Kind::sound, 1, frame, frame, 1, frame < 50 ? bytes : bytes * 2 / 3, byte, true});
    }
    CHECK(finder.beginnings() == Bytes{50 * 144'000});
}

TEST_CASE("what comes before the first key picture is told, and no more than one key picture a second is kept") {
    RegionReader reader(kTick);
    for (std::int64_t frame = 0; frame < 100; ++frame) {
        reader.add({Kind::picture, 0, frame * kStep, frame * kStep, kStep, 500, frame * 1000, frame % 10 == 5});
    }
    const auto& stretch = reader.pictures().at(0);
    CHECK_FALSE(stretch.begins_with_key);
    CHECK(stretch.first == 0);
    CHECK(stretch.first_key == 5 * kStep);
    CHECK(stretch.end == 100 * kStep);
    REQUIRE(stretch.keys.size() == 4);
    CHECK(stretch.keys[0] == dadcam::footage::KeyPicture{0, 5000});
    CHECK(stretch.keys[1] == dadcam::footage::KeyPicture{1'200'000, 35'000});
}

TEST_CASE("where no picture was recorded is told, but not where all are that far apart") {
    RegionReader reader(kTick), slow(kTick);
    for (std::int64_t frame = 0; frame < 100; ++frame) {
        const auto time = frame * kStep + (frame < 50 ? 0 : 3 * kSecond) + (frame < 80 ? 0 : kSecond / 4);
        reader.add({Kind::picture, 0, time, time, kStep, 500, frame * 1000, frame % 10 == 0});
        slow.add({Kind::picture, 0, frame * kSecond, frame * kSecond, kSecond, 500, frame * 1000, true});
    }
    CHECK(reader.pictures().at(0).holes == std::vector<footage::Hole>{{2'000'000, 3'000'000}});
    CHECK(slow.pictures().at(0).holes.empty());
}

}  // namespace dadcam::measure

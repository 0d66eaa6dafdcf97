#include <doctest/doctest.h>

#include <libdadcam/measure/sounds.hpp>

namespace dadcam::measure {
namespace {

constexpr double kSoundTick = 1e6 / 90'000;
constexpr std::int64_t kSoundSecond = 90'000;
constexpr std::int64_t kSoundFrame = 2160;  // 24 ms

/// A stretch of a stream; its packets lie as far into the file as they are into the clip.
void go_on(SoundReader& reader, int stream, std::int64_t from, std::int64_t until) {
    for (auto time = from; time < until; time += kSoundFrame)
        reader.add({Kind::sound, stream, time, time, kSoundFrame, 500, time + stream, true});
}

}  // namespace

TEST_CASE("where one stream of sound ends and another goes on, that one takes over") {
    SoundReader reader(kSoundTick);
    go_on(reader, 1, 0, 4 * kSoundSecond);
    go_on(reader, 2, 4 * kSoundSecond, 9 * kSoundSecond);
    const auto found = reader.takeovers(1, 0, 9 * kSoundSecond);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == Kind::sound);
    CHECK(found[0].byte == 4 * kSoundSecond + 2);
    CHECK(found[0].time >= 4 * kSoundSecond);
    CHECK(found[0].time < 4 * kSoundSecond + kSoundFrame);
    CHECK(found[0].alone >= found[0].byte);
    CHECK(found[0].left >= 4 * kSoundSecond);
    // Whichever of the two is the clip's own.
    CHECK(reader.takeovers(2, 0, 9 * kSoundSecond).size() == 1);
}

TEST_CASE("a stream that ends and comes back is heard on both sides of another one") {
    SoundReader reader(kSoundTick);
    go_on(reader, 1, 0, 3 * kSoundSecond);
    go_on(reader, 2, 3 * kSoundSecond, 6 * kSoundSecond);
    go_on(reader, 1, 6 * kSoundSecond, 9 * kSoundSecond);
    CHECK(reader.takeovers(1, 0, 9 * kSoundSecond).size() == 2);
}

TEST_CASE("a second language takes over nothing, not in a pause of the first one either") {
    SoundReader reader(kSoundTick);
    go_on(reader, 2, 0, 9 * kSoundSecond);
    go_on(reader, 1, 0, 3 * kSoundSecond);
    go_on(reader, 1, 5 * kSoundSecond, 9 * kSoundSecond);
    CHECK(reader.takeovers(1, 0, 9 * kSoundSecond).empty());
}

TEST_CASE("sound is spliced where its times jump now and then, not where they shiver") {
    SoundReader steady(kSoundTick), spliced(kSoundTick), shivering(kSoundTick);
    go_on(steady, 1, 0, 20 * kSoundSecond);
    CHECK_FALSE(steady.is_spliced());
    go_on(spliced, 1, 0, 10 * kSoundSecond);
    go_on(spliced, 1, 10 * kSoundSecond - kSoundFrame / 2, 20 * kSoundSecond);
    CHECK(spliced.is_spliced());
    for (std::int64_t at = 0; at < 800; ++at) {
        const auto time = at * kSoundFrame + (at % 2) * kSoundFrame / 4;
        shivering.add({Kind::sound, 1, time, time, kSoundFrame, 500, at, true});
    }
    CHECK_FALSE(shivering.is_spliced());
}

}  // namespace dadcam::measure

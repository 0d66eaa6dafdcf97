#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/sound/gauge.hpp>
#include <libdadcam/sound/music.hpp>
#include <random>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>
#include <tests/support/tones.hpp>

using namespace dadcam;
using namespace dadcam::sound;

namespace {

Track track_of(const test::TemporaryFolder& folder, const std::string& name, const std::vector<std::int16_t>& pcm) {
    test::write_file(folder / name, std::string(reinterpret_cast<const char*>(pcm.data()), pcm.size() * sizeof pcm[0]));
    return measured_track(folder / name);
}

double highest(const std::vector<double>& sound) {
    double most = 0;
    for (const double sample : sound) most = std::max(most, std::abs(sample));
    return most;
}

}  // namespace

TEST_CASE("music goes on until the film ends, each piece joined to the next by a fade") {
    std::mt19937 random(7);
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<Samples> tracks;
        for (std::size_t i = 0; i < 1 + random() % 4; ++i)
            tracks.push_back({static_cast<std::int64_t>(kTenth + random() % 1'000'000)});
        const Samples film{static_cast<std::int64_t>(1 + random() % 5'000'000)};
        for (const bool once : {false, true}) {
            const auto plays = plays_of(tracks, film, once);
            REQUIRE_FALSE(plays.empty());
            CHECK(plays.front().from == 0);
            CHECK(plays.front().fade_in == 0);
            for (std::size_t at = 0; at < plays.size(); ++at) {
                CHECK(plays[at].track == at % tracks.size());
                CHECK(plays[at].to - plays[at].from == tracks[plays[at].track].count);
                CHECK(plays[at].from < film.count);
                if (at == 0) continue;
                CHECK(plays[at].from + plays[at].fade_in == plays[at - 1].to);
                CHECK(plays[at].fade_in > 0);
                if (at > 1) CHECK(plays[at].from >= plays[at - 2].to);  // never three at a time
            }
            if (once)
                CHECK(plays.size() <= tracks.size());
            else
                CHECK(plays.back().to >= film.count - 2 * kSampleRate);
        }
    }
}

TEST_CASE("a piece of music is brought to its level, but not beyond its peaks") {
    const test::TemporaryFolder folder;
    const auto quiet = track_of(folder, "a.pcm", test::noise(5 * kSampleRate, -40));
    CHECK(quiet.samples.count == 5 * kSampleRate);
    CHECK(quiet.peaks.size() == 500);
    std::vector<double> sound(3 * kSampleRate * kChannels);
    Music({quiet}, {5 * kSampleRate}, false, -24).add_to(sound, kSampleRate);
    std::vector<std::int16_t> pcm;
    for (const double sample : sound) pcm.push_back(static_cast<std::int16_t>(std::lround(sample * 32768)));
    LoudnessMeter meter;
    meter.add(Pcm(pcm).first(2 * kSampleRate * kChannels));
    CHECK(meter.result().integrated == doctest::Approx(-24).epsilon(0.02));

    std::fill(sound.begin(), sound.end(), 0);
    Music({quiet}, {5 * kSampleRate}, false, 0).add_to(sound, 0);
    CHECK(highest(sound) <= 0.8913);
}

TEST_CASE("no sample of the music is above what is told of its block") {
    const test::TemporaryFolder folder;
    const std::vector<Track> tracks{track_of(folder, "a.pcm", test::noise(61'003, -20)),
                                    track_of(folder, "b.pcm", test::noise(100'001, -30))};
    const Samples film{600'000};
    const Music music(tracks, film, false, -14);
    for (std::int64_t block = 0; block < film.count / kBlock; ++block) {
        std::vector<double> sound(kBlock * kChannels);
        music.add_to(sound, block * kBlock);
        CHECK(highest(sound) <= music.peak(block) + 1e-9);
    }
}

TEST_CASE("music is the same in whatever parts it is asked for, and ends at the film's end") {
    const test::TemporaryFolder folder;
    const Music music({track_of(folder, "a.pcm", test::noise(90'000, -20))}, {400'000}, false, -24);
    std::vector<double> whole(400'000 * kChannels), parts(400'000 * kChannels);
    music.add_to(whole, 0);
    for (std::int64_t at = 0; at < 400'000; at += 7001) {
        const auto count = std::min<std::int64_t>(7001, 400'000 - at);
        music.add_to(std::span(parts).subspan(static_cast<std::size_t>(at) * kChannels,
                                              static_cast<std::size_t>(count) * kChannels),
                     at);
    }
    CHECK((whole == parts));
    CHECK(std::abs(whole[0]) < 0.001);
    CHECK(std::abs(whole.back()) < 0.001);
    std::vector<double> behind(1000);
    music.add_to(behind, 400'000);
    CHECK((behind == std::vector<double>(1000)));
}

TEST_CASE("decoded music that is gone, or shorter than it was, is an error and no silence") {
    const test::TemporaryFolder folder;
    auto track = track_of(folder, "a.pcm", test::noise(90'000, -20));
    std::vector<double> sound(1000);
    std::filesystem::resize_file(track.pcm, 100);
    CHECK_THROWS_AS(Music({track}, {400'000}, false, -24).add_to(sound, 50'000), Error);
    std::filesystem::remove(track.pcm);
    CHECK_THROWS_AS(Music({track}, {400'000}, false, -24).add_to(sound, 0), Error);
    CHECK_THROWS_AS(measured_track(track.pcm), Error);
}

TEST_CASE("silent music stays silent") {
    const test::TemporaryFolder folder;
    const Music music({track_of(folder, "a.pcm", std::vector<std::int16_t>(200'000))}, {400'000}, false, -24);
    std::vector<double> sound(1000);
    music.add_to(sound, 50'000);
    CHECK((sound == std::vector<double>(1000)));
    CHECK(music.peak(100) == 0);
}

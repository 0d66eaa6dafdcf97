#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/sound/finish.hpp>
#include <libdadcam/sound/levels.hpp>
#include <numbers>
#include <random>
#include <tests/support/temporary_folder.hpp>
#include <tests/support/tones.hpp>

using namespace dadcam;
using namespace dadcam::sound;

namespace {

constexpr std::int64_t kOneSecond = kSampleRate;

/// The sound of a film, and what is made of it.
struct Film {
    std::vector<Voice> voices;
    std::vector<std::int16_t> clips;
    recipe::SoundMix mix;
    std::optional<Music> music;

    Samples length() const { return {static_cast<std::int64_t>(clips.size() / kChannels)}; }

    /// In steps of `step` samples, in whatever order: the last one first.
    std::vector<std::int16_t> finished(std::int64_t step = 1 << 14) const {
        Gauge gauge(voices, length());
        gauge.add(clips);
        const Finish finish(mix, gauge, music);
        auto pcm = clips;
        for (auto from = (length().count - 1) / step * step; from >= 0; from -= step) {
            const auto count = std::min(step, length().count - from);
            finish.apply(std::span(pcm).subspan(static_cast<std::size_t>(from) * kChannels,
                                                static_cast<std::size_t>(count) * kChannels),
                         {from});
        }
        return pcm;
    }
};

Pcm part(const std::vector<std::int16_t>& pcm, std::int64_t from, std::int64_t to) {
    return Pcm(pcm).subspan(static_cast<std::size_t>(from) * kChannels,
                            static_cast<std::size_t>(to - from) * kChannels);
}

Loudness loudness_of(Pcm pcm) {
    LoudnessMeter meter;
    meter.add(pcm);
    return meter.result();
}

/// A film of tones, each of so many seconds and at so many dBFS, the next one fading in over `fade` samples.
Film tones(const std::vector<std::pair<double, double>>& clips, std::int64_t fade = 0) {
    Film film;
    film.mix.loudness = -16;
    for (const auto& [seconds, level] : clips) {
        const auto tone = test::tone(static_cast<std::int64_t>(seconds * kOneSecond), level);
        const auto from = film.length().count - (film.voices.empty() ? 0 : fade);
        film.voices.push_back({{from}, {film.length().count}, film.voices.size()});
        const auto shared = static_cast<std::size_t>(film.length().count - from) * kChannels;
        for (std::size_t at = 0; at < shared; ++at) {
            auto& before = film.clips[film.clips.size() - shared + at];
            const double part = static_cast<double>(at) / static_cast<double>(shared);
            before = static_cast<std::int16_t>(std::lround(before * (1 - part) + tone[at] * part));
        }
        film.clips.insert(film.clips.end(), tone.begin() + static_cast<std::ptrdiff_t>(shared), tone.end());
    }
    return film;
}

Music music_of(const test::TemporaryFolder& folder, const std::vector<std::int16_t>& pcm, Samples film, double level) {
    test::write_file(folder / "music.pcm",
                     std::string(reinterpret_cast<const char*>(pcm.data()), pcm.size() * sizeof pcm[0]));
    return Music({measured_track(folder / "music.pcm")}, film, false, level);
}

}  // namespace

TEST_CASE("every clip is brought to the loudness that was asked for") {
    std::vector<std::pair<double, double>> clips;
    for (double level = -30; level <= -3; level += 3) clips.emplace_back(2, level);
    const auto film = tones(clips);
    const auto pcm = film.finished();
    for (std::int64_t clip = 0; clip < std::ssize(clips); ++clip)
        CHECK(loudness_of(part(pcm, clip * 2 * kOneSecond, (clip + 1) * 2 * kOneSecond)).integrated ==
              doctest::Approx(-16).epsilon(0.005));
}

TEST_CASE(
    "a clip is made louder by 15 dB at the most, never beyond its peaks, and not at all when it is near silence") {
    CHECK(gain_to({-45, 0.01}, -16).decibels == doctest::Approx(15));
    CHECK(gain_to({-45, 0.01}, -16).limit == Gain::Limit::most);
    CHECK(gain_to({-20, 0.8}, -16).limit == Gain::Limit::peak);
    CHECK(amplitude(gain_to({-20, 0.8}, -16).decibels) * 0.8 <= amplitude(kHighestPeak));
    CHECK(gain_to({-20, 0.8}, -16).decibels == doctest::Approx(0.93).epsilon(0.02));
    CHECK(gain_to({-5, 0.99}, -16).decibels == doctest::Approx(-11));
    for (const double silence : {-61.0, -HUGE_VAL}) {
        CHECK(gain_to({silence, 0.001}, -16).decibels == 0);
        CHECK(gain_to({silence, 0}, -16).limit == Gain::Limit::near_silence);
    }
    CHECK(gain_to({-61, 1.1}, -16).decibels < -1.5);
}

TEST_CASE("no true peak is above -1 dBTP, however loud the noise") {
    std::mt19937 random(3);
    Film film;
    film.mix.loudness = -10;
    film.voices = {{{}, {}, 0}};
    for (std::int64_t at = 0; at < 3 * kOneSecond; ++at)
        for (std::size_t channel = 0; channel < kChannels; ++channel)
            film.clips.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 65536) - 32768));
    CHECK(decibels(loudness_of(film.finished()).true_peak) <= -0.99);
}

TEST_CASE("the gain is constant within a clip, and linear over a fade") {
    auto film = tones({{3, -30}, {3, -10}}, kOneSecond);
    for (auto& sample : film.clips) sample = sample > 0 ? sample : static_cast<std::int16_t>(-sample);
    const auto pcm = film.finished();
    const auto gain = [&](std::int64_t from) {  // over a hundredth of a second
        double before = 0, after = 0;
        for (const auto sample : part(film.clips, from, from + kBlock)) before += sample;
        for (const auto sample : part(pcm, from, from + kBlock)) after += sample;
        return after / before;
    };
    const double first = gain(0), last = gain(5 * kOneSecond - kBlock);
    CHECK(first > 2);
    CHECK(last < 1);
    for (std::int64_t at = 0; at < 2 * kOneSecond; at += 4801) CHECK(gain(at) == doctest::Approx(first).epsilon(0.005));
    for (std::int64_t at = 3 * kOneSecond; at < 5 * kOneSecond - kBlock; at += 4801)
        CHECK(gain(at) == doctest::Approx(last).epsilon(0.005));
    for (std::int64_t at = 0; at < kOneSecond; at += 4801) {
        const double there = first + (last - first) * static_cast<double>(at + kBlock / 2) / kOneSecond;
        CHECK(gain(2 * kOneSecond + at) == doctest::Approx(there).epsilon(0.01));
    }
}

TEST_CASE("a fade holds two clips and is not measured, unless a clip is nothing else") {
    // The first clip is loud in its fade alone, the second one is nothing but fades.
    Film film = tones({{2, -30}, {1, -20}, {2, -30}}, kOneSecond / 2);
    REQUIRE(film.voices[1].alone == film.voices[2].from);
    for (auto at = film.voices[1].from.count; at < film.voices[1].alone.count; ++at)
        film.clips[static_cast<std::size_t>(at) * kChannels] = 8000;
    Gauge gauge(film.voices, film.length());
    gauge.add(film.clips);
    CHECK(gauge.loudness(0).integrated == doctest::Approx(-30).epsilon(0.01));
    CHECK(gauge.loudness(1).integrated > -25);
    CHECK(gauge.loudness(2).integrated == doctest::Approx(-30).epsilon(0.01));
}

TEST_CASE("a clip of a fifth of a second is measured, and one of a few samples is silence") {
    for (const double seconds : {0.2, 0.05, 0.00001}) {
        const auto film = tones({{seconds, -23}});
        Gauge gauge(film.voices, film.length());
        gauge.add(film.clips);
        if (seconds > 0.01)
            CHECK(gauge.loudness(0).integrated == doctest::Approx(-23).epsilon(0.05));
        else
            CHECK(std::isinf(gauge.loudness(0).integrated));
    }
}

TEST_CASE("the gauge finds the same in whatever pieces it is fed") {
    const auto film = tones({{1.001, -12}, {0.7, -33}, {0.3, -5}, {2, -20}}, 7001);
    Gauge whole(film.voices, film.length()), pieces(film.voices, film.length());
    whole.add(film.clips);
    std::mt19937 random(5);
    for (std::size_t at = 0; at < film.clips.size();) {
        const auto some = std::min<std::size_t>((1 + random() % 3000) * kChannels, film.clips.size() - at);
        pieces.add(Pcm(film.clips).subspan(at, some));
        at += some;
        CHECK(pieces.done().count == static_cast<std::int64_t>(at / kChannels));
    }
    for (std::size_t voice = 0; voice < film.voices.size(); ++voice)
        CHECK(whole.loudness(voice).integrated == doctest::Approx(pieces.loudness(voice).integrated));
    for (std::int64_t block = 0; block < film.length().count / kBlock; ++block) {
        REQUIRE(whole.peaks(block).size() == pieces.peaks(block).size());
        for (std::size_t peak = 0; peak < whole.peaks(block).size(); ++peak)
            CHECK(whole.peaks(block)[peak].peak == doctest::Approx(pieces.peaks(block)[peak].peak));
    }
}

TEST_CASE("any part of the film can be finished by itself, and is the same") {
    const test::TemporaryFolder folder;
    for (const std::int64_t fade : {std::int64_t{0}, std::int64_t{12'345}}) {
        auto film = tones({{2.5, -12}, {0.6, -33}, {3.3, -70}, {4, -20}}, fade);
        film.music = music_of(folder, test::noise(7 * kOneSecond / 3, -20), film.length(), -18);
        const auto whole = film.finished(film.length().count);
        for (const std::int64_t step : {std::int64_t{1000}, std::int64_t{4801}, std::int64_t{16'384}})
            CHECK((film.finished(step) == whole));
    }
}

TEST_CASE("what lies further ahead than the gauge has to be makes no difference") {
    const test::TemporaryFolder folder;
    auto film = tones({{2.5, -12}, {0.6, -33}, {3.3, -50}, {4, -20}}, 4801);
    film.music = music_of(folder, test::noise(kOneSecond, -20), film.length(), -18);
    const auto whole = film.finished();
    for (std::int64_t from = 0; from < film.length().count; from += 20'011) {
        const auto until = std::min(from + 5000, film.length().count);
        Gauge gauge(film.voices, film.length());
        const Finish finish(film.mix, gauge, film.music);
        const auto needed = finish.needs({until});
        gauge.add(part(film.clips, 0, needed.count));
        std::vector<std::int16_t> pcm(part(film.clips, from, until).begin(), part(film.clips, from, until).end());
        finish.apply(pcm, {from});
        const auto wanted = part(whole, from, until);
        CHECK(std::equal(pcm.begin(), pcm.end(), wanted.begin()));
    }
}

TEST_CASE("music has its level away from the clips' sound, and is lower by what was asked for under it") {
    const test::TemporaryFolder folder;
    for (const double duck : {6.0, 12.0, 30.0}) {
        Film film;
        film.mix.duck = duck;
        film.mix.loudness = -16;
        const auto speech = test::tone(10 * kOneSecond, -16);
        film.voices = {
            {{}, {}, 0}, {{10 * kOneSecond}, {10 * kOneSecond}, 1}, {{20 * kOneSecond}, {20 * kOneSecond}, 2}};
        film.clips.resize(30 * kOneSecond * kChannels);
        std::copy(speech.begin(), speech.end(), film.clips.begin() + std::ssize(speech));
        film.music = music_of(folder, test::noise(30 * kOneSecond, -20), film.length(), -24);
        const auto mixed = film.finished();
        film.music.reset();
        auto alone = mixed;
        const auto clips = film.finished();
        for (std::size_t at = 0; at < alone.size(); ++at) alone[at] = static_cast<std::int16_t>(mixed[at] - clips[at]);
        const auto level = [&](std::int64_t from, std::int64_t to) {
            return loudness_of(part(alone, from, to)).integrated;
        };
        CHECK(level(2 * kOneSecond, 6 * kOneSecond) == doctest::Approx(-24).epsilon(0.01));
        CHECK(level(12 * kOneSecond, 18 * kOneSecond) == doctest::Approx(-24 - duck).epsilon(0.02));
        CHECK(level(24 * kOneSecond, 26 * kOneSecond) == doctest::Approx(-24).epsilon(0.01));
        double before = 0, widest = 0;
        for (std::int64_t at = 2 * kOneSecond; at < 25 * kOneSecond; at += kOneSecond / 20) {
            double sum = 0;
            for (const auto sample : part(alone, at, at + kOneSecond / 20)) sum += static_cast<double>(sample) * sample;
            const double now = 10 * std::log10(sum);
            if (before != 0) widest = std::max(widest, std::abs(now - before));
            before = now;
        }
        CHECK(widest < 1.5);  // of noise, whose own level varies by half a decibel
    }
}

TEST_CASE("the sum of clips and music does not clip, and is not lowered where it need not be") {
    const test::TemporaryFolder folder;
    for (const bool loudness : {true, false}) {
        auto film = tones({{4, -1}, {4, -60}});
        film.mix.duck = 0;
        if (!loudness) film.mix.loudness.reset();
        film.music = music_of(folder, test::noise(8 * kOneSecond, -8), film.length(), -9);
        const auto pcm = film.finished();
        const double highest = loudness ? amplitude(kHighestPeak) * kFullScale : 32767;
        const auto [lowest, most] = std::minmax_element(pcm.begin(), pcm.end());
        CHECK(std::max(-*lowest, static_cast<int>(*most)) <= highest + 1);
        const auto quiet = loudness_of(part(pcm, 5 * kOneSecond, 7 * kOneSecond)).integrated;
        CHECK(quiet == doctest::Approx(-9).epsilon(0.1));
    }
}

TEST_CASE("without clip sound the music alone is heard, and it does not wait for the clips") {
    const test::TemporaryFolder folder;
    auto film = tones({{4, -6}});
    film.mix.clip_sound = false;
    film.music = music_of(folder, test::noise(4 * kOneSecond, -20), film.length(), -24);
    const auto pcm = film.finished();
    CHECK(loudness_of(part(pcm, kOneSecond, 3 * kOneSecond)).integrated == doctest::Approx(-24).epsilon(0.02));
    Gauge gauge(film.voices, film.length());
    CHECK(Finish(film.mix, gauge, film.music).needs(film.length()) == Samples{});
}

// A white flash and a beep at the same instant of each clip: on the film they lie on their frame, and together.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <libdadcam/timeline/timeline.hpp>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

constexpr double kWindowSeconds = 1.5;  // of each clip that is on the film
constexpr double kClipSeconds = 1.9;
constexpr int kFilmSampleRate = 48000;

struct Pace {
    std::string name;
    dadcam::Rational rate;  ///< 0: variable, as a phone's: 17 to 77 ticks of 1/600 s apart
};

const std::vector<Pace> kPaces{
    {"24000/1001", {24000, 1001}}, {"25", {25, 1}}, {"30000/1001", {30000, 1001}}, {"30", {30, 1}}, {"50", {50, 1}},
    {"60000/1001", {60000, 1001}}, {"vfr", {0, 1}}};
const std::vector<dadcam::Rational> kFilmRates{{60000, 1001}, {30, 1}};

bool variable(const Pace& pace) {
    return pace.rate.num == 0;
}

double picture_time(const Pace& pace, int number) {
    if (!variable(pace)) return number / pace.rate.value();
    return (20 * (number + number / 3 + 2 * (number / 11)) + 7 * number % 5) / 600.0;
}

/// A flash is as long as a frame of the slowest film, so that every film shows it.
int flash_length(const Pace& pace) {
    return pace.rate.value() > 31 ? 2 : 1;
}

/// The picture that lies nearest to a frame of every film: else half a frame could pass between flash and beep.
int flash_picture(const Pace& pace) {
    int best = 0;
    double least = 1;
    for (int number = 0; picture_time(pace, number) < 1.2; ++number) {
        const double time = picture_time(pace, number);
        if (time < 0.5 || picture_time(pace, number + flash_length(pace)) - time < 1 / 30.001) continue;
        double distance = 0;
        for (const auto rate : kFilmRates) {
            distance = std::max(distance, std::abs(time - std::round(time * rate.value()) / rate.value()));
        }
        if (distance < least) {
            least = distance;
            best = number;
        }
    }
    REQUIRE(least < 0.002);
    return best;
}

/// A whole number of pictures near 200 ms.
double lateness(const Pace& pace) {
    return variable(pace) ? 0.2 : std::round(0.2 * pace.rate.value()) / pace.rate.value();
}

/// `late`: 1: the sound's track begins later than the picture's, -1: earlier. The beep is at the flash all the same.
Words board(const Pace& pace, int sample_rate, int late, const std::string& codec) {
    const double sound_late = std::max(0, late) * lateness(pace);
    const double picture_late = std::max(0, -late) * lateness(pace);
    const int first = flash_picture(pace);
    const auto picture = fmt::format(
        "color=black:s=64x36:r={},drawbox=c=white:t=fill:enable='between(n,{},{})'{},setpts=PTS+{}/TB",
        variable(pace) ? "30" : pace.name, first, first + flash_length(pace) - 1,
        variable(pace) ? ",settb=1/600,setpts=20*(N+floor(N/3)+2*floor(N/11))+mod(7*N\\,5)" : "", picture_late + 1e-6);
    const auto sound =
        fmt::format("aevalsrc='.5*sin(2*PI*1000*(t-{0}))*between(t,{0},{0}+.1)':s={1},asetpts=PTS+{2}/TB",
                    picture_time(pace, first) + picture_late - sound_late, sample_rate, sound_late);
    Words words{"-lavfi",    picture + ";" + sound, "-t", fmt::format("{}", kClipSeconds + 0.2),
                "-fps_mode", "passthrough"};
    if (variable(pace)) words.insert(words.end(), {"-enc_time_base:v", "1:600"});
    words.insert(words.end(), {"-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p", "-c:a",
                               codec, "-b:a", "128k"});
    return words;
}

struct Track {
    int sample_rate;
    std::string codec;
    std::string extension;
};

/// One clip of each pace with each sound and offset: in the film's order.
std::vector<Pace> ask_for_boards(Studio& studio) {
    const std::vector<Track> tracks{
        {8000, "pcm_s16le", "mov"}, {22050, "pcm_s16le", "mkv"}, {44100, "aac", "mp4"}, {48000, "aac", "ts"}};
    std::vector<Pace> order;
    for (const int late : {0, 1, -1}) {
        for (const auto& track : tracks) {
            if (late != 0 && (track.codec == "aac") == (late > 0)) continue;  // each offset with two of them
            for (const auto& pace : kPaces) {
                studio.clip(fmt::format("board{:02}.{}", order.size(), track.extension),
                            board(pace, track.sample_rate, late, track.codec));
                order.push_back(pace);
            }
        }
    }
    return order;
}

std::vector<std::int64_t> expected_flashes(const std::vector<Pace>& clips, double rate) {
    std::vector<std::int64_t> frames;
    const auto length = std::llround(kWindowSeconds * rate);
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const double time = picture_time(clips[i], flash_picture(clips[i]));
        frames.push_back(static_cast<std::int64_t>(i) * length + std::llround(time * rate));
    }
    return frames;
}

/// The first frame of each flash.
std::vector<std::int64_t> flashes_of(const std::filesystem::path& film) {
    const auto pictures = brightness(film);
    std::vector<std::int64_t> frames;
    for (std::size_t i = 1; i < pictures.size(); ++i) {
        if (pictures[i] > 128 && pictures[i - 1] <= 128) frames.push_back(static_cast<std::int64_t>(i));
    }
    return frames;
}

/// Seconds from a flash to the beep that begins near it; NaN when there is none.
double beep_after(const std::vector<std::int16_t>& sound, double flash) {
    constexpr int kLoud = 4096;  // a quarter of the beep
    const auto near = std::llround((flash - 0.3) * kFilmSampleRate);
    for (auto at = std::max(0LL, near); at < std::llround((flash + 0.3) * kFilmSampleRate); ++at) {
        if (std::abs(sound.at(static_cast<std::size_t>(at))) >= kLoud) {
            return static_cast<double>(at) / kFilmSampleRate - flash;
        }
    }
    return std::nan("");
}

void check_beeps(const std::filesystem::path& film, const std::vector<std::int64_t>& flashes, double rate) {
    const auto sound = left_samples(film);
    double furthest = 0;
    for (std::size_t i = 0; i < flashes.size(); ++i) {
        INFO("clip " << i);
        const double apart = beep_after(sound, static_cast<double>(flashes[i]) / rate);
        CHECK(std::abs(apart) < 0.005);
        furthest = std::max(furthest, std::abs(apart));
    }
    MESSAGE(fmt::format("at {:.3f}: {} flashes, beeps within {:.2f} ms", rate, flashes.size(), 1000 * furthest));
}

}  // namespace

TEST_SUITE_BEGIN("clapperboard");

TEST_CASE("every flash is on its frame and every beep at its flash, from the first clip to the last") {
    Studio studio;
    const auto clips = ask_for_boards(studio);
    REQUIRE(clips.size() == 56);
    studio.take_in();
    for (const auto& rate : kFilmRates) {
        const auto film = studio.film({"--resolution", "64x36", "--fps", dadcam::to_string(rate), "--max-clip-secs",
                                       fmt::format("{}", kWindowSeconds)});
        const auto expected = expected_flashes(clips, rate.value());
        CHECK(flashes_of(film) == expected);
        check_beeps(film, expected, rate.value());
    }
}

TEST_SUITE_END();

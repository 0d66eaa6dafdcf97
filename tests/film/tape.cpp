#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <tests/film/decode.hpp>
#include <tests/film/tape.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

/// Where a beep begins near a second; far away when there is none.
double beep_near(const std::vector<std::int16_t>& sound, int second) {
    constexpr int kLoud = 3000, kSamples = 48000;
    for (auto at = std::max(0, second * kSamples - kSamples / 4); at < second * kSamples + kSamples / 4; ++at) {
        if (at < std::ssize(sound) && std::abs(sound[static_cast<std::size_t>(at)]) > kLoud)
            return static_cast<double>(at) / kSamples - second;
    }
    return 9;
}

}  // namespace

const Container kProgramStream{"vob", {"-c:v", "mpeg2video", "-q:v", "4", "-c:a", "mp2", "-f", "vob"}};
const Container kTransportStream{"mts", {"-c:v", "mpeg2video", "-q:v", "4", "-c:a", "ac3", "-f", "mpegts"}};
const Container kH264{"ts", {"-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac", "-f", "mpegts"}};
const Container kTape{"dv", {"-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-f", "dv"}};

const std::string& bytes_of(const Studio& studio, const Container& container, const Stretch& stretch) {
    static std::map<Words, std::string> made;
    Words words{
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        fmt::format("color=black:s={}:r={}:d={},drawbox=c=white:t=fill:enable='lt(mod(n,{}),2)'", stretch.size,
                    kStretchRate, stretch.seconds, kStretchRate),
        "-f",
        "lavfi",
        "-i",
        fmt::format("aevalsrc='.5*sin(2*PI*1000*t)*lt(mod(t,1),.1)':s={}:d={}", stretch.sample_rate, stretch.seconds),
        "-ac",
        fmt::format("{}", stretch.channels)};
    words.insert(words.end(), container.words.begin(), container.words.end() - 2);
    if (container.extension != "dv") {
        words.insert(words.end(), {"-output_ts_offset", fmt::format("{}", stretch.clock), "-muxdelay", "0"});
    }
    words.insert(words.end(), stretch.other.begin(), stretch.other.end());
    words.insert(words.end(), container.words.end() - 2, container.words.end());
    auto& bytes = made[words];
    if (bytes.empty()) {
        const auto file = studio / "stretch";
        words.push_back(file.string());
        output_of("ffmpeg", words);
        bytes = read_file(file);
    }
    return bytes;
}

int take_tape(Studio& studio, const Container& container, const std::vector<Stretch>& stretches) {
    std::string tape;
    int seconds = 0;
    for (const auto& stretch : stretches) {
        tape += bytes_of(studio, container, stretch);
        seconds += stretch.seconds;
    }
    write_file(studio.library / ("tape." + container.extension), tape);
    studio.must({"init"});
    studio.must({"ingest", "."});
    return seconds;
}

void check_seconds(Studio& studio, int seconds, double late) {
    const auto film = studio.film({"--resolution", "64x48", "--fps", "25", "--preset", "archive"});
    std::vector<std::int64_t> expected;
    for (int second = 0; second < seconds; ++second) expected.push_back(second * kStretchRate);
    const auto pictures = brightness(film);
    const auto found = flashes_among(pictures);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::abs(found[i] - expected[i]) <= 1);
    CHECK(pictures.size() == static_cast<std::size_t>(seconds * kStretchRate));
    const auto sound = left_samples(film);
    for (int second = 0; second < seconds; ++second) {
        INFO("second " << second);
        CHECK(std::abs(beep_near(sound, second)) < late);
    }
}

void check_tape(const Container& container, const std::vector<Stretch>& stretches, double late) {
    INFO(container.extension);
    Studio studio;
    check_seconds(studio, take_tape(studio, container, stretches), late);
}

}  // namespace dadcam::test

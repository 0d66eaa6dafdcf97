// Ten minutes of a DVD recorder's worst: 40 pauses after which the clock begins anew, pictures that change their size
// and sound that changes its kind while it runs. Each second of it has a flash and a beep.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;

namespace {

constexpr int kTapeRate = 25;
constexpr int kTapeSamples = 48000;
constexpr int kTapeSeconds = 600;

/// What is recorded in one go.
struct Take {
    int first = 0;  ///< its place on the tape, in frames
    int frames = 0;
    double clock = 0;  ///< seconds at which it begins
    std::string size;
    Words sound;
};

const Words kStereo{"-c:a", "mp2", "-b:a", "192k", "-ar", "48000", "-ac", "2"};
const Words kMono{"-c:a", "mp2", "-b:a", "64k", "-ar", "32000", "-ac", "1"};
const Words kDolby{"-c:a", "ac3", "-b:a", "192k", "-ar", "48000", "-ac", "2"};

/// 41 recordings, in five of which something changes: lengths of half a second to half a minute, no two joins at the
/// same place within their second.
std::vector<Take> takes() {
    constexpr int kRecordings = 41, kShortest = 13, kMean = kTapeSeconds * kTapeRate / kRecordings;
    const std::vector<std::string> sizes{"720x576", "352x288", "704x576", "720x576"};
    const std::vector<Words> sounds{kStereo, kMono, kDolby};
    std::size_t size = 0, sound = 0;
    std::vector<Take> all;
    int place = 0;
    for (int recording = 0; recording < kRecordings; ++recording) {
        // Most recorders begin at nothing; some clocks jump ahead, and one comes to the end of its 33 bits.
        double clock = 1;
        if (recording % 7 == 3) clock = 700 + 100 * recording;
        if (recording == 20) clock = 95440;
        const bool last = recording == kRecordings - 1;
        int frames =
            last ? kTapeSeconds * kTapeRate - place : kShortest + (recording * 197 + 60) % (2 * (kMean - kShortest));
        const bool size_changes = recording == 5 || recording == 17 || recording == 31;
        const bool sound_changes = recording == 11 || recording == 26;
        if (size_changes || sound_changes) {
            const int before = frames / 3;
            all.push_back({place, before, clock, sizes[size], sounds[sound]});
            place += before;
            frames -= before;
            clock += static_cast<double>(before) / kTapeRate;
            (size_changes ? size : sound)++;
        }
        all.push_back({place, frames, clock, sizes[size], sounds[sound]});
        place += frames;
    }
    return all;
}

std::string bytes_of(const Studio& studio, const Take& take) {
    const auto file = studio / "take.vob";
    const double begin = static_cast<double>(take.first) / kTapeRate,
                 length = static_cast<double>(take.frames) / kTapeRate;
    Words words{"-nostdin",
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                fmt::format("testsrc2=s={}:r={},format=yuv420p,lutyuv=y=16+val/6,"
                            "drawbox=c=white:t=fill:enable='eq(mod(n+{},{}),0)'",
                            take.size, kTapeRate, take.first, kTapeRate),
                "-f",
                "lavfi",
                "-i",
                fmt::format("aevalsrc='.5*sin(2*PI*1000*t)*lt(mod(t+{:.2f}+1e-6,1),.1)':s=48000", begin),
                "-t",
                fmt::format("{:.2f}", length),
                "-c:v",
                "mpeg2video",
                "-b:v",
                "3M",
                "-maxrate",
                "6M",
                "-bufsize",
                "1835k",
                "-g",
                "12",
                "-bf",
                "2"};
    words.insert(words.end(), take.sound.begin(), take.sound.end());
    words.insert(words.end(), {"-output_ts_offset", fmt::format("{:.2f}", take.clock), "-f", "vob", file.string()});
    output_of("ffmpeg", words);
    return read_file(file);
}

/// The first sample of each beep.
std::vector<std::int64_t> beeps_in(const std::filesystem::path& film) {
    constexpr int kLoud = 3000, kQuiet = kTapeSamples / 3;
    const auto sound = left_samples(film);
    std::vector<std::int64_t> beeps;
    std::int64_t loud = -kQuiet - 1;
    for (std::int64_t at = 0; at < std::ssize(sound); ++at) {
        if (std::abs(sound[static_cast<std::size_t>(at)]) <= kLoud) continue;
        if (at - loud > kQuiet) beeps.push_back(at);
        loud = at;
    }
    return beeps;
}

/// How far the farthest of them is from its second, of those that are less than half a second away; `found`: how many
/// seconds have one.
std::int64_t farthest(const std::vector<std::int64_t>& places, std::int64_t in_second, int& found) {
    std::int64_t most = 0;
    for (std::int64_t second = 0; second < kTapeSeconds; ++second) {
        std::int64_t nearest = in_second;
        for (const auto place : places) nearest = std::min(nearest, std::abs(place - second * in_second));
        INFO("second " << second);
        CHECK(nearest < in_second / 2);
        if (nearest >= in_second / 2) continue;
        ++found;
        most = std::max(most, nearest);
    }
    return most;
}

}  // namespace

TEST_SUITE_BEGIN("torture");

TEST_CASE("ten minutes of pauses and changes are in the film with every flash and every beep") {
    Studio studio;
    const auto recorded = takes();
    REQUIRE(recorded.size() == 46);
    std::string tape;
    for (const auto& take : recorded) {
        REQUIRE(take.frames > 0);
        tape += bytes_of(studio, take);
    }
    write_file(studio.library / "tape.vob", tape);
    studio.must({"init"});
    studio.must({"ingest", "."});
    studio.must({"measure"});
    const auto film = studio.film({"--resolution", "384x320", "--fps", "25", "--preset", "share"});

    const auto flashes = flashes_in(film), beeps = beeps_in(film);
    int flashes_found = 0, beeps_found = 0;
    const auto frames = farthest(flashes, kTapeRate, flashes_found);
    const auto samples = farthest(beeps, kTapeSamples, beeps_found);
    MESSAGE(fmt::format("{} of {} flashes, {} frames away at most; {} of {} beeps, {:.2f} ms away at most",
                        flashes_found, kTapeSeconds, frames, beeps_found, kTapeSeconds,
                        static_cast<double>(samples) * 1000 / kTapeSamples));
    CHECK(flashes.size() == kTapeSeconds);
    CHECK(beeps.size() == kTapeSeconds);
    CHECK(frames <= 1);
    CHECK(samples <= kTapeSamples * 5 / 1000);
}

TEST_SUITE_END();

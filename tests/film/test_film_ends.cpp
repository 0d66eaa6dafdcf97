// The last picture of a clip is in the film, once for each frame that it is on, whatever its rate and the film's.

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/units.hpp>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
using dadcam::Rational;

namespace {

const std::vector<Rational> kRates{{10, 1}, {15, 1}, {24000, 1001}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1}, {60, 1}};
constexpr double kClipLength = 0.4;
constexpr int kDarkest = 24;
constexpr int kStep = 8;  // each picture of a clip is brighter than the one before

int pictures_of(Rational clip) {
    return static_cast<int>(std::lround(kClipLength * clip.value()));
}

/// Upright, so that each way of fitting has something to do.
void ask_for(Studio& studio, Rational rate) {
    const auto source = fmt::format("color=gray:s=54x96:r={}/{},format=yuv420p,geq=lum='{}+{}*N':cb=128:cr=128",
                                    rate.num, rate.den, kDarkest, kStep);
    studio.clip(fmt::format("{} pictures {} seconds.mp4", rate.num, rate.den),
                {"-lavfi", source, "-frames:v", fmt::format("{}", pictures_of(rate)), "-c:v", "libx264", "-qp", "2",
                 "-video_track_timescale", fmt::format("{}", rate.num)});
}

/// What a film of all clips shows in its middle: each frame shows the last picture whose time, rounded to frames, has
/// come.
std::vector<int> expected_levels(Rational film) {
    std::vector<int> levels;
    for (const auto clip : kRates) {
        const int count = pictures_of(clip);
        const auto frames = std::llround(count / clip.value() * film.value());
        for (int frame = 0, shown = 0; frame < frames; ++frame) {
            const auto place = [&](std::int64_t picture) {
                const auto above = 2 * picture * clip.den * film.num + clip.num * film.den;
                return above / (2 * clip.num * film.den);
            };
            while (shown + 1 < count && place(shown + 1) <= frame) ++shown;
            levels.push_back(kDarkest + kStep * shown);
        }
    }
    return levels;
}

/// The mean brightness of a film's middle, picture by picture.
std::vector<int> levels_of(const std::filesystem::path& film) {
    const auto bytes =
        output_of("ffmpeg", {"-nostdin", "-v", "error", "-i", film.string(), "-fps_mode", "passthrough", "-vf",
                             "crop=16:16,scale=1:1:flags=area,format=yuv444p", "-f", "rawvideo", "-"});
    std::vector<int> levels;
    for (std::size_t at = 0; at < bytes.size(); at += 3) levels.push_back(static_cast<unsigned char>(bytes[at]));
    return levels;
}

void check_ends(Studio& studio, const std::string& rate, const Words& look) {
    Words options{"--preset", "archive", "--resolution", "160x90", "--fps", rate};
    options.insert(options.end(), look.begin(), look.end());
    INFO(fmt::format("{}", fmt::join(options, " ")));
    const auto found = levels_of(studio.film(options));
    const auto expected = expected_levels(dadcam::parse_rational(rate));
    REQUIRE(found.size() == expected.size());
    for (std::size_t frame = 0; frame < found.size(); ++frame) {
        INFO(fmt::format("frame {}: {}, should be {}", frame, found[frame], expected[frame]));
        CHECK(std::abs(found[frame] - expected[frame]) < kStep / 2);
    }
}

}  // namespace

TEST_SUITE_BEGIN("ends");

TEST_CASE("a clip's last picture is in the film, at every rate, however it is fitted and whatever is done to it") {
    Studio studio;
    for (const auto rate : kRates) ask_for(studio, rate);
    studio.take_in();
    std::string cube = "LUT_3D_SIZE 2\n";
    for (int row = 0; row < 8; ++row) cube += fmt::format("{} {} {}\n", row % 2, row / 2 % 2, row / 4);
    write_file(studio / "same.cube", cube);
    studio.must({"lut-add", (studio / "same.cube").string(), "--name", "Same"});
    for (const std::string rate : {"25", "30000/1001", "50"}) {
        for (const std::string fit : {"pad", "blur", "crop"}) {
            check_ends(studio, rate, {"--fit", fit});
            // The blur has a branch of its own; the others differ in a filter.
            if (rate == "50" || (fit != "blur" && rate != "25")) continue;
            check_ends(studio, rate, {"--fit", fit, "--lut", "Same"});
            check_ends(studio, rate, {"--fit", fit, "--date-overlay"});
        }
    }
}

TEST_CASE(
    "a movie's last picture is in the film, however short its table calls it, and however late the first one comes") {
    constexpr int kPictures = 10;
    const std::string source =
        fmt::format("color=gray:s=54x96:r=25,format=yuv420p,geq=lum='{}+{}*N':cb=128:cr=128", kDarkest, kStep);
    Studio studio;
    int clips = 0;
    for (const char* late : {"0", "0.012", "0.024", "0.04", "0.1"}) {
        for (const char* last : {"DURATION", "1", "100", "600"}) {
            for (const char* reordered : {"0", "2"}) {
                studio.clip(
                    fmt::format("{:02}.{}", clips, clips % 2 == 0 ? "mp4" : "mov"),
                    {"-lavfi",
                     fmt::format("{},settb=1/25000,setpts=PTS+{}/TB", source, late),
                     "-lavfi",
                     "sine=d=0.6",
                     "-fps_mode",
                     "passthrough",
                     "-enc_time_base:v",
                     "1:25000",
                     "-frames:v",
                     fmt::format("{}", kPictures),
                     "-c:v",
                     "libx264",
                     "-qp",
                     "2",
                     "-bf",
                     reordered,
                     "-bsf:v",
                     fmt::format("setts=pts=PTS:dts=DTS:duration=if(eq(N\\,{})\\,{}\\,DURATION)", kPictures - 1, last),
                     "-video_track_timescale",
                     "25000"});
                ++clips;
            }
        }
    }
    studio.take_in();
    const auto found = levels_of(studio.film({"--preset", "archive", "--resolution", "160x90", "--fps", "25"}));
    REQUIRE(found.size() == static_cast<std::size_t>(clips * kPictures));
    for (std::size_t frame = 0; frame < found.size(); ++frame) {
        INFO(fmt::format("frame {}: {}", frame, found[frame]));
        const auto picture = static_cast<int>(frame) % kPictures;
        CHECK(std::abs(found[frame] - (kDarkest + kStep * picture)) < kStep / 2);
    }
}

TEST_CASE("fades between blurred clips of every rate are as long as they should be") {
    Studio studio;
    for (const auto rate : kRates) ask_for(studio, rate);
    studio.take_in();
    for (const std::string rate : {"25", "30000/1001"}) {
        const auto whole = expected_levels(dadcam::parse_rational(rate)).size();
        constexpr std::size_t kFade = 3;  // frames
        const auto film = studio.film({"--preset", "archive", "--resolution", "160x90", "--fps", rate, "--fit", "blur",
                                       "--transition", "crossfade", "--transition-ms", "110"});
        const auto found = levels_of(film);
        CHECK(found.size() == whole - (kRates.size() - 1) * kFade);
        CHECK(std::abs(found.front() - kDarkest) < kStep / 2);
        const int last = kDarkest + kStep * (pictures_of(kRates.back()) - 1);
        CHECK(std::abs(found.back() - last) <= 2 * kStep);  // two of its pictures are dropped for one that is shown
    }
}

TEST_CASE("sound that goes on behind the last picture is told of, and a little of it is not") {
    Studio studio;
    const std::vector<std::string> kinds{"mp4", "mov", "mkv", "flv", "ts", "mpg"};
    for (const auto& kind : kinds) {
        for (const auto& [name, seconds] : {std::pair{"long", "3"}, std::pair{"short", "1.4"}})
            studio.clip(fmt::format("{}.{}", name, kind), {"-f", "lavfi", "-i", "color=gray:s=64x48:r=25:d=1", "-f",
                                                           "lavfi", "-i", fmt::format("sine=d={}", seconds), "-c:v",
                                                           kind == "flv"                       ? "flv1"
                                                           : kind.size() == 2 || kind == "mpg" ? "mpeg2video"
                                                                                               : "mpeg4",
                                                           "-c:a", kind == "mpg" ? "mp2" : "aac"});
    }
    studio.take_in();
    const auto film = studio.try_film({});
    CHECK(film.ended() == "exit code 0");
    for (const auto& kind : kinds) {
        CHECK(film.err.find(fmt::format("The sound of long.{} goes on to 0:03.0, its pictures end at 0:01.0", kind)) !=
              std::string::npos);
        CHECK(film.err.find(fmt::format("short.{}", kind)) == std::string::npos);
    }
}

TEST_CASE("sound that begins before the first picture is told of, and a little of it is not") {
    Studio studio;
    const std::vector<std::string> kinds{"mp4", "mkv", "nut", "ts", "mpg"};
    for (const auto& kind : kinds) {
        for (const auto& [name, seconds] : {std::pair{"long", "2"}, std::pair{"short", "0.4"}})
            studio.clip(fmt::format("{}.{}", name, kind),
                        {"-itsoffset", seconds, "-f", "lavfi", "-i", "color=gray:s=64x48:r=25:d=1", "-f", "lavfi", "-i",
                         "sine=d=2.5", "-fps_mode", "passthrough", "-c:v", "mpeg2video", "-c:a",
                         kind == "mpg" ? "mp2" : "aac"});
    }
    studio.take_in();
    const auto film = studio.try_film({});
    CHECK(film.ended() == "exit code 0");
    for (const auto& kind : kinds) {
        CAPTURE(film.err);
        CHECK(film.err.find(fmt::format("The sound of long.{} begins 0:02.0 before its pictures", kind)) !=
              std::string::npos);
        CHECK(film.err.find(fmt::format("short.{} begins", kind)) == std::string::npos);
    }
}

TEST_CASE("of several sounds the film has one that is not much shorter than the others, and it is told of") {
    Studio studio;
    const std::vector<std::string> kinds{"mp4", "mov", "mkv", "avi", "ts", "mpg"};
    for (const auto& kind : kinds)
        studio.clip(fmt::format("two.{}", kind), {"-f",   "lavfi", "-i",   "color=gray:s=64x48:r=25:d=2",
                                                  "-f",   "lavfi", "-i",   "anullsrc=d=0.2",
                                                  "-f",   "lavfi", "-i",   "sine=d=2",
                                                  "-map", "0",     "-map", "1",
                                                  "-map", "2",     "-c:v", "mpeg2video",
                                                  "-c:a", "mp2"});
    studio.take_in();
    const auto film = studio.try_film({"--loudness", "off"});
    CHECK(film.ended() == "exit code 0");
    const auto heard = left_samples(film.out.substr(0, film.out.find('\n')));
    constexpr std::ptrdiff_t kRate = 48000, kClip = 2 * kRate;
    CHECK(std::ssize(heard) >= kClip * std::ssize(kinds));
    for (std::ptrdiff_t clip = 0; clip < std::ssize(kinds); ++clip) {
        CAPTURE(kinds[static_cast<std::size_t>(clip)]);
        CAPTURE(film.err);
        CHECK(film.err.find(fmt::format("two.{} has 2 sound tracks: only one of them ",
                                        kinds[static_cast<std::size_t>(clip)])) != std::string::npos);
        const auto middle = heard.begin() + clip * kClip + kRate;
        CHECK(*std::max_element(middle, middle + kRate / 2) > 1000);
    }
}

TEST_SUITE_END();

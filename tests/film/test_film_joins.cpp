// Sound that was cut into a hundred clips sounds as if it never had been.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/units.hpp>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam;
using namespace dadcam::test;
namespace fs = std::filesystem;

namespace {

constexpr int kPieces = 100;
constexpr std::int64_t kPieceSamples = 96'000;  // two seconds: as long as a segment of its own has to be

constexpr const char* kSine = "aevalsrc=.5*sin(2*PI*441.7*t)|.5*sin(2*PI*441.7*t):s=48000";

fs::path recording(Studio& studio, const std::string& sound, int seconds) {
    auto whole = studio / "whole.wav";
    output_of("ffmpeg", {"-nostdin", "-v", "error", "-lavfi", sound, "-t", fmt::format("{}", seconds), "-c:a",
                         "pcm_s16le", whole.string()});
    return whole;
}

/// Asks for a clip with a part of a recording.
void ask_for_piece(Studio& studio, int piece, const fs::path& whole, const std::string& rate, int frames,
                   std::int64_t first_sample, std::int64_t sample_count) {
    const auto picture = fmt::format("color=c=0x{:06x}:s=32x32:r={},trim=end_frame={}", 20'000 * piece, rate, frames);
    const auto sound =
        fmt::format("atrim=start_sample={}:end_sample={},asetpts=N", first_sample, first_sample + sample_count);
    studio.clip(fmt::format("piece{:03}.mov", piece),
                {"-f", "lavfi", "-i", picture, "-i", whole.string(), "-map", "0:v", "-map", "1:a", "-af", sound, "-c:v",
                 "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"});
}

/// Asks for the consecutive pieces of one recording of `sound` and returns that recording.
std::vector<std::int16_t> ask_for_pieces(Studio& studio, const std::string& sound) {
    const auto whole = recording(studio, sound, 2 * kPieces);
    for (int piece = 0; piece < kPieces; ++piece) {
        ask_for_piece(studio, piece, whole, "25", 50, piece * kPieceSamples, kPieceSamples);
    }
    return samples(whole);
}

/// The largest bend of a stretch: second differences, where a click of any kind stands out.
int sharpest(const std::vector<std::int16_t>& sound, std::int64_t from, std::int64_t until) {
    int most = 0;
    for (auto i = static_cast<std::size_t>(from) + 1; i + 1 < static_cast<std::size_t>(until); ++i) {
        most = std::max(most, std::abs(sound[i - 1] - 2 * sound[i] + sound[i + 1]));
    }
    return most;
}

/// The sound bends within `near` samples of the joins no more than between them.
void check_joins(const std::vector<std::int16_t>& sound, const std::vector<std::int64_t>& joins, std::int64_t near) {
    int at_joins = 0, elsewhere = 0;
    for (std::size_t i = 0; i + 1 < joins.size(); ++i) {
        at_joins = std::max(at_joins, sharpest(sound, joins[i] - near, joins[i] + near));
        elsewhere = std::max(elsewhere, sharpest(sound, joins[i] + near, joins[i + 1] - near));
    }
    MESSAGE(fmt::format("sharpest bend at joins {}, elsewhere {}", at_joins, elsewhere));
    CHECK(at_joins <= elsewhere * 1.1);
}

}  // namespace

TEST_SUITE_BEGIN("joins");

TEST_CASE("a sine through a hundred clips is whole in the archive and does not click when shared") {
    Studio studio;
    const auto whole = ask_for_pieces(studio, kSine);
    studio.take_in();
    const auto archive = samples(studio.film({"--preset", "archive", "--resolution", "32x32", "--fps", "25"}));
    CHECK(archive.size() == whole.size());
    CHECK(first_difference(archive, whole) == -1);

    const auto shared = left_samples(studio.film({"--resolution", "32x32", "--fps", "25"}));
    std::vector<std::int64_t> joins;
    for (int piece = 1; piece < kPieces; ++piece) joins.push_back(piece * kPieceSamples);
    check_joins(shared, joins, 2048);
}

TEST_CASE("noise through a hundred clips is whole in the archive, sample by sample") {
    Studio studio;
    const auto whole = ask_for_pieces(studio, "anoisesrc=r=48000:a=.8:seed=7,aformat=channel_layouts=stereo");
    studio.take_in();
    CHECK(first_difference(samples(studio.film({"--preset", "archive", "--resolution", "32x32", "--fps", "25"})),
                           whole) == -1);
}

// Each clip's sound begins a part of a sample beside its picture, the next one's a bit more so, until one clip's is cut
// by a millisecond. What the fades mix is the same recording twice, so that it must come out as if nothing were there.
TEST_CASE("fades at an NTSC rate, where clips are no whole samples, neither click nor shift") {
    constexpr Rational kRate{30000, 1001};
    constexpr int kClips = 130, kFrames = 76, kFade = 15;
    Studio studio;
    const auto whole = recording(studio, kSine, 300);
    std::vector<std::int64_t> firsts;
    for (int piece = 0; piece < kClips; ++piece) {
        const auto exact = sample_at({piece * (kFrames - kFade)}, kRate).count;
        const auto own = firsts.empty() ? 0 : firsts.back() + sample_at({kFrames - kFade}, kRate).count;
        firsts.push_back(std::abs(own - exact) <= kSampleRate / 1000 ? own : exact);
        ask_for_piece(studio, piece, whole, to_string(kRate), kFrames, firsts.back(),
                      sample_at({kFrames}, kRate).count);
    }
    REQUIRE(firsts.back() != (kClips - 1) * sample_at({kFrames - kFade}, kRate).count);  // one was cut
    studio.take_in();
    const std::vector<std::string> recipe{"--resolution", "32x32",     "--fps",           to_string(kRate),
                                          "--transition", "crossfade", "--transition-ms", "500"};
    auto archive_recipe = recipe;
    archive_recipe.insert(archive_recipe.end(), {"--preset", "archive"});
    const auto archive = samples(studio.film(archive_recipe));
    const auto original = samples(whole);
    const auto length = sample_at({kClips * (kFrames - kFade) + kFade}, kRate).count;
    REQUIRE(static_cast<std::int64_t>(archive.size()) / 2 >= length - kSampleRate / 1000);
    int most = 0;
    for (std::size_t i = 0; i < archive.size(); ++i) most = std::max(most, std::abs(archive[i] - original[i]));
    MESSAGE(fmt::format("farthest from the original: {} of 65536", most));
    CHECK(most <= 2);

    check_joins(left_samples(studio.film(recipe)), {firsts.begin() + 1, firsts.end()},
                sample_at({kFade}, kRate).count + 2048);
}

TEST_SUITE_END();

// Sound that was cut into a hundred clips sounds as if it never had been.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

constexpr int kPieces = 100;
constexpr std::int64_t kPieceSamples = 96'000;  // two seconds: as long as a segment of its own has to be

/// Asks for the consecutive pieces of one recording of `sound` and returns that recording.
std::vector<std::int16_t> ask_for_pieces(Studio& studio, const std::string& sound) {
    const auto whole = studio / "whole.wav";
    output_of("ffmpeg", {"-nostdin", "-v", "error", "-lavfi", sound, "-t", fmt::format("{}", 2 * kPieces), "-c:a",
                         "pcm_s16le", whole.string()});
    for (int piece = 0; piece < kPieces; ++piece) {
        studio.clip(fmt::format("piece{:03}.mov", piece),
                    {"-f", "lavfi", "-i", fmt::format("color=c=0x{:06x}:s=32x32:r=25:d=2", 20'000 * piece), "-i",
                     whole.string(), "-map", "0:v", "-map", "1:a", "-af",
                     fmt::format("atrim=start_sample={}:end_sample={},asetpts=N", piece * kPieceSamples,
                                 (piece + 1) * kPieceSamples),
                     "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"});
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

}  // namespace

TEST_SUITE_BEGIN("joins");

TEST_CASE("a sine through a hundred clips is whole in the archive and does not click when shared") {
    Studio studio;
    const auto whole = ask_for_pieces(studio, "aevalsrc=.5*sin(2*PI*441.7*t)|.5*sin(2*PI*441.7*t):s=48000");
    studio.take_in();
    const auto archive = samples(studio.film({"--preset", "archive", "--resolution", "32x32", "--fps", "25"}));
    CHECK(archive.size() == whole.size());
    CHECK(first_difference(archive, whole) == -1);

    const auto shared = left_samples(studio.film({"--resolution", "32x32", "--fps", "25"}));
    constexpr std::int64_t kNear = 2048;
    int at_joins = 0;
    int elsewhere = 0;
    for (std::int64_t join = kPieceSamples; join < kPieces * kPieceSamples; join += kPieceSamples) {
        at_joins = std::max(at_joins, sharpest(shared, join - kNear, join + kNear));
        elsewhere = std::max(elsewhere, sharpest(shared, join + kNear, join + kPieceSamples - 2 * kNear));
    }
    MESSAGE(fmt::format("sharpest bend at joins {}, elsewhere {}", at_joins, elsewhere));
    CHECK(at_joins <= elsewhere * 1.1);
}

TEST_CASE("noise through a hundred clips is whole in the archive, sample by sample") {
    Studio studio;
    const auto whole = ask_for_pieces(studio, "anoisesrc=r=48000:a=.8:seed=7,aformat=channel_layouts=stereo");
    studio.take_in();
    CHECK(first_difference(samples(studio.film({"--preset", "archive", "--resolution", "32x32", "--fps", "25"})),
                           whole) == -1);
}

TEST_SUITE_END();

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <sstream>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

namespace dadcam::test {
namespace {

Words decoding(const std::filesystem::path& film, const Words& more) {
    Words all{"-nostdin", "-v", "error", "-i", film.string()};
    all.insert(all.end(), more.begin(), more.end());
    all.emplace_back("-");
    return all;
}

}  // namespace

std::vector<std::string> picture_hashes(const std::filesystem::path& film) {
    std::istringstream lines(
        output_of("ffmpeg", decoding(film, {"-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5"})));
    std::vector<std::string> hashes;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#')) hashes.push_back(line);
    }
    return hashes;
}

std::vector<double> brightness(const std::filesystem::path& film) {
    constexpr std::size_t kPixels = std::size_t{64} * 36;
    const auto bytes = output_of("ffmpeg", decoding(film, {"-map", "0:v", "-fps_mode", "passthrough", "-vf",
                                                           "scale=64:36:flags=area,format=gray", "-f", "rawvideo"}));
    REQUIRE(bytes.size() % kPixels == 0);
    std::vector<double> means;
    for (std::size_t at = 0; at < bytes.size(); at += kPixels) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < kPixels; ++i) sum += static_cast<unsigned char>(bytes[at + i]);
        means.push_back(static_cast<double>(sum) / kPixels);
    }
    return means;
}

std::vector<std::int64_t> flashes_in(const std::filesystem::path& film) {
    return flashes_among(brightness(film));
}

std::vector<std::int64_t> flashes_among(const std::vector<double>& pictures) {
    constexpr double kBright = 128;
    std::vector<std::int64_t> frames;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (pictures[i] > kBright && (i == 0 || pictures[i - 1] <= kBright))
            frames.push_back(static_cast<std::int64_t>(i));
    }
    return frames;
}

std::vector<std::int16_t> samples(const std::filesystem::path& film) {
    const auto bytes = output_of("ffmpeg", decoding(film, {"-map", "0:a", "-f", "s16le", "-c:a", "pcm_s16le"}));
    std::vector<std::int16_t> values(bytes.size() / sizeof(std::int16_t));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(std::int16_t));
    return values;
}

std::vector<std::int16_t> left_samples(const std::filesystem::path& film) {
    const auto both = samples(film);
    std::vector<std::int16_t> left;
    for (std::size_t i = 0; i + 1 < both.size(); i += 2) left.push_back(both[i]);
    return left;
}

std::ptrdiff_t first_difference(const std::vector<std::int16_t>& a, const std::vector<std::int16_t>& b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return in_a == a.end() && in_b == b.end() ? -1 : in_a - a.begin();
}

}  // namespace dadcam::test

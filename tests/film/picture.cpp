#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/footage/probe.hpp>
#include <nlohmann/json.hpp>
#include <tests/film/picture.hpp>
#include <tests/film/studio.hpp>

namespace dadcam::test {
namespace {

constexpr double kRadius = 0.3;    // of the picture's smaller side
constexpr double kBarsTop = 0.85;  // of its height
constexpr double kGrey = 64;
constexpr int kFiner = 4;

const Colour& colour_at(double x, double y, double width, double height) {
    static constexpr Colour kWhite{235, 235, 235}, kGround{kGrey, kGrey, kGrey};
    if (y >= kBarsTop * height) return kBars[static_cast<std::size_t>(x / width * static_cast<double>(kBars.size()))];
    const double across = x - width / 2, down = y - height / 2, radius = kRadius * std::min(width, height);
    return across * across + down * down < radius * radius ? kWhite : kGround;
}

/// Where a line of brightness crosses the middle between circle and ground for the first and the last time.
double extent(const std::vector<double>& line) {
    const double middle = (line[line.size() / 2] + *std::min_element(line.begin(), line.end())) / 2;
    const auto crossing = [&](std::size_t inner, std::size_t outer) {
        return (line[inner] - middle) / (line[inner] - line[outer]);
    };
    std::size_t first = line.size() / 2;
    while (first > 0 && line[first - 1] > middle) --first;
    std::size_t last = line.size() / 2;
    while (last + 1 < line.size() && line[last + 1] > middle) ++last;
    REQUIRE(first > 0);
    REQUIRE(last + 1 < line.size());
    return static_cast<double>(last - first) + crossing(first, first - 1) + crossing(last, last + 1);
}

}  // namespace

const std::array<Colour, 6> kBars{{{191, 191, 0}, {0, 191, 191}, {0, 191, 0}, {191, 0, 191}, {191, 0, 0}, {0, 0, 191}}};

Colour in_bt709(const Colour& rgb) {
    const double luma = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    return {16 + 219 * luma / 255, 128 + 224 * (rgb[2] - luma) / 1.8556 / 255,
            128 + 224 * (rgb[0] - luma) / 1.5748 / 255};
}

std::filesystem::path draw_test_picture(const std::filesystem::path& file, int width, int height, double aspect) {
    std::string pixels = fmt::format("P6 {} {} 255\n", width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            Colour sums{};
            for (int fine = 0; fine < kFiner * kFiner; ++fine) {
                const double right = x + (fine % kFiner + 0.5) / kFiner;
                const double down = y + (fine / kFiner + 0.5) / kFiner;
                const auto& colour = colour_at(right * aspect, down, width * aspect, height);
                for (std::size_t channel = 0; channel < 3; ++channel) sums[channel] += colour[channel];
            }
            for (const double sum : sums)
                pixels += static_cast<char>(static_cast<unsigned char>(std::lround(sum / (kFiner * kFiner))));
        }
    }
    return write_file(file, pixels);
}

Colour Picture::mean(double left, double top, double right, double bottom) const {
    Colour sums{};
    int count = 0;
    for (int y = static_cast<int>(top * height); y < static_cast<int>(bottom * height); ++y) {
        for (int x = static_cast<int>(left * width); x < static_cast<int>(right * width); ++x, ++count) {
            for (std::size_t plane = 0; plane < 3; ++plane) {
                sums[plane] += planes[plane][static_cast<std::size_t>(y * width + x)];
            }
        }
    }
    REQUIRE(count > 0);
    for (auto& sum : sums) sum /= count;
    return sums;
}

Picture picture_of(const std::filesystem::path& film, int number) {
    return pictures_at(film, {number}).front();
}

std::vector<Picture> pictures_at(const std::filesystem::path& film, const std::vector<int>& numbers) {
    int width = 0, height = 0;
    const auto size = output_of("ffprobe", {"-v", "error", "-select_streams", "v", "-show_entries",
                                            "stream=width,height", "-of", "csv=p=0:s=x", film.string()});
    REQUIRE(std::sscanf(size.c_str(), "%dx%d", &width, &height) == 2);
    REQUIRE(std::is_sorted(numbers.begin(), numbers.end()));
    std::vector<std::string> wanted;
    for (const int number : numbers) wanted.push_back(fmt::format("eq(n,{})", number));
    const auto bytes = output_of(
        "ffmpeg", {"-nostdin", "-v", "error", "-i", film.string(), "-vf",
                   fmt::format("select='{}',scale=flags=bilinear+accurate_rnd,format=yuv444p", fmt::join(wanted, "+")),
                   "-fps_mode", "passthrough", "-frames:v", fmt::format("{}", numbers.size()), "-f", "rawvideo", "-"});
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    REQUIRE(bytes.size() == 3 * pixels * numbers.size());
    std::vector<Picture> pictures;
    for (auto at = bytes.begin(); at != bytes.end();) {
        auto& picture = pictures.emplace_back(Picture{width, height, {}});
        for (auto& plane : picture.planes) {
            plane.reserve(pixels);
            for (std::size_t i = 0; i < pixels; ++i) plane.push_back(static_cast<unsigned char>(*at++));
        }
    }
    return pictures;
}

double roundness(const Picture& picture) {
    const auto& luma = picture.planes[0];
    const auto width = static_cast<std::size_t>(picture.width);
    const auto height = static_cast<std::size_t>(picture.height);
    std::vector<double> across, down;
    for (std::size_t x = 0; x < width; ++x)
        across.push_back((luma[height / 2 * width + x] + luma[(height / 2 - 1) * width + x]) / 2);
    for (std::size_t y = 0; y < height; ++y)
        down.push_back((luma[y * width + width / 2] + luma[y * width + width / 2 - 1]) / 2);
    return extent(across) / extent(down);
}

}  // namespace dadcam::test

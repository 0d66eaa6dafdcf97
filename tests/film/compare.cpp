#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tests/film/compare.hpp>
#include <tests/film/decode.hpp>

namespace dadcam::test {

std::vector<std::size_t> different_pictures(const std::filesystem::path& film, const std::filesystem::path& other) {
    const auto a = picture_hashes(film);
    const auto b = picture_hashes(other);
    CHECK(a.size() == b.size());
    std::vector<std::size_t> different;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i] != b[i]) different.push_back(i);
    }
    return different;
}

namespace {

void check_pictures(const std::filesystem::path& film, const std::filesystem::path& whole) {
    const auto pictures = different_pictures(film, whole);
    INFO(fmt::format("different pictures: {}", pictures));
    CHECK(pictures.size() == 0);
}

double power(const std::vector<double>& values) {
    return std::inner_product(values.begin(), values.end(), values.begin(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

void check_segments_do_not_show(Studio& studio, const std::filesystem::path& film) {
    const auto whole = studio.one_segment();
    check_pictures(film, whole);
    CHECK(first_difference(samples(film), samples(whole)) == -1);
}

void check_segments_hardly_show(Studio& studio, const std::filesystem::path& film) {
    const auto whole = studio.one_segment();
    check_pictures(film, whole);
    const auto a = samples(film);
    const auto b = samples(whole);
    REQUIRE(a.size() == b.size());
    std::vector<double> sound(b.begin(), b.end());
    std::vector<double> difference(b.size());
    for (std::size_t i = 0; i < b.size(); ++i) difference[i] = a[i] - b[i];
    REQUIRE(power(sound) > 0);
    CHECK(std::sqrt(power(difference) / power(sound)) < 0.01);
}

}  // namespace dadcam::test

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
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

void check_segments_do_not_show(Studio& studio, const std::filesystem::path& film) {
    const auto whole = studio.one_segment();
    const auto pictures = different_pictures(film, whole);
    INFO(fmt::format("different pictures: {}", pictures));
    CHECK(pictures.size() == 0);
    const auto cut_sound = samples(film);
    const auto sound = samples(whole);
    CHECK(cut_sound.size() == sound.size());
    CHECK(first_difference(cut_sound, sound) == -1);
}

}  // namespace dadcam::test

#pragma once

#include <filesystem>
#include <tests/film/studio.hpp>
#include <vector>

namespace dadcam::test {

/// The numbers of the pictures that are not the same, or not at the same time.
std::vector<std::size_t> different_pictures(const std::filesystem::path& film, const std::filesystem::path& other);

/// Asserts that the last film has the pictures and the samples of the same one rendered as one segment.
void check_segments_do_not_show(Studio& studio, const std::filesystem::path& film);

/// The same for sound whose decoder adds noise by chance (AC-3) or carries rounding over (MP2): the samples may differ
/// by a hundredth of what they are. Noise that is out of step by one sample differs by all of it.
void check_segments_hardly_show(Studio& studio, const std::filesystem::path& film);

}  // namespace dadcam::test

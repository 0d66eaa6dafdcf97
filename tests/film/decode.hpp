#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// What a film shows and sounds like, as ffmpeg decodes it.
namespace dadcam::test {

/// One line a picture: its time and the hash of its pixels.
std::vector<std::string> picture_hashes(const std::filesystem::path& film);

/// The mean brightness of each picture, 0 to 255.
std::vector<double> brightness(const std::filesystem::path& film);

/// The first frame of each flash: of pictures that are bright behind one that is not.
std::vector<std::int64_t> flashes_among(const std::vector<double>& brightness);
std::vector<std::int64_t> flashes_in(const std::filesystem::path& film);

/// Stereo samples at 48 kHz, as they lie in the file: left, right, left …
std::vector<std::int16_t> samples(const std::filesystem::path& film);

/// The left channel alone.
std::vector<std::int16_t> left_samples(const std::filesystem::path& film);

/// Where two recordings begin to differ; -1 when they are equal to the last sample.
std::ptrdiff_t first_difference(const std::vector<std::int16_t>& a, const std::vector<std::int16_t>& b);

}  // namespace dadcam::test

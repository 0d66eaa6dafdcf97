#pragma once

#include <filesystem>
#include <libdadcam/units.hpp>

namespace dadcam::test {

/// Asserts what every film must be: so many pictures, evenly spaced at the rate, from zero on; picture and sound ending
/// together within a frame; whole to a strict decoder; no trace of the encoder in it; its index in front.
void check_film(const std::filesystem::path& film, std::int64_t frames, Rational rate);

}  // namespace dadcam::test

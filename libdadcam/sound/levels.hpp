#pragma once

#include <cmath>

namespace dadcam::sound {

/// Above that no true peak is, in dBTP, where the film's loudness is set (EBU R 128).
inline constexpr double kHighestPeak = -1;
/// A clip is made louder by that at the most, in dB: what is noise stays noise.
inline constexpr double kMostGain = 15;
/// LUFS: below that there is nothing but noise to be made louder.
inline constexpr double kNearSilence = -60;
inline constexpr double kFullScale = 32768;

/// Rounded down to a hundredth, so that what the last digits of a logarithm are makes no difference.
inline double in_hundredths(double decibels) {
    return std::floor(decibels * 100) / 100;
}

}  // namespace dadcam::sound

#pragma once

#include <cmath>
#include <cstdint>
#include <libdadcam/units.hpp>
#include <numbers>
#include <random>
#include <vector>

namespace dadcam::test {

/// A tone of 1 kHz in both channels. At so many dBFS it has as many LUFS (EBU Tech 3341).
inline std::vector<std::int16_t> tone(std::int64_t samples, double decibels) {
    std::vector<std::int16_t> pcm;
    const double peak = 32768 * std::pow(10, decibels / 20);
    for (std::int64_t at = 0; at < samples; ++at) {
        const double angle = 2 * std::numbers::pi * 1000 * static_cast<double>(at) / kSampleRate;
        const auto sample = static_cast<std::int16_t>(std::lround(peak * std::sin(angle)));
        pcm.insert(pcm.end(), {sample, sample});
    }
    return pcm;
}

/// Uniform noise of so many dBFS RMS, the same in each run.
inline std::vector<std::int16_t> noise(std::int64_t samples, double decibels) {
    std::mt19937 random(11);
    std::vector<std::int16_t> pcm;
    const double peak = 32767 * std::pow(10, decibels / 20) * std::sqrt(3.0);
    for (std::int64_t at = 0; at < 2 * samples; ++at) {
        const double part = static_cast<double>(random()) / 2147483648.0 - 1;
        pcm.push_back(static_cast<std::int16_t>(std::lround(peak * part)));
    }
    return pcm;
}

}  // namespace dadcam::test

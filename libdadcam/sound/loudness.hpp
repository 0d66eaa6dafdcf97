#pragma once

#include <bit>
#include <cstdint>
#include <libdadcam/units.hpp>
#include <memory>
#include <span>

namespace dadcam::sound {

static_assert(std::endian::native == std::endian::little, "PCM is read as it lies");

/// Stereo, 16 bits: left and right in turns.
using Pcm = std::span<const std::int16_t>;
inline constexpr std::size_t kChannels = 2;
/// Bytes of a sample of both channels.
inline constexpr std::int64_t kSampleBytes = kChannels * sizeof(std::int16_t);

/// How loud a stretch of sound is.
struct Loudness {
    double integrated;  ///< LUFS, gated (EBU R 128, ITU-R BS.1770); minus infinity for silence
    double true_peak;   ///< 1 is full scale
};

/// libebur128's.
using MeterState = std::unique_ptr<void, void (*)(void*)>;

/// Measures a stretch of sound, piece by piece; by libebur128.
class LoudnessMeter {
public:
    LoudnessMeter();
    /// Returns the true peak of what was added.
    double add(Pcm pcm);
    /// What is shorter than a gate's block, of 400 ms, is measured without a gate.
    Loudness result() const;

private:
    MeterState state_;
    std::int64_t frames_ = 0;
};

/// The K-weighted energy (mean square, ITU-R BS.1770) of one tenth of a second after the other.
class EnergyMeter {
public:
    EnergyMeter();
    /// All of it, up to the end of a tenth at the most.
    void add(Pcm pcm);
    /// Of the last tenth of a second.
    double energy() const;

private:
    MeterState state_;
};

/// LUFS of an energy, and back.
double lufs_of(double energy);
double energy_of(double lufs);
/// Of an amplitude, 1 being 0 dB, and back.
double decibels(double amplitude);
double amplitude(double decibels);

}  // namespace dadcam::sound

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/sound/loudness.hpp>
#include <new>

namespace dadcam::sound {
namespace {

constexpr unsigned long kTenthMs = 100;
constexpr double kOffset = -0.691;  // LUFS of an energy of 1 (ITU-R BS.1770)
constexpr std::int64_t kGateBlock = kSampleRate * 4 / 10;

ebur128_state* of(const MeterState& state) {
    return static_cast<ebur128_state*>(state.get());
}

MeterState begin(int mode) {
    MeterState state(ebur128_init(kChannels, static_cast<unsigned long>(kSampleRate), mode), [](void* ended) {
        auto* meter = static_cast<ebur128_state*>(ended);
        ebur128_destroy(&meter);
    });
    if (!state) throw std::bad_alloc();
    return state;
}

void feed(const MeterState& state, Pcm pcm) {
    if (ebur128_add_frames_short(of(state), pcm.data(), pcm.size() / kChannels) != EBUR128_SUCCESS)
        throw std::bad_alloc();
}

}  // namespace

LoudnessMeter::LoudnessMeter() : state_(begin(EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK)) {}

double LoudnessMeter::add(Pcm pcm) {
    feed(state_, pcm);
    frames_ += static_cast<std::int64_t>(pcm.size() / kChannels);
    double highest = 0;
    for (unsigned channel = 0; channel < kChannels; ++channel) {
        double peak = 0;
        ebur128_prev_true_peak(of(state_), channel, &peak);
        highest = std::max(highest, peak);
    }
    return highest;
}

Loudness LoudnessMeter::result() const {
    Loudness loudness{-HUGE_VAL, 0};
    for (unsigned channel = 0; channel < kChannels; ++channel) {
        double peak = 0;
        ebur128_true_peak(of(state_), channel, &peak);
        loudness.true_peak = std::max(loudness.true_peak, peak);
    }
    if (frames_ >= kGateBlock) {
        ebur128_loudness_global(of(state_), &loudness.integrated);
    } else if (const auto window = frames_ * 1000 / kSampleRate; window > 0) {
        ebur128_loudness_window(of(state_), static_cast<unsigned long>(window), &loudness.integrated);
    }
    return loudness;
}

EnergyMeter::EnergyMeter() : state_(begin(EBUR128_MODE_M)) {}

void EnergyMeter::add(Pcm pcm) {
    feed(state_, pcm);
}

double EnergyMeter::energy() const {
    double lufs = -HUGE_VAL;
    ebur128_loudness_window(of(state_), kTenthMs, &lufs);
    return energy_of(lufs);
}

double lufs_of(double energy) {
    return kOffset + 10 * std::log10(energy);
}

double energy_of(double lufs) {
    return std::pow(10, (lufs - kOffset) / 10);
}

double decibels(double amplitude) {
    return 20 * std::log10(amplitude);
}

double amplitude(double decibels) {
    return std::pow(10, decibels / 20);
}

}  // namespace dadcam::sound

#pragma once

#include <atomic>
#include <cstddef>
#include <libdadcam/sound/loudness.hpp>
#include <libdadcam/sound/voice.hpp>
#include <libdadcam/units.hpp>
#include <optional>
#include <vector>

namespace dadcam::sound {

/// The film's sound is looked at, and finished, in blocks of 10 ms.
inline constexpr std::int64_t kBlock = kSampleRate / 100;
/// And its energy in tenths of a second.
inline constexpr std::int64_t kTenth = kSampleRate / 10;

/// What is known of the clips' sound, as it was recorded. It is fed by one thread, from the film's beginning to its
/// end; what lies before done() may be asked for by all others meanwhile.
class Gauge {
public:
    Gauge(std::vector<Voice> voices, Samples length);

    /// The next samples.
    void add(Pcm pcm);
    Samples done() const { return {done_.load(std::memory_order_acquire)}; }

    Samples length() const { return {length_}; }
    const std::vector<Voice>& voices() const { return voices_; }
    /// The one that is heard there; in a fade, the one that begins.
    std::size_t voice_at(std::int64_t sample) const;
    /// Where a voice is heard no more.
    std::int64_t end_of(std::size_t voice) const;
    /// Of what of it is heard by itself; of one that is nothing but fades, of these. Known from measured_at() on.
    const Loudness& loudness(std::size_t voice) const { return loudness_[voice]; }
    std::int64_t measured_at(std::size_t voice) const;

    /// The true peaks within a block: one a stretch, as the voices part it.
    struct Peak {
        std::int64_t from;
        std::int64_t to;
        double peak;
    };
    std::vector<Peak> peaks(std::int64_t block) const;
    /// K-weighted, of a tenth of a second.
    double energy(std::int64_t tenth) const { return energies_[static_cast<std::size_t>(tenth)]; }

private:
    bool only_fades(std::size_t voice) const;
    void measure(std::int64_t at, Pcm pcm);
    std::size_t index_of(std::int64_t stretch) const;
    std::int64_t next_stretch(std::int64_t after) const;

    std::vector<Voice> voices_;
    std::int64_t length_;
    std::vector<std::int64_t> cuts_;  ///< where voices part a block
    std::vector<float> peaks_, energies_;
    std::vector<Loudness> loudness_;
    std::vector<std::optional<LoudnessMeter>> meters_;
    std::optional<LoudnessMeter> fade_;
    EnergyMeter energy_;
    std::atomic<std::int64_t> done_{0};
};

}  // namespace dadcam::sound

#pragma once

#include <cstdint>
#include <libdadcam/recipe/sound_mix.hpp>
#include <libdadcam/sound/gauge.hpp>
#include <libdadcam/sound/music.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dadcam::sound {

/// By how much a clip is made louder or quieter, and why not by more.
struct Gain {
    enum class Limit { none, most, peak, near_silence };
    double decibels = 0;
    Limit limit = Limit::none;
};
Gain gain_to(const Loudness& loudness, double level);

/// Makes the film's sound of that of its clips and of the music. A pure function of the place on the film, of what the
/// gauge found near it, and of the music: whoever finishes which part, and in whatever order, it is the same.
class Finish {
public:
    /// The gauge outlives it. `music`: nothing where there is none.
    Finish(const recipe::SoundMix& mix, const Gauge& gauge, std::optional<Music> music);

    /// How far the gauge has to be for what lies before `until`.
    Samples needs(Samples until) const;
    /// What the clips have from a sample of the film on becomes what the film has.
    void apply(std::span<std::int16_t> pcm, Samples from) const;
    /// A clip's; as soon as it is measured.
    Gain gain(std::size_t voice) const;

private:
    struct Stretch;
    Stretch stretch_at(std::int64_t sample, std::int64_t end) const;
    double loudest(std::int64_t block) const;
    double depth(std::int64_t tenth) const;
    std::vector<double> music_gains(std::int64_t first, std::int64_t last) const;
    std::vector<double> limits(std::int64_t first, std::int64_t last) const;
    std::vector<double> music(std::int64_t from, std::size_t samples) const;

    recipe::SoundMix mix_;
    const Gauge* gauge_;
    std::optional<Music> music_;
    std::int64_t half_glide_;  ///< tenths of a second
};

}  // namespace dadcam::sound

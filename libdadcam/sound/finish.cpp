#include <algorithm>
#include <cmath>
#include <libdadcam/sound/finish.hpp>
#include <libdadcam/sound/levels.hpp>
#include <numeric>

namespace dadcam::sound {
namespace {

/// A peak that is too high is met by a gain that is as low in all of the tenth of a second before and behind it, and
/// glides there and back: in blocks.
constexpr std::int64_t kReach = 10;
/// Short-term loudness is that of three seconds (EBU R 128), here those around a moment: in tenths of a second.
constexpr std::int64_t kHalfShortTerm = 15;
/// LUFS: a clip that is quieter has nothing to say, one that is louder speaks. Between the two music sinks part way.
constexpr double kSaysNothing = -45, kSpeaks = -30;
/// Music takes a second to sink by so many dB, so that one does not hear it move.
constexpr double kGlide = 12;

}  // namespace

Gain gain_to(const Loudness& loudness, double level) {
    const double up_to_peak = kHighestPeak - decibels(loudness.true_peak);
    Gain gain{level - loudness.integrated, Gain::Limit::none};
    if (!(loudness.integrated > kNearSilence)) gain = {0, Gain::Limit::near_silence};
    if (gain.decibels > kMostGain) gain = {kMostGain, Gain::Limit::most};
    if (gain.decibels > up_to_peak) gain = {up_to_peak, Gain::Limit::peak};
    gain.decibels = in_hundredths(gain.decibels);
    return gain;
}

Finish::Finish(const recipe::SoundMix& mix, const Gauge& gauge, std::optional<Music> music)
    : mix_(mix),
      gauge_(&gauge),
      music_(std::move(music)),
      half_glide_(static_cast<std::int64_t>(std::ceil(std::max(1.0, mix.duck / kGlide) * 5))) {}

Gain Finish::gain(std::size_t voice) const {
    return mix_.loudness ? gain_to(gauge_->loudness(voice), *mix_.loudness) : Gain{};
}

Samples Finish::needs(Samples until) const {
    if (!mix_.clip_sound) return {};
    const auto ahead = (2 * kReach + 2) * kBlock + (music_ ? (half_glide_ + kHalfShortTerm + 2) * kTenth : 0);
    auto last = std::min(until.count + ahead, gauge_->length().count);
    if (!mix_.loudness || last == 0) return {last};
    const auto voice = gauge_->voice_at(last - 1);
    for (const auto heard : {voice, voice - 1})
        if (heard < gauge_->voices().size()) last = std::max(last, gauge_->measured_at(heard));
    return {last};
}

/// Samples over which the clips' gain is constant, or goes evenly from one to another.
struct Finish::Stretch {
    std::int64_t from, to;
    double first, slope;  ///< the gain at its beginning, and what is added for each sample

    double gain(std::int64_t sample) const { return first + slope * static_cast<double>(sample - from); }
};

Finish::Stretch Finish::stretch_at(std::int64_t sample, std::int64_t end) const {
    if (!mix_.clip_sound) return {sample, end, 0, 0};
    if (!mix_.loudness) return {sample, end, 1, 0};
    const auto& voices = gauge_->voices();
    const auto index = gauge_->voice_at(sample);
    const auto& voice = voices[index];
    const double own = amplitude(gain(index).decibels);
    const auto next = index + 1 < voices.size() ? std::min(end, voices[index + 1].from.count) : end;
    if (index == 0 || sample >= voice.alone.count) return {sample, next, own, 0};
    const double before = amplitude(gain(index - 1).decibels);
    const double slope = (own - before) / static_cast<double>((voice.alone - voice.from).count);
    return {voice.from.count, std::min(voice.alone.count, next), before, slope};
}

/// No sample of the clips in that block, as loud as they are made, is above that.
double Finish::loudest(std::int64_t block) const {
    if (!mix_.clip_sound) return 0;
    double highest = 0;
    for (const auto& [from, to, peak] : gauge_->peaks(block)) {
        const auto stretch = stretch_at(from, to);
        highest = std::max(highest, peak * std::max(stretch.gain(from), stretch.gain(to)));
    }
    return highest;
}

/// How much the clips have to say around the beginning of a tenth of a second: 0 to 1.
double Finish::depth(std::int64_t tenth) const {
    const auto length = gauge_->length().count;
    const auto tenths = (length + kTenth - 1) / kTenth;
    double sum = 0;
    for (auto at = std::max<std::int64_t>(0, tenth - kHalfShortTerm); at < std::min(tenth + kHalfShortTerm, tenths);
         ++at) {
        const auto middle = std::min(at * kTenth + kTenth / 2, length - 1);
        const double gain = stretch_at(middle, length).gain(middle);
        sum += gauge_->energy(at) * gain * gain;
    }
    return std::clamp((lufs_of(sum / (2 * kHalfShortTerm)) - kSaysNothing) / (kSpeaks - kSaysNothing), 0.0, 1.0);
}

/// Of the music at the beginning of each block in [first, last].
std::vector<double> Finish::music_gains(std::int64_t first, std::int64_t last) const {
    constexpr std::int64_t kBlocks = kTenth / kBlock;
    const auto first_tenth = first / kBlocks, last_tenth = last / kBlocks + 1;
    std::vector<double> depths, decibels, gains;
    if (mix_.clip_sound)
        for (auto at = first_tenth - half_glide_; at <= last_tenth + half_glide_; ++at) depths.push_back(depth(at));
    for (auto at = first_tenth; at <= last_tenth; ++at) {
        double sum = 0;
        const auto from = depths.begin() + (depths.empty() ? 0 : at - first_tenth);
        if (!depths.empty()) sum = std::accumulate(from, from + 2 * half_glide_ + 1, 0.0);
        decibels.push_back(-mix_.duck * sum / static_cast<double>(2 * half_glide_ + 1));
    }
    for (auto block = first; block <= last; ++block) {
        const auto tenth = static_cast<std::size_t>(block / kBlocks - first_tenth);
        const double part = static_cast<double>(block % kBlocks) / static_cast<double>(kBlocks);
        gains.push_back(amplitude(decibels[tenth] + (decibels[tenth + 1] - decibels[tenth]) * part));
    }
    return gains;
}

/// What all of it is to be multiplied with at the beginning of each block in [first, last], so that nothing clips.
std::vector<double> Finish::limits(std::int64_t first, std::int64_t last) const {
    const auto blocks = (gauge_->length().count + kBlock - 1) / kBlock;
    const auto from = std::max<std::int64_t>(0, first - 2 * kReach), to = std::min(last + 2 * kReach, blocks);
    const double highest = mix_.loudness ? amplitude(kHighestPeak) : (kFullScale - 1) / kFullScale;
    const auto music_gain = music_ ? music_gains(from, to) : std::vector<double>();
    std::vector<double> wanted;  // of each block by itself
    for (auto block = from; block < to; ++block) {
        const auto at = static_cast<std::size_t>(block - from);
        const double music = music_ ? music_->peak(block) * std::max(music_gain[at], music_gain[at + 1]) : 0;
        // The clips' own sound, and nothing else, is left alone.
        const double sum = music > 0 || mix_.loudness ? music + loudest(block) : 0;
        wanted.push_back(sum > highest ? highest / sum : 1);
    }
    const auto lowest_near = [&](std::int64_t block) {
        const auto near = std::max(from, block - kReach), far = std::min(to, block + kReach + 1);
        return near < far ? *std::min_element(wanted.begin() + (near - from), wanted.begin() + (far - from)) : 1.0;
    };
    std::vector<double> lowest, limits;
    for (auto block = first - kReach; block < last + kReach; ++block) lowest.push_back(lowest_near(block));
    for (auto at = lowest.begin(); at + 2 * kReach <= lowest.end(); ++at)
        limits.push_back(std::accumulate(at, at + 2 * kReach, 0.0) / (2 * kReach));
    return limits;
}

std::vector<double> Finish::music(std::int64_t from, std::size_t samples) const {
    std::vector<double> sound(samples);
    if (music_) music_->add_to(sound, from);
    return sound;
}

void Finish::apply(std::span<std::int16_t> pcm, Samples from) const {
    if (pcm.empty()) return;
    const auto begin = from.count, end = begin + static_cast<std::int64_t>(pcm.size() / kChannels);
    const auto first = begin / kBlock, last = (end - 1) / kBlock + 1;
    const auto sound = music(begin, pcm.size());
    const auto music_gain = music_ ? music_gains(first, last) : std::vector<double>();
    const auto limit = limits(first, last);
    auto stretch = stretch_at(begin, end);
    for (auto at = begin; at < end; ++at) {
        if (at >= stretch.to) stretch = stretch_at(at, end);
        const auto block = static_cast<std::size_t>(at / kBlock - first);
        const double part = static_cast<double>(at % kBlock) / static_cast<double>(kBlock);
        const auto between = [&](const std::vector<double>& of) {
            return of[block] + (of[block + 1] - of[block]) * part;
        };
        const double whole = between(limit), clip = stretch.gain(at), music = music_ ? between(music_gain) : 0;
        for (std::size_t channel = 0; channel < kChannels; ++channel) {
            const auto place = static_cast<std::size_t>(at - begin) * kChannels + channel;
            const double sum = (pcm[place] * clip + sound[place] * kFullScale * music) * whole;
            pcm[place] = static_cast<std::int16_t>(std::clamp<long>(std::lround(sum), -32768, 32767));
        }
    }
}

}  // namespace dadcam::sound

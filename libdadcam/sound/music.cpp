#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/sound/gauge.hpp>
#include <libdadcam/sound/levels.hpp>
#include <libdadcam/sound/music.hpp>

namespace dadcam::sound {
namespace {

constexpr std::int64_t kJoin = 2 * kSampleRate, kFadeIn = 1 * kSampleRate, kFadeOut = 4 * kSampleRate;

[[noreturn]] void refuse(const std::filesystem::path& pcm) {
    throw Error(Category::encoding_error, "The decoded music cannot be read.", "Run it again.", pcm.string());
}

/// Between two that have nothing to do with each other the sum stays as loud (equal power).
double fading_in(std::int64_t sample, std::int64_t fade) {
    return sample >= fade ? 1 : std::sqrt((static_cast<double>(sample) + 0.5) / static_cast<double>(fade));
}

double music_gain_to(const Loudness& loudness, double level) {
    if (!std::isfinite(loudness.integrated)) return 1;
    return amplitude(in_hundredths(std::min(level - loudness.integrated, kHighestPeak - decibels(loudness.true_peak))));
}

}  // namespace

Track measured_track(const std::filesystem::path& pcm) {
    std::ifstream in(pcm, std::ios::binary);
    if (!in) refuse(pcm);
    Track track{pcm, {}, {}, {}};
    LoudnessMeter meter;
    std::array<std::int16_t, kBlock * kChannels> block{};
    for (;;) {
        in.read(reinterpret_cast<char*>(block.data()), sizeof block);
        const auto samples = static_cast<std::size_t>(in.gcount() / kSampleBytes);
        if (samples == 0) break;
        track.peaks.push_back(static_cast<float>(meter.add(Pcm(block).first(samples * kChannels))));
        track.samples += Samples{static_cast<std::int64_t>(samples)};
    }
    if (in.bad()) refuse(pcm);
    track.loudness = meter.result();
    return track;
}

std::vector<Play> plays_of(std::span<const Samples> tracks, Samples film, bool once) {
    std::vector<Play> plays;
    std::int64_t at = 0;
    for (std::size_t index = 0; at < film.count && !(once && index == tracks.size()); ++index) {
        const auto track = index % tracks.size();
        const auto length = tracks[track].count;
        std::int64_t fade = 0;
        if (!plays.empty()) {
            fade = std::min({kJoin, (plays.back().to - plays.back().from) / 2, length / 2});
            at = plays.back().to - fade;
        }
        if (at >= film.count) break;
        plays.push_back({track, at, at + length, fade});
        at += length;
    }
    return plays;
}

Music::Music(std::vector<Track> tracks, Samples film, bool once, double level) : tracks_(std::move(tracks)) {
    std::vector<Samples> lengths;
    for (const auto& track : tracks_) {
        lengths.push_back(track.samples);
        gains_.push_back(music_gain_to(track.loudness, level));
    }
    plays_ = plays_of(lengths, film, once);
    end_ = plays_.empty() ? 0 : std::min(film.count, plays_.back().to);
    fade_in_ = std::min(kFadeIn, end_ / 4);
    fade_out_ = std::min(kFadeOut, end_ / 4);
}

double Music::envelope(std::int64_t sample) const {
    const auto part = [](std::int64_t of, std::int64_t whole) {
        return of >= whole ? 1.0 : static_cast<double>(of) / static_cast<double>(whole);
    };
    return part(sample, fade_in_) * part(end_ - sample, fade_out_);
}

/// The first that is not over there.
std::vector<Play>::const_iterator Music::first_play(std::int64_t sample) const {
    return std::upper_bound(plays_.begin(), plays_.end(), sample,
                            [](std::int64_t at, const Play& one) { return at < one.to; });
}

void Music::add_to(std::span<double> sound, std::int64_t from) const {
    const auto to = std::min(end_, from + static_cast<std::int64_t>(sound.size() / kChannels));
    auto play = first_play(from);
    std::vector<std::int16_t> pcm;
    for (; play != plays_.end() && play->from < to; ++play) {
        const auto first = std::max(from, play->from), last = std::min(to, play->to);
        if (first >= last) continue;
        const auto& track = tracks_[play->track];
        pcm.resize(static_cast<std::size_t>(last - first) * kChannels);
        std::ifstream in(track.pcm, std::ios::binary);
        in.seekg((first - play->from) * kSampleBytes);
        if (!in.read(reinterpret_cast<char*>(pcm.data()), static_cast<std::streamsize>(pcm.size() * sizeof pcm[0])))
            refuse(track.pcm);
        const auto next = play + 1;
        const auto fade_out = next == plays_.end() ? 0 : next->fade_in;
        for (auto at = first; at < last; ++at) {
            const double gain = gains_[play->track] * fading_in(at - play->from, play->fade_in) *
                                fading_in(play->to - 1 - at, fade_out) * envelope(at);
            for (std::size_t channel = 0; channel < kChannels; ++channel)
                sound[static_cast<std::size_t>(at - from) * kChannels + channel] +=
                    gain * pcm[static_cast<std::size_t>(at - first) * kChannels + channel] / kFullScale;
        }
    }
}

/// Blocks of a track need not lie as the film's do: two of them share each.
double Music::peak(std::int64_t block) const {
    const auto from = block * kBlock, to = std::min(from + kBlock, end_);
    auto play = first_play(from);
    double sum = 0;
    for (; play != plays_.end() && play->from < to; ++play) {
        const auto& peaks = tracks_[play->track].peaks;
        const auto first = std::max<std::int64_t>(0, from - play->from) / kBlock;
        const auto last = (std::min(to, play->to) - play->from - 1) / kBlock;
        double highest = 0;
        for (auto at = first; at <= last; ++at)
            highest = std::max<double>(highest, peaks[static_cast<std::size_t>(at)]);
        sum += highest * gains_[play->track];
    }
    return sum;
}

}  // namespace dadcam::sound

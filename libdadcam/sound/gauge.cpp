#include <algorithm>
#include <cmath>
#include <libdadcam/sound/gauge.hpp>

namespace dadcam::sound {
namespace {

/// Where stretches begin that are no block's beginning.
std::vector<std::int64_t> cuts_of(const std::vector<Voice>& voices) {
    std::vector<std::int64_t> cuts;
    for (const auto& voice : voices)
        for (const auto at : {voice.from.count, voice.alone.count})
            if (at % kBlock != 0) cuts.push_back(at);
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    return cuts;
}

std::size_t parts_of(std::int64_t length, std::int64_t part) {
    return static_cast<std::size_t>((length + part - 1) / part);
}

}  // namespace

Gauge::Gauge(std::vector<Voice> voices, Samples length)
    : voices_(std::move(voices)),
      length_(length.count),
      cuts_(cuts_of(voices_)),
      peaks_(parts_of(length_, kBlock) + cuts_.size()),
      energies_(parts_of(length_, kTenth)),
      loudness_(voices_.size(), {-HUGE_VAL, 0}),
      meters_(voices_.size()) {}

std::size_t Gauge::voice_at(std::int64_t sample) const {
    const auto after = std::upper_bound(voices_.begin(), voices_.end(), sample,
                                        [](std::int64_t at, const Voice& voice) { return at < voice.from.count; });
    return after == voices_.begin() ? 0 : static_cast<std::size_t>(after - voices_.begin()) - 1;
}

std::int64_t Gauge::end_of(std::size_t voice) const {
    return voice + 1 < voices_.size() ? voices_[voice + 1].alone.count : length_;
}

bool Gauge::only_fades(std::size_t voice) const {
    return voice + 1 < voices_.size() && voices_[voice].alone >= voices_[voice + 1].from;
}

std::int64_t Gauge::measured_at(std::size_t voice) const {
    return voice + 1 < voices_.size() && !only_fades(voice) ? voices_[voice + 1].from.count : end_of(voice);
}

void Gauge::add(Pcm pcm) {
    while (!pcm.empty()) {
        const auto at = done_.load(std::memory_order_relaxed);
        const auto end = std::min({next_stretch(at), length_, at + static_cast<std::int64_t>(pcm.size() / kChannels)});
        if (end <= at) return;  // more than the film has
        const auto count = static_cast<std::size_t>(end - at) * kChannels;
        measure(at, pcm.first(count));
        done_.store(end, std::memory_order_release);
        pcm = pcm.subspan(count);
    }
}

/// Within one stretch of one block.
void Gauge::measure(std::int64_t at, Pcm pcm) {
    const auto end = at + static_cast<std::int64_t>(pcm.size() / kChannels);
    const auto voice = voice_at(at);
    const bool alone = at >= voices_[voice].alone.count;
    double peak = 0;
    const auto into = [&](std::optional<LoudnessMeter>& meter) {
        if (!meter) meter.emplace();
        peak = std::max(peak, meter->add(pcm));
    };
    if (alone) {
        fade_.reset();
        into(meters_[voice]);
    } else {
        if (at == voices_[voice].from.count) fade_.reset();
        into(fade_);
        for (const auto fading : {voice, voice - 1})
            if (fading < voices_.size() && only_fades(fading)) into(meters_[fading]);
    }
    auto& highest = peaks_[index_of(at)];
    highest = std::max(highest, static_cast<float>(peak));
    energy_.add(pcm);
    if (end % kTenth == 0 || end == length_)
        energies_[static_cast<std::size_t>((end - 1) / kTenth)] = static_cast<float>(energy_.energy());
    for (const auto over : {voice - 1, voice}) {
        if (over >= voices_.size() || !meters_[over] || end < measured_at(over)) continue;
        loudness_[over] = meters_[over]->result();
        meters_[over].reset();
    }
}

std::int64_t Gauge::next_stretch(std::int64_t after) const {
    const auto block = (after / kBlock + 1) * kBlock;
    const auto cut = std::upper_bound(cuts_.begin(), cuts_.end(), after);
    return cut == cuts_.end() ? block : std::min(block, *cut);
}

/// Of the stretch in which a sample lies.
std::size_t Gauge::index_of(std::int64_t sample) const {
    const auto cuts = std::upper_bound(cuts_.begin(), cuts_.end(), sample) - cuts_.begin();
    return static_cast<std::size_t>(sample / kBlock + cuts);
}

std::vector<Gauge::Peak> Gauge::peaks(std::int64_t block) const {
    std::vector<Peak> peaks;
    const auto end = std::min((block + 1) * kBlock, length_);
    for (auto from = block * kBlock; from < end;) {
        const auto to = std::min(next_stretch(from), end);
        peaks.push_back({from, to, peaks_[index_of(from)]});
        from = to;
    }
    return peaks;
}

}  // namespace dadcam::sound

#include <algorithm>
#include <libdadcam/ffmpeg/film_sound.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/render/sound_ahead.hpp>
#include <set>
#include <string>
#include <vector>

namespace dadcam::render {
namespace {

/// What an encoder is given; a minute, as most segments have, where the sound is read as it is.
Samples longest_part(const Job& job) {
    Samples longest{60 * kSampleRate};
    if (!ffmpeg::encodes_sound(job.snapshot.preset)) return longest;
    for (const auto& part : ffmpeg::cut_sound(timeline::total_samples(job.plan.items, job.snapshot.format.rate)))
        longest = std::max(longest, part.samples);
    return longest;
}

}  // namespace

SoundAhead::SoundAhead(library::Library& library, std::int64_t run, const Job& job, unsigned jobs)
    : library_(library), run_(run), job_(job), ahead_{longest_part(job).count * (std::int64_t{jobs} + 1)} {}

void SoundAhead::used_to(Samples position) {
    used_to_ = position.count;
    const auto& segments = job_.plan.segments;
    const auto& keys = job_.plan.keys;
    const auto is_used = [&](const timeline::Segment& segment) {
        return sample_at(segment.first + segment.frames, job_.snapshot.format.rate) <= position;
    };
    auto end = dropped_;
    while (end < segments.size() && is_used(segments[end])) ++end;
    if (end == dropped_) return;
    const std::set<std::string> needed(keys.begin() + static_cast<std::ptrdiff_t>(end), keys.end());
    std::vector<std::string> used;
    for (auto index = dropped_; index < end; ++index)
        if (!needed.contains(keys[index])) used.push_back(keys[index]);
    library::drop_used(library_, run_, used);
    dropped_ = end;
}

bool SoundAhead::may_begin(std::size_t segment) const {
    const auto used_to = used_to_.load();
    if (used_to == std::numeric_limits<std::int64_t>::max()) return true;
    return sample_at(job_.plan.segments[segment].first, job_.snapshot.format.rate).count < used_to + ahead_.count;
}

}  // namespace dadcam::render

#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/render/sound_ahead.hpp>
#include <set>
#include <string>
#include <vector>

namespace dadcam::render {

void SoundAhead::used_to(Samples position) {
    used_to_ = position.count;
    const auto& segments = job_.plan.segments;
    const auto& keys = job_.plan.keys;
    const auto is_used = [&](const timeline::Segment& segment) {
        return sample_at(segment.first + segment.frames, job_.snapshot.format.rate) <= position;
    };
    const auto first = dropped_;
    while (dropped_ < segments.size() && is_used(segments[dropped_])) ++dropped_;
    if (dropped_ == first) return;
    const std::set<std::string> needed(keys.begin() + static_cast<std::ptrdiff_t>(dropped_), keys.end());
    std::vector<std::string> used;
    for (auto index = first; index < dropped_; ++index)
        if (!needed.contains(keys[index])) used.push_back(keys[index]);
    library::drop_used(library_, run_, used);
}

bool SoundAhead::may_begin(std::size_t segment) const {
    const auto used_to = used_to_.load();
    if (used_to == std::numeric_limits<std::int64_t>::max()) return true;
    // Three minutes are more than an encoder's part: those that are being encoded, and the next one.
    constexpr std::int64_t kThreeMinutes = 8'640'000;  // in samples
    const auto ahead = kThreeMinutes * (std::int64_t{jobs_} + 1);
    return sample_at(job_.plan.segments[segment].first, job_.snapshot.format.rate).count < used_to + ahead;
}

}  // namespace dadcam::render

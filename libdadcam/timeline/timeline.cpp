#include <algorithm>
#include <libdadcam/timeline/timeline.hpp>

namespace dadcam::timeline {
namespace {

/// A long clip is cut every so often; a rest shorter than the second stays with the piece before it.
constexpr std::int64_t kLongestSeconds = 60;
constexpr std::int64_t kShortestRestSeconds = 20;
/// Clips shorter than this are grouped until the group is as long.
constexpr std::int64_t kShortClipSeconds = 2;
constexpr std::size_t kMostClips = 30;
/// x264's reorder delay is shorter in a stream of one or two frames, which breaks the decode order at its join.
constexpr Frames kFewestFrames{3};

Frames whole_seconds(std::int64_t seconds, Rational rate) {
    return frames_in(seconds * 1'000'000, rate);
}

Segment segment_of(const Item& item, std::size_t index, Frames from, Frames frames) {
    return {item.start + from, frames, {{index, from, frames}}};
}

/// The pieces of a long clip.
void cut_inside(std::vector<Segment>& segments, const Item& item, std::size_t index, Rational rate) {
    const Frames step = whole_seconds(kLongestSeconds, rate);
    const Frames rest = whole_seconds(kShortestRestSeconds, rate);
    Frames from;
    while (item.frames - from >= step + rest) {
        segments.push_back(segment_of(item, index, from, step));
        from += step;
    }
    segments.push_back(segment_of(item, index, from, item.frames - from));
}

void append(Segment& segment, const Segment& next) {
    segment.frames += next.frames;
    segment.pieces.insert(segment.pieces.end(), next.pieces.begin(), next.pieces.end());
}

/// What is too short to be joined goes to its neighbour: the one before, or for the first the one after.
std::vector<Segment> without_stubs(const std::vector<Segment>& segments) {
    std::vector<Segment> whole;
    for (const Segment& segment : segments) {
        const bool stub = segment.frames < kFewestFrames || (whole.size() == 1 && whole.front().frames < kFewestFrames);
        if (stub && !whole.empty())
            append(whole.back(), segment);
        else
            whole.push_back(segment);
    }
    return whole;
}

}  // namespace

std::vector<Item> lay_out(const recipe::Recipe& recipe, std::span<const footage::Clip> clips, Rational rate) {
    std::vector<Item> items;
    items.reserve(clips.size());
    Frames start;
    for (std::size_t index = 0; index < clips.size(); ++index) {
        std::int64_t window_us = clips[index].facts.duration_us;
        if (recipe.max_clip_ms && *recipe.max_clip_ms <= window_us / 1000) window_us = *recipe.max_clip_ms * 1000;
        const Frames frames = frames_in(window_us, rate);
        items.push_back({index, start, frames});
        start += frames;
    }
    return items;
}

Frames total_frames(std::span<const Item> items) {
    return items.empty() ? Frames{} : items.back().start + items.back().frames;
}

std::vector<Segment> cut(std::span<const Item> items, Rational rate) {
    const Frames short_clip = std::max(whole_seconds(kShortClipSeconds, rate), kFewestFrames);
    std::vector<Segment> segments;
    bool grouping = false;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const Item& item = items[index];
        const bool is_short = item.frames < short_clip;
        const bool group_takes_it =
            grouping && is_short && segments.back().frames < short_clip && segments.back().pieces.size() < kMostClips;
        if (group_takes_it)
            append(segments.back(), segment_of(item, index, {}, item.frames));
        else
            cut_inside(segments, item, index, rate);
        grouping = is_short;
    }
    return without_stubs(segments);
}

}  // namespace dadcam::timeline

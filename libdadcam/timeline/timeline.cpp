#include <algorithm>
#include <libdadcam/timeline/timeline.hpp>

namespace dadcam::timeline {
namespace {

/// A long clip is cut every so often; a rest shorter than the second stays with the piece before it.
constexpr std::int64_t kLongestSeconds = 60;
constexpr std::int64_t kShortestRestSeconds = 20;
/// Clips shorter than this are grouped; one in so many begins a new group.
constexpr std::int64_t kShortClipSeconds = 2;
constexpr std::uint64_t kGroup = 4;
constexpr std::size_t kMostClips = 30;
/// Sound and picture may be apart by a millisecond before that is made good.
constexpr std::int64_t kMostDrift = kSampleRate / 1000;
/// x264's reorder delay is shorter in a stream of one or two frames, which breaks the decode order at its join.
constexpr Frames kFewestFrames{3};

Frames whole_seconds(std::int64_t seconds, Rational rate) {
    return frames_in(seconds * 1'000'000, rate);
}

/// So many frames are a whole number of samples at every NTSC rate: a clip that is cut there has no seam in its sound.
Frames to_whole_samples(Frames frames) {
    constexpr std::int64_t kFrames = 5;
    return {(frames.count + kFrames / 2) / kFrames * kFrames};
}

/// By the content alone (FNV-1a).
bool begins_group(const Source& source, std::span<const footage::Clip> clips) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : content_of(source, clips)) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    for (auto number = source.span; number > 0; number >>= 8U) hash = (hash ^ (number & 0xffU)) * 0x100000001b3U;
    return (hash >> 32) % kGroup == 0;
}

Segment segment_of(const Item& item, std::size_t index, Frames from, Frames frames) {
    return {item.start + from, frames, {{index, from, frames}}};
}

/// The frames of an item that are its own to render: the next item's fade takes the last ones.
Frames own_frames(std::span<const Item> items, std::size_t index) {
    return index + 1 < items.size() ? items[index].frames - items[index + 1].fade_in : items[index].frames;
}

/// The pieces of a long clip. Its fade is not cut.
void cut_inside(std::vector<Segment>& segments, std::span<const Item> items, std::size_t index, Rational rate) {
    const Item& item = items[index];
    const Frames end = own_frames(items, index);
    const Frames step = to_whole_samples(whole_seconds(kLongestSeconds, rate));
    const Frames rest = whole_seconds(kShortestRestSeconds, rate);
    Frames from;
    for (Frames at = step; end - at >= rest; at += step) {
        if (at < item.fade_in) continue;
        segments.push_back(segment_of(item, index, from, at - from));
        from = at;
    }
    segments.push_back(segment_of(item, index, from, end - from));
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

/// As long after the item before as that one's own sound is there; but never farther from the picture than `most`.
Samples first_sample(const Item& before, const Item& item, Rational rate, std::int64_t most) {
    const Samples own = before.first_sample + sample_at(item.start - before.start, rate);
    const Samples exact = sample_at(item.start, rate);
    return std::abs((own - exact).count) <= most ? own : exact;
}

}  // namespace

std::vector<Item> lay_out(const recipe::Recipe& recipe, std::span<const Source> sources, Rational rate) {
    // The sound of copied pictures is not kept for another film, in which the clip may lie elsewhere.
    const auto drift = recipe::copies_pictures(recipe::find_preset(recipe.preset)) ? 0 : kMostDrift;
    const bool fades = recipe.transition == recipe::Transition::crossfade;
    const Frames fade{fades ? rounded_product(recipe.transition_ms, rate.num, 1000 * rate.den) : 0};
    std::vector<Item> items;
    items.reserve(sources.size());
    for (const auto& source : sources) {
        Item item{source, total_frames(items), frames_in(source.length_us, rate), {}};
        if (!items.empty()) {
            if (!goes_on(source)) {
                item.fade_in = std::min({fade, Frames{items.back().frames.count / 2}, Frames{item.frames.count / 2}});
            }
            item.start = item.start - item.fade_in;
            item.first_sample = first_sample(items.back(), item, rate, drift);
        }
        items.push_back(item);
    }
    return items;
}

std::vector<Item> lay_out(const recipe::Recipe& recipe, std::span<const footage::Clip> clips, Rational rate,
                          const recipe::Sequence& sequence) {
    return lay_out(recipe, sources_of(clips, recipe, sequence), rate);
}

std::size_t item_at(std::span<const Item> items, Frames frame) {
    const auto after = std::upper_bound(items.begin(), items.end(), frame,
                                        [](Frames at, const Item& item) { return at < item.start; });
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - items.begin() - 1));
}

std::size_t clips_on(std::span<const Item> items) {
    return static_cast<std::size_t>(std::count_if(
        items.begin(), items.end(), [](const Item& item) { return !item.source.card && !goes_on(item.source); }));
}

Frames total_frames(std::span<const Item> items) {
    return items.empty() ? Frames{} : items.back().start + items.back().frames;
}

Samples total_samples(std::span<const Item> items, Rational rate) {
    return items.empty() ? Samples{} : items.back().first_sample + sample_at(items.back().frames, rate);
}

Samples sample_within(std::span<const Item> items, std::size_t index, Frames frame, Rational rate) {
    const Item& item = items[index];
    if (index + 1 < items.size() && item.start + frame == items[index + 1].start) {
        return items[index + 1].first_sample - item.first_sample;
    }
    return sample_at(frame, rate);
}

Samples samples_of(std::span<const Item> items, const Segment& segment, Rational rate) {
    Samples sum;
    for (const auto& [item, from, frames] : segment.pieces) {
        sum += sample_within(items, item, from + frames, rate) - sample_within(items, item, from, rate);
    }
    return sum;
}

std::vector<Segment> cut(std::span<const Item> items, std::span<const footage::Clip> clips, Rational rate) {
    const Frames short_clip = std::max(whole_seconds(kShortClipSeconds, rate), kFewestFrames);
    std::vector<Segment> segments;
    bool grouping = false;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const Frames own = own_frames(items, index);
        const bool is_short = own < short_clip;
        const bool group_takes_it = grouping && is_short && !begins_group(items[index].source, clips) &&
                                    segments.back().pieces.size() < kMostClips;
        if (group_takes_it) {
            append(segments.back(), segment_of(items[index], index, {}, own));
        } else {
            cut_inside(segments, items, index, rate);
        }
        grouping = is_short;
    }
    return without_stubs(segments);
}

Segment uncut(std::span<const Item> items) {
    Segment whole;
    for (std::size_t index = 0; index < items.size(); ++index) {
        append(whole, segment_of(items[index], index, {}, own_frames(items, index)));
    }
    return whole;
}

}  // namespace dadcam::timeline

#include <algorithm>
#include <cmath>
#include <libdadcam/measure/headers.hpp>
#include <libdadcam/measure/regions.hpp>

namespace dadcam::measure {
namespace {

constexpr double kBack = 0.1e6;             // microseconds
constexpr double kForward = 10e6;           // microseconds
constexpr double kHole = 0.5e6;             // microseconds: a picture that is longer stands still
constexpr int kHoleInPictures = 3;          // unless all are that long
constexpr std::size_t kMostHoles = 1000;    // more is noise, not a recording
constexpr std::int64_t kApart = 1'000'000;  // microseconds, from one key picture that is kept to the next

}  // namespace

bool RegionFinder::jumps(const Stream& stream, const Packet& packet, std::int64_t time) const {
    // NTSC's sound has two sizes by turns, 1600 and 1602 samples.
    if (sizes_tell_ && std::abs(packet.size - stream.size) * 20 > stream.size) return true;
    // Two recordings one behind the other, whose clocks overlap by a picture or two: a key picture is shown behind all
    // that is decoded before it.
    const bool shown_before = packet.pts && stream.shown && *packet.pts <= *stream.shown;
    if (packet.kind == Kind::picture && packet.key && (time <= *stream.last || shown_before)) return true;
    return static_cast<double>(*stream.last - time) * tick_us_ > kBack ||
           static_cast<double>(time - stream.end) * tick_us_ > kForward;
}

void RegionFinder::add(const Packet& packet) {
    const auto time = packet.dts ? packet.dts : packet.pts;
    if (packet.kind == Kind::other || !time) return;
    auto& stream = streams_.try_emplace(packet.stream, Stream{{}, {}, 0, 0, beginnings_.size()}).first->second;
    if (stream.last && jumps(stream, packet, *time) && packet.byte) {
        stream.shown.reset();
        // The streams of a region come to it one after the other.
        if (stream.region == beginnings_.size())
            beginnings_.push_back(*packet.byte);
        else
            beginnings_.back() = std::min(beginnings_.back(), *packet.byte);
        stream.region = beginnings_.size();
    }
    stream.last = time;
    if (packet.pts) stream.shown = std::max(stream.shown.value_or(*packet.pts), *packet.pts);
    stream.end = *time + packet.duration.value_or(0);
    stream.size = packet.size;
}

std::vector<std::int64_t> RegionFinder::beginnings() const {
    auto sorted = beginnings_;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

void RegionReader::add(const Packet& packet, int to_recover) {
    if (packet.kind == Kind::sound && packet.byte) sounds_.try_emplace(packet.stream, *packet.byte);
    const auto time = packet.time();
    if (packet.kind != Kind::picture || !time) return;
    const auto found = pictures_.find(packet.stream);
    if (found == pictures_.end()) return begin(packet, *time, to_recover);
    auto& stretch = found->second;
    const auto length = packet.duration.value_or(0);
    stretch.last_byte = packet.byte.value_or(stretch.last_byte);
    stretch.shown_unknown = stretch.shown_unknown || !packet.pts;
    stretch.end = std::max(stretch.end, *time + length);
    look_for_hole(stretch, packet);
    stretch.is_behind_next_key = stretch.is_behind_next_key || packet.key;
    if (!stretch.is_behind_next_key) stretch.leading = std::min(stretch.leading, *time);
    if (packet.dts) stretch.decoded_end = std::max(stretch.decoded_end, *packet.dts + length);
    // Without gaps, pictures are shown for as long as they are decoded.
    if (stretch.shown_unknown) {
        stretch.end = std::max(stretch.end, stretch.first_key + stretch.decoded_end - stretch.decoded_first);
    }
    const auto right = *time + length * kMostPerReferred * to_recover;
    const auto us = std::llround(static_cast<double>(right - stretch.first_key) * tick_us_);
    if (packet.key && packet.byte && us >= stretch.keys.back().us + kApart) stretch.keys.push_back({us, *packet.byte});
}

/// Pictures are decoded in another order than they are shown in, but a hole between them is as long.
void RegionReader::look_for_hole(Stretch& stretch, const Packet& packet) const {
    if (!packet.dts || stretch.holes.size() >= kMostHoles) return;
    const auto missing = static_cast<double>(*packet.dts - stretch.decoded_end) * tick_us_;
    const auto length = static_cast<double>(packet.duration.value_or(0)) * tick_us_;
    if (missing <= std::max(kHole, kHoleInPictures * length)) return;
    const auto ended = static_cast<double>(stretch.decoded_end - stretch.decoded_first) * tick_us_;
    stretch.holes.push_back({std::llround(ended), std::llround(missing)});
}

void RegionReader::begin(const Packet& packet, std::int64_t time, int to_recover) {
    if (!packet.key || !packet.byte) {
        const auto before = before_key_.try_emplace(packet.stream, time).first;
        before->second = std::min(before->second, time);
        return;
    }
    const auto before = before_key_.find(packet.stream);
    Stretch stretch;
    stretch.first_key = stretch.leading = time;
    stretch.begins_with_key = before == before_key_.end();
    stretch.recovers = to_recover > 0;
    stretch.first = stretch.begins_with_key ? time : std::min(time, before->second);
    stretch.end = time + packet.duration.value_or(0);
    stretch.decoded_first = packet.dts.value_or(time);
    stretch.decoded_end = stretch.decoded_first + packet.duration.value_or(0);
    stretch.shown_unknown = !packet.pts;
    stretch.keys.push_back({0, *packet.byte});
    stretch.last_byte = *packet.byte;
    pictures_.emplace(packet.stream, std::move(stretch));
}

}  // namespace dadcam::measure

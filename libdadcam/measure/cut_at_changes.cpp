#include <algorithm>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/measure/cut_at_changes.hpp>
#include <libdadcam/measure/walk.hpp>

namespace dadcam::measure {
namespace {

using footage::Facts;
using footage::Span;

constexpr std::int64_t kOnePicture = 20'000;  // microseconds: less is left of a span behind a pause that is in none

bool same_picture(const Facts& a, const Facts& b) {
    const bool known = a.field_order != "unknown" && b.field_order != "unknown";
    if (known && a.field_order != b.field_order) return false;
    return a.width == b.width && a.height == b.height && a.sample_aspect == b.sample_aspect &&
           a.pixel_format == b.pixel_format && a.codec == b.codec;
}

bool same_sound(const footage::Sound& a, const footage::Sound& b) {
    return a.sample_rate == b.sample_rate && a.channels == b.channels && a.layout == b.layout && a.codec == b.codec &&
           a.stream_id == b.stream_id;
}

/// The key pictures as they are counted from a later beginning; the last one before it is where that is entered.
std::vector<footage::KeyPicture> counted_from(const std::vector<footage::KeyPicture>& keys, std::int64_t us) {
    std::vector<footage::KeyPicture> later;
    for (const auto& key : keys) {
        if (key.us <= us) later.clear();
        later.push_back({key.us - us, key.byte});
    }
    return later;
}

/// The holes as they are counted from a later beginning; those before it stay.
std::vector<footage::Hole> take_from(std::vector<footage::Hole>& holes, std::int64_t us) {
    const auto first = std::find_if(holes.begin(), holes.end(), [&](const auto& hole) { return hole.at_us >= us; });
    std::vector<footage::Hole> later(first, holes.end());
    holes.erase(first, holes.end());
    for (auto& hole : later) hole.at_us -= us;
    return later;
}

/// The first byte at which something of that kind changes again; else the end of what there is of it.
std::int64_t change_after(const std::vector<Change>& changes, std::size_t from, Kind kind, const Span& span) {
    for (auto at = from; at < changes.size(); ++at) {
        if (changes[at].kind == kind) return changes[at].byte;
    }
    return kind == Kind::picture ? span.pictures.end : span.sounds.end;
}

/// ffprobe tells what it met last in what it has read: the part that it is asked of ends where something changes.
void ask_before(const Asked& asked, Span& span, const std::vector<Change>& changes) {
    if (const auto end = change_after(changes, 0, Kind::picture, span); end != span.pictures.end) {
        if (const auto facts = asked.facts_of({span.pictures.begin, end})) {
            span.facts.width = facts->width;
            span.facts.height = facts->height;
            span.facts.sample_aspect = facts->sample_aspect;
            span.facts.pixel_format = facts->pixel_format;
            span.facts.field_order = facts->field_order;
            span.facts.rate = facts->rate;
        }
    }
    if (const auto end = change_after(changes, 0, Kind::sound, span); span.facts.sound && end != span.sounds.end) {
        if (auto sound = asked.sound_of({span.sounds.begin, end})) span.facts.sound = std::move(sound);
    }
}

/// The rest of a span from a change on, which is taken off it; nothing where on asking nothing has changed. `until`:
/// the byte of the next change of the kind.
std::optional<Span> rest_from(const Asked& asked, Span& span, const Change& change, std::int64_t until) {
    const auto tick = tick_us(span.facts);
    const auto end = span.facts.start_pts + std::llround(static_cast<double>(span.facts.duration_us) / tick);
    Span rest = span;
    auto time = change.time;
    if (change.kind == Kind::picture) {
        const auto facts = asked.facts_of({change.byte, until});
        if (!facts || same_picture(*facts, span.facts)) return std::nullopt;
        rest.facts = *facts;
        rest.facts.sound = span.facts.sound;
        rest.pictures.begin = change.byte;
    } else {
        const auto sound = asked.sound_of({change.alone, std::max(change.alone, until)});
        if (!span.facts.sound || !sound || same_sound(*sound, *span.facts.sound)) return std::nullopt;
        rest.facts.sound = sound;
        rest.sounds.begin = change.byte;
        // The pictures change hands between two of them.
        if (const double step = span.facts.rate.positive() ? 1e6 / span.facts.rate.value() / tick : 0; step > 0) {
            const auto steps = std::round(static_cast<double>(time - span.facts.start_pts) / step);
            time = span.facts.start_pts + std::llround(steps * step);
        }
        time = std::max(time, span.facts.start_pts);  // sound may begin before its pictures
    }
    if (time >= end) return std::nullopt;
    set_times(rest, time, end);
    const auto since = std::llround(static_cast<double>(time - span.facts.start_pts) * tick);
    rest.keys = counted_from(span.keys, since);
    rest.holes = take_from(span.holes, since);
    if (change.kind == Kind::picture && rest.keys.front().byte != change.byte) {
        if (rest.keys.front().us <= 0) rest.keys.erase(rest.keys.begin());
        rest.keys.insert(rest.keys.begin(), {0, change.byte});
    }
    // A pause in front of the change is in neither of the two: nothing of it is there to be shown.
    const auto ended = change.kind == Kind::picture ? std::min(change.ended, time) : time;
    if (time > span.facts.start_pts) set_times(span, span.facts.start_pts, std::max(ended, span.facts.start_pts + 1));
    std::erase_if(span.holes, [&](const auto& hole) { return hole.at_us + kOnePicture >= span.facts.duration_us; });
    auto& old = change.kind == Kind::picture ? span.pictures : span.sounds;
    old.end = std::min(old.end, change.left);
    return rest;
}

}  // namespace

std::optional<Facts> Asked::facts_of(process::Part part, const std::optional<std::string>& field_order) const {
    const auto input = process::input_of(file, part);
    try {
        if (!field_order) return footage::look_into(ffprobe, ffmpeg, input, stop);
        auto facts = footage::probe(ffprobe, input, stop);
        facts.field_order = *field_order;
        return facts;
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        return std::nullopt;
    }
}

std::optional<footage::Sound> Asked::sound_of(process::Part part) const {
    try {
        return footage::probe_sound(ffprobe, process::input_of(file, part), stop);
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        return std::nullopt;
    }
}

void set_times(Span& span, std::int64_t begin, std::int64_t end) {
    const auto tick = tick_us(span.facts);
    span.facts.start_pts = begin;
    span.facts.start_us = std::llround(static_cast<double>(begin) * tick);
    span.facts.duration_us = std::max<std::int64_t>(1, std::llround(static_cast<double>(end - begin) * tick));
}

void let_sound_go_on(Span& span, const Span& next) {
    constexpr std::int64_t kApart = 1'000'000;  // microseconds: farther is another clock
    constexpr std::int64_t kBehind = 4 << 20;   // bytes: sound lies no farther behind its pictures
    if (!span.facts.sound || !next.facts.sound || !same_sound(*span.facts.sound, *next.facts.sound)) return;
    const auto end = span.facts.start_us + span.facts.duration_us;
    if (std::abs(next.facts.start_us - end) > kApart || span.sounds.end != next.sounds.begin) return;
    span.sounds.end = std::min(next.sounds.end, span.sounds.end + kBehind);
}

std::vector<Span> cut_at_changes(const Asked& asked, Span span, const std::vector<Change>& changes) {
    std::vector<Span> spans;
    ask_before(asked, span, changes);
    for (std::size_t at = 0; at < changes.size(); ++at) {
        const auto begin = span.facts.start_pts;
        auto rest = rest_from(asked, span, changes[at], change_after(changes, at + 1, changes[at].kind, span));
        if (!rest) continue;
        // What changes before its first picture has always been so.
        if (rest->facts.start_pts > begin) spans.push_back(std::move(span));
        for (auto& before : spans) {
            auto& end = (changes[at].kind == Kind::picture ? before.pictures : before.sounds).end;
            end = std::min(end, changes[at].left);
        }
        span = std::move(*rest);
    }
    spans.push_back(std::move(span));
    for (auto& one : spans) std::erase_if(one.keys, [&](const auto& key) { return key.byte >= one.pictures.end; });
    return spans;
}

}  // namespace dadcam::measure

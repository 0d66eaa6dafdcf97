#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/shape.hpp>
#include <libdadcam/measure/beginning.hpp>
#include <libdadcam/measure/clock.hpp>
#include <libdadcam/measure/cut_at_changes.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/measure/recodings.hpp>
#include <libdadcam/measure/regions.hpp>
#include <libdadcam/measure/sounds.hpp>
#include <libdadcam/measure/true_length.hpp>
#include <libdadcam/measure/walk.hpp>

namespace dadcam::measure {
namespace {

namespace fs = std::filesystem;
using footage::Facts;
using footage::Span;
using process::Part;

constexpr std::size_t kMostRegions = 10'000;

/// Sound that begins later than ffprobe looks: it is asked again, of the part from there on.
void find_late_sound(const Asked& asked, const RegionReader& reader, Span& span) {
    for (const auto& [stream, byte] : reader.sounds()) {
        const Part part{byte, span.pictures.end};
        span.facts.sound = asked.sound_of(part);
        if (!span.facts.sound) continue;
        span.sounds = part;
        return;
    }
}

/// A region as one span; nothing when no picture of it can be decoded.
std::optional<Span> span_of(const Asked& asked, Part part, const std::optional<Facts>& facts,
                            const RegionReader& reader) {
    const auto found = facts ? reader.pictures().find(facts->stream) : reader.pictures().end();
    if (found == reader.pictures().end()) return std::nullopt;
    const auto& stretch = found->second;
    Span span;
    span.facts = *facts;
    span.pictures = part;
    span.keys = stretch.keys;
    span.holes = stretch.holes;
    span.clock_counts = span.facts.container == "dv";
    const auto begin = begin_of(asked, part, span.facts, stretch);
    const auto apart =
        stretch.recovers ? stretch.first_key - begin : std::max<std::int64_t>(0, stretch.first_key - begin);
    const auto later = std::llround(static_cast<double>(apart) * tick_us(*facts));
    for (auto key = std::next(span.keys.begin()); key != span.keys.end(); ++key) key->us += later;
    set_times(span, begin, stretch.end);
    if (span.facts.sound)
        span.sounds = part;
    else
        find_late_sound(asked, reader, span);
    return span;
}

/// Whether a stream of the clip has that number: "0x100".
bool has_number(const std::string& stream_id, int pid) {
    return stream_id == fmt::format("{:#x}", pid);
}

/// A sound that is coded otherwise from somewhere on: as the demuxer lists it, it ends there. `begin`: of the pictures,
/// on whose clock a time that stands before it comes after the clock's end.
std::vector<Change> changes_of_sound(const std::vector<Recoding>& recodings, const footage::Sound& sound,
                                     std::int64_t begin) {
    constexpr std::int64_t kClockEnds = std::int64_t{1} << 33;
    constexpr std::int64_t kBefore = std::int64_t{60} * 90'000;  // ticks: sound may begin before its pictures
    std::vector<Change> changes;
    for (const auto& [pid, byte, first, time, left] : recodings) {
        const auto now = time < begin - kBefore ? time + kClockEnds : time;
        if (has_number(sound.stream_id, pid)) changes.push_back({Kind::sound, now, byte, now, byte, left});
    }
    return changes;
}

/// What is looked at while a region's packets are listed.
struct Region {
    Region(const Asked& asked, const Facts& facts)
        : reader(tick_us(facts)), changes(asked.file, facts), sounds(tick_us(facts)) {}
    void add(const Packet& packet) {
        changes.add(packet);
        reader.add(packet, changes.to_recover());
        sounds.add(packet);
    }
    /// In the order in which they lie in the file.
    std::vector<Change> changes_of(const Span& span, const RegionReader::Stretch& stretch,
                                   const std::vector<Recoding>& recodings) const {
        auto all = changes.found();
        if (const auto& sound = span.facts.sound) {
            const auto append = [&](const auto& more) { all.insert(all.end(), more.begin(), more.end()); };
            append(sounds.takeovers(sound->stream, stretch.first_key, stretch.end));
            append(changes_of_sound(recodings, *sound, stretch.first));
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.byte < b.byte; });
        return all;
    }
    RegionReader reader;
    ChangeFinder changes;
    SoundReader sounds;
};

/// Where the shape of a DV's pictures changes, whose clock then counts from there on. What is as short as a drop-out of
/// the tape is none.
std::vector<std::int64_t> changes_of_shape(const std::vector<Change>& changes) {
    constexpr std::int64_t kDropOut = 720'000;  // bytes: five pictures
    std::vector<std::int64_t> begins;
    for (const auto& change : changes) {
        if (!begins.empty() && change.byte - begins.back() < kDropOut)
            begins.pop_back();
        else
            begins.push_back(change.byte);
    }
    return begins;
}

/// How far into a file it is, for whoever waits: once through for its jumps, and where there are any, once more.
class Way {
public:
    Way(std::int64_t size, const std::function<void(std::int64_t)>& walked) : size_(size), walked_(walked) {}
    void first_time(const Packet& packet) { reach(packet.byte.value_or(0) / 2); }
    void second_time(const Packet& packet) { reach((size_ + packet.byte.value_or(0)) / 2); }
    void end() { reach(size_); }

private:
    void reach(std::int64_t bytes) {
        bytes = std::min(bytes, size_);
        if (bytes <= reached_) return;
        walked_(bytes - reached_);
        reached_ = bytes;
    }

    std::int64_t size_;
    std::int64_t reached_ = 0;
    const std::function<void(std::int64_t)>& walked_;
};

/// What lies behind the last picture of a region, where it is as much as half a second of it: there may be pictures
/// that are coded otherwise, or in another stream.
std::optional<Part> rest_of(Part part, const RegionReader::Stretch& stretch, double tick) {
    constexpr double kEnough = 0.5e6;  // microseconds
    const auto shown = static_cast<double>(stretch.end - stretch.first) * tick;
    const auto before = static_cast<double>(stretch.last_byte - part.begin);
    const auto behind = static_cast<double>(part.end - stretch.last_byte);
    if (before <= 0 || behind * shown <= before * kEnough) return std::nullopt;
    return Part{stretch.last_byte, part.end};
}

/// Measures a file, region by region.
class Measuring {
public:
    Measuring(const Asked& asked, const Facts& facts, std::int64_t size,
              const std::function<void(std::int64_t)>& walked)
        : asked_(asked), facts_(facts), size_(size), way_(size, walked), recodings_(asked.file) {}

    footage::Measurement operator()() {
        Region whole(asked_, facts_);
        const auto parts = parts_between_jumps({0, size_}, whole);
        const auto begins = recoded_pictures();
        if (begins.empty()) take_all(parts, whole);
        // What is coded otherwise confuses ffprobe, too: each of them is looked at by itself.
        for (std::size_t at = 0; at < begins.size(); ++at) {
            const Part part{begins[at], at + 1 < begins.size() ? begins[at + 1] : size_};
            Region own(asked_, asked_.facts_of(part).value_or(facts_));
            const auto spans = measured_.spans.size();
            take_all(parts_between_jumps(part, own), own);
            if (spans > 0 && spans < measured_.spans.size())
                let_sound_go_on(measured_.spans[spans - 1], measured_.spans[spans]);
        }
        way_.end();
        return std::move(measured_);
    }

private:
    std::vector<Part> parts_between_jumps(Part whole, Region& region) {
        RegionFinder finder(tick_us(facts_), facts_.container == "dv");
        auto clock = clock_of(facts_.container, tick_us(facts_));
        walk(
            asked_.ffprobe, process::input_of(asked_.file, whole),
            [&](const Packet& stamped) {
                const auto packet = clock(stamped).moved(whole.begin);
                finder.add(packet);
                region.add(packet);
                way_.first_time(packet);
                if (facts_.container == "mpegts") recodings_.read_to(packet.byte.value_or(0));
            },
            asked_.stop);
        auto beginnings = finder.beginnings();
        if (facts_.container == "dv") {
            const auto changes = changes_of_shape(region.changes.found());
            beginnings.insert(beginnings.end(), changes.begin(), changes.end());
            std::sort(beginnings.begin(), beginnings.end());
            beginnings.erase(std::unique(beginnings.begin(), beginnings.end()), beginnings.end());
        }
        if (beginnings.size() >= kMostRegions) {
            throw Error(Category::input_not_found, fmt::format("its clock jumps {} times", beginnings.size()));
        }
        std::vector<Part> parts{whole};
        for (const auto begin : beginnings) {
            parts.back().end = begin;
            parts.push_back({begin, whole.end});
        }
        return parts;
    }

    /// Where the pictures are coded otherwise, and the file's beginning before them; nothing where they never are.
    std::vector<std::int64_t> recoded_pictures() {
        if (facts_.container == "mpegts") recodings_.read_to(size_);
        std::vector<std::int64_t> begins;
        for (const auto& recoding : recodings_.found()) {
            const auto last = begins.empty() ? 0 : begins.back();
            // Which of its streams a part shows may be another one from part to part.
            const auto facts = asked_.facts_of({last, recoding.byte});
            if (recoding.byte <= last || !facts || !has_number(facts->stream_id, recoding.pid)) continue;
            if (begins.empty()) begins.push_back(0);
            begins.push_back(recoding.byte);
        }
        return begins;
    }

    void take_all(const std::vector<Part>& parts, const Region& whole) {
        for (const auto part : parts) {
            const auto own_facts =
                part == Part{0, size_} ? asked_.facts_of(part, facts_.field_order) : asked_.facts_of(part);
            // Clocks that jump confuse ffprobe: then each region is listed by itself.
            if (parts.size() > 1)
                take_alone(part, own_facts);
            else
                take(part, own_facts, whole);
        }
    }

    void take_alone(Part part, const std::optional<Facts>& facts) {
        Region region(asked_, facts.value_or(facts_));
        auto clock = clock_of(facts_.container, tick_us(facts_));
        walk(
            asked_.ffprobe, process::input_of(asked_.file, part),
            [&](const Packet& packet) {
                const auto moved = clock(packet).moved(part.begin);
                region.add(moved);
                way_.second_time(moved);
            },
            asked_.stop);
        take(part, facts, region);
    }

    void take(Part part, const std::optional<Facts>& facts, const Region& region) {
        auto span = span_of(asked_, part, facts, region.reader);
        if (!span) {
            measured_.lost.push_back({length_, 0});
            return;
        }
        span->sound_is_spliced = !span->clock_counts && region.sounds.is_spliced();
        const auto tick = tick_us(span->facts);
        const auto codec = span->facts.codec, stream = span->facts.stream_id;
        const auto& stretch = region.reader.pictures().at(span->facts.stream);
        const auto shown = stretch.recovers ? span->facts.start_pts : stretch.first_key;
        const auto before = std::llround(static_cast<double>(shown - stretch.first) * tick);
        if (before > 0) measured_.lost.push_back({length_, before});
        // Of a DV they are regions already.
        const auto changes =
            span->clock_counts ? std::vector<Change>{} : region.changes_of(*span, stretch, recodings_in(part));
        auto spans = cut_at_changes(asked_, std::move(*span), changes);
        for (const auto& one : spans) length_ += one.facts.duration_us;
        std::move(spans.begin(), spans.end(), std::back_inserter(measured_.spans));
        if (const auto rest = rest_of(part, stretch, tick)) {
            const auto others = asked_.facts_of(*rest);
            if (others && (others->codec != codec || others->stream_id != stream)) return take_alone(*rest, others);
        }
        auto& sound = measured_.spans.back().facts.sound;
        if (const auto end = region.sounds.end(); end && sound)
            sound->end_us = std::llround(static_cast<double>(*end) * tick);
    }

    std::vector<Recoding> recodings_in(Part part) const {
        std::vector<Recoding> inside;
        for (const auto& recoding : recodings_.found()) {
            if (recoding.byte > part.begin && recoding.first < part.end) inside.push_back(recoding);
        }
        return inside;
    }

    const Asked& asked_;
    const Facts& facts_;
    std::int64_t size_;
    Way way_;
    RecodingFinder recodings_;
    footage::Measurement measured_;
    std::int64_t length_ = 0;  ///< of the spans so far
};

}  // namespace

bool is_to_be_measured(const Facts& facts) {
    return facts.container == "mpeg" || facts.container == "mpegts" || facts.container == "dv";
}

bool has_sure_length(const Facts& facts) {
    return facts.measured || !is_to_be_measured(facts);
}

footage::Measurement measure(const std::string& ffprobe, const std::string& ffmpeg, const fs::path& absolute,
                             const Facts& facts, const process::Stop& stop,
                             const std::function<void(std::int64_t)>& walked) {
    const Asked asked{ffprobe, ffmpeg, absolute, stop};
    auto measured = Measuring(asked, facts, footage::file_state(absolute).size_bytes, walked)();
    std::int64_t length = 0;
    for (const auto& span : measured.spans) require_believable(length += span.facts.duration_us);
    if (measured.spans.empty()) throw Error(Category::input_not_found, "none of its pictures can be decoded");
    return measured;
}

Facts together(const footage::Measurement& measurement, std::optional<bool> wide) {
    auto facts = measurement.spans.front().facts;
    facts.measured = true;
    for (const auto& span : measurement.spans) {
        if (&span != &measurement.spans.front()) facts.duration_us += span.facts.duration_us;
        if (!facts.sound) facts.sound = span.facts.sound;
    }
    footage::take_shape(facts, wide);
    return facts;
}

}  // namespace dadcam::measure

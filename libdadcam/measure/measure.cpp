#include <fmt/format.h>

#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/measure/cut_at_changes.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/measure/regions.hpp>
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
    span.clock_counts = span.facts.container == "dv";
    // A stream that is entered between two key pictures begins with the first one that can be decoded.
    set_times(span, stretch.begins_with_key ? span.facts.start_pts : stretch.first_key, stretch.end);
    if (span.facts.sound)
        span.sounds = part;
    else
        find_late_sound(asked, reader, span);
    return span;
}

/// What is looked at while a region's packets are listed.
struct Region {
    Region(const Asked& asked, const Facts& facts) : reader(tick_us(facts)), changes(asked.file, facts) {}
    void add(const Packet& packet) {
        reader.add(packet);
        changes.add(packet);
    }
    RegionReader reader;
    ChangeFinder changes;
};

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

footage::Measurement spans_of(const Asked& asked, const Facts& facts, std::int64_t size,
                              const std::function<void(std::int64_t)>& walked) {
    Way way(size, walked);
    RegionFinder finder(tick_us(facts), facts.container == "dv");
    Region whole(asked, facts);
    walk(
        asked.ffprobe, process::input_of(asked.file, Part{0, size}),
        [&](const Packet& packet) {
            finder.add(packet);
            whole.add(packet);
            way.first_time(packet);
        },
        asked.stop);
    auto ends = finder.beginnings();
    if (ends.size() >= kMostRegions) {
        throw Error(Category::input_not_found, fmt::format("its clock jumps {} times", ends.size()));
    }
    ends.push_back(size);
    footage::Measurement measured;
    std::int64_t begin = 0, length = 0;
    for (const auto end : ends) {
        const Part part{begin, end};
        begin = end;
        const auto own_facts = asked.facts_of(part);
        // Clocks that jump confuse ffprobe: then each region is listed by itself.
        std::optional<Region> own;
        if (ends.size() > 1) {
            own.emplace(asked, own_facts.value_or(facts));
            walk(
                asked.ffprobe, process::input_of(asked.file, part),
                [&](const Packet& packet) {
                    const auto moved = packet.moved(part.begin);
                    own->add(moved);
                    way.second_time(moved);
                },
                asked.stop);
        }
        const auto& [reader, changes] = own ? *own : whole;
        auto span = span_of(asked, part, own_facts, reader);
        if (!span) {
            measured.lost.push_back({length, 0});
            continue;
        }
        const auto& stretch = reader.pictures().at(span->facts.stream);
        const auto before = std::llround(static_cast<double>(stretch.first_key - stretch.first) * tick_us(span->facts));
        if (!stretch.begins_with_key && before > 0) measured.lost.push_back({length, before});
        length += span->facts.duration_us;
        auto spans = cut_at_changes(asked, std::move(*span), changes.found());
        std::move(spans.begin(), spans.end(), std::back_inserter(measured.spans));
    }
    way.end();
    return measured;
}

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
    auto measured = spans_of(asked, facts, footage::file_state(absolute).size_bytes, walked);
    std::int64_t length = 0;
    for (const auto& span : measured.spans) require_believable(length += span.facts.duration_us);
    if (measured.spans.empty()) throw Error(Category::input_not_found, "none of its pictures can be decoded");
    return measured;
}

Facts together(const footage::Measurement& measurement) {
    auto facts = measurement.spans.front().facts;
    facts.measured = true;
    for (const auto& span : measurement.spans) {
        if (&span != &measurement.spans.front()) facts.duration_us += span.facts.duration_us;
        if (!facts.sound) facts.sound = span.facts.sound;
    }
    return facts;
}

}  // namespace dadcam::measure

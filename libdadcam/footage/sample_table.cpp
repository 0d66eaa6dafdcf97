#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <libdadcam/footage/movie_boxes.hpp>
#include <libdadcam/footage/sample_table.hpp>
#include <limits>
#include <string_view>
#include <utility>

namespace dadcam::footage {
namespace {

std::optional<std::uint64_t> number_at(std::istream& file, std::uint64_t at, std::size_t bytes) {
    const auto found = bytes_at(file, at, bytes);
    return found ? std::optional(big_endian(*found)) : std::nullopt;
}

/// Where a header's fields lie that come behind its two dates, which are longer in version 1.
std::optional<std::uint64_t> behind_dates(std::istream& file, const Box& header) {
    const auto version = number_at(file, header.contents, 1);
    if (!version) return std::nullopt;
    return header.contents + (*version == 1 ? 20 : 12);
}

std::optional<std::uint64_t> number_of(std::istream& file, const Box& trak) {
    const auto header = find_box(file, trak, {"tkhd"});
    const auto at = header ? behind_dates(file, *header) : std::nullopt;
    return at ? number_at(file, *at, 4) : std::nullopt;
}

std::optional<std::int64_t> scale_in(std::istream& file, const std::optional<Box>& header) {
    const auto at = header ? behind_dates(file, *header) : std::nullopt;
    const auto scale = at ? number_at(file, *at, 4) : std::nullopt;
    if (!scale || *scale == 0) return std::nullopt;
    return static_cast<std::int64_t>(*scale);
}

struct Run {
    std::int64_t samples = 0;
    std::uint64_t value = 0;  ///< 32 bits
};

/// A table of how many samples in a row have a value (`stts`, `ctts`), read in pieces: that of a recording of changing
/// rate has an entry for each picture.
class Runs {
public:
    Runs(std::istream& file, const Box& table)
        : file_(file), at_(table.contents + kFields), left_(number_at(file, table.contents + 4, 4).value_or(0)) {
        if (table.end - table.contents < kFields || (table.end - at_) / kEntry < left_) left_ = 0;
    }

    /// Nothing behind the last one.
    std::optional<Run> next() {
        if (used_ == bytes_.size() && !read()) return std::nullopt;
        const auto entry = std::string_view(bytes_).substr(used_, kEntry);
        used_ += kEntry;
        return Run{static_cast<std::int64_t>(big_endian(entry.substr(0, 4))), big_endian(entry.substr(4))};
    }

private:
    static constexpr std::uint64_t kFields = 8, kEntry = 8, kAtOnce = 8192;

    bool read() {
        const auto count = std::min(kAtOnce, left_);
        auto bytes = count > 0 ? bytes_at(file_, at_, static_cast<std::size_t>(count * kEntry)) : std::nullopt;
        left_ = bytes ? left_ - count : 0;
        if (!bytes) return false;
        at_ += count * kEntry;
        bytes_ = std::move(*bytes);
        used_ = 0;
        return true;
    }

    std::istream& file_;
    std::uint64_t at_;
    std::uint64_t left_;  ///< entries that were not read
    std::string bytes_;
    std::size_t used_ = 0;
};

/// When samples are shown, as far as they have been gone through. In ticks.
struct ShownTimes {
    std::optional<std::int64_t> first, last;
    std::int64_t step = 0;  ///< how long the last one is until the next one is decoded
    std::int64_t delay = 0;
    bool is_reordered = false;

    void add(std::int64_t at, std::int64_t samples, std::int64_t length, std::int64_t delayed) {
        const auto from = at + delayed, to = from + (samples - 1) * length;
        is_reordered = is_reordered || (first && delayed != delay);
        delay = delayed;
        first = std::min(first.value_or(from), from);
        if (to < last.value_or(to)) return;
        last = to;
        step = length;
    }
};

std::optional<SampleTimes> read_times(std::istream& file, const Box& steps, const std::optional<Box>& delays) {
    constexpr std::int64_t kMostTicks = std::numeric_limits<std::int64_t>::max() / 4;
    SampleTimes times;
    ShownTimes shown;
    Runs lengths(file, steps);
    std::optional<Runs> late;
    if (delays) late.emplace(file, *delays);
    Run delay;
    while (auto run = lengths.next()) {
        const auto length = static_cast<std::int64_t>(run->value);
        if (run->samples == 0) continue;
        // Each is less than 2^32, so that neither sum can overflow before it is looked at.
        if (run->samples > (kMostTicks - times.ticks) / std::max<std::int64_t>(1, length)) return std::nullopt;
        // One that others follow.
        const auto other = run->samples > 1 ? length : times.last;
        if (other > 0) times.shortest = times.shortest > 0 ? std::min(times.shortest, other) : other;
        if (run->samples > 1 && times.last > 0) times.shortest = std::min(times.shortest, times.last);
        times.samples += run->samples;
        times.last = length;
        while (run->samples > 0) {
            while (late && delay.samples == 0) {
                if (const auto next = late->next())
                    delay = *next;
                else
                    late.reset();
            }
            const auto count = late ? std::min(run->samples, delay.samples) : run->samples;
            const auto value = static_cast<std::uint32_t>(delay.value);  // signed in version 1
            shown.add(times.ticks, count, length, late ? static_cast<std::int32_t>(value) : 0);
            times.ticks += count * length;
            run->samples -= count;
            delay.samples -= late ? count : 0;
        }
    }
    if (times.samples == 0) return std::nullopt;
    // Of pictures that are reordered only the time to the next one that is decoded is known.
    times.last_shown = shown.is_reordered ? std::min(shown.step, times.last) : times.last;
    times.begin = *shown.first;
    times.end = *shown.last + times.last_shown;
    times.shown = times.end - times.begin;
    return times;
}

/// What an edit list shows of the samples: up to their end and all in one, or something else.
void take_edits(std::istream& file, const Box& edits, std::int64_t movie_scale, SampleTimes& times) {
    constexpr std::uint64_t kFields = 8, kMostEdits = 16;
    constexpr double kRounded = 0.0015;  // seconds: most movies count in milliseconds
    times.has_edits = true;
    times.is_whole = false;
    const auto version = number_at(file, edits.contents, 1), count = number_at(file, edits.contents + 4, 4);
    if (!version || !count || *count > kMostEdits) return;
    const std::size_t field = *version == 1 ? 8 : 4;
    const std::uint64_t nothing = *version == 1 ? ~std::uint64_t{0} : 0xffff'ffffU;
    const auto scale = static_cast<double>(times.scale), begin = static_cast<double>(times.begin),
               end = static_cast<double>(times.end);
    int stretches = 0;
    double shown = 0;
    for (std::uint64_t edit = 0; edit < *count; ++edit) {
        const auto at = edits.contents + kFields + edit * (2 * field + 4);
        const auto length = number_at(file, at, field), first = number_at(file, at + field, field);
        if (!length || !first) return;
        if (*first == nothing) continue;
        ++stretches;
        const double from = static_cast<double>(*first);
        const double until =
            *length == 0 ? end : from + static_cast<double>(*length) / static_cast<double>(movie_scale) * scale;
        times.is_whole = until >= std::min(end, static_cast<double>(times.ticks)) - kRounded * scale;
        shown = std::min(until, end) - std::max(from, begin);
    }
    times.is_whole = times.is_whole && stretches == 1;
    times.shown = std::llround(std::clamp(shown, 0.0, end - begin));
}

}  // namespace

std::optional<SampleTimes> sample_times(const std::filesystem::path& file, const std::string& track) {
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return std::nullopt;
    return sample_times(stream, static_cast<std::uint64_t>(stream.tellg()), track);
}

std::optional<SampleTimes> sample_times(std::istream& file, std::uint64_t size, const std::string& track) {
    std::uint32_t number = 0;
    if (!track.starts_with("0x")) return std::nullopt;
    const auto* const end = track.data() + track.size();
    if (std::from_chars(track.data() + 2, end, number, 16).ptr != end) return std::nullopt;
    const auto movie = find_box(file, {"", 0, size}, {"moov"});
    if (!movie) return std::nullopt;
    std::optional<Box> wanted;
    for_each_box(file, movie->contents, movie->end, [&](const Box& box) {
        if (box.type == "trak" && number_of(file, box) == number) wanted = box;
        return !wanted;
    });
    if (!wanted) return std::nullopt;
    const auto scale = scale_in(file, find_box(file, *wanted, {"mdia", "mdhd"}));
    const auto movie_scale = scale_in(file, find_box(file, *movie, {"mvhd"}));
    const auto table = find_box(file, *wanted, {"mdia", "minf", "stbl", "stts"});
    const auto edits = find_box(file, *wanted, {"edts", "elst"});
    if (!scale || !movie_scale || !table) return std::nullopt;
    auto times = read_times(file, *table, find_box(file, *wanted, {"mdia", "minf", "stbl", "ctts"}));
    if (!times) return std::nullopt;
    times->scale = *scale;
    if (edits) take_edits(file, *edits, *movie_scale, *times);
    return times;
}

}  // namespace dadcam::footage

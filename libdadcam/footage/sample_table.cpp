#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <libdadcam/footage/movie_boxes.hpp>
#include <libdadcam/footage/sample_table.hpp>
#include <limits>
#include <string_view>

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

/// Reads the table in pieces: that of a recording of changing rate has an entry for each picture.
std::optional<SampleTimes> read_times(std::istream& file, const Box& table) {
    constexpr std::uint64_t kFields = 8, kEntry = 8, kAtOnce = 8192;
    constexpr std::int64_t kMostTicks = std::numeric_limits<std::int64_t>::max() / 4;
    const auto entries = number_at(file, table.contents + 4, 4);
    if (!entries || *entries == 0 || (table.end - table.contents - kFields) / kEntry < *entries) return std::nullopt;
    SampleTimes times;
    for (std::uint64_t from = 0; from < *entries; from += kAtOnce) {
        const auto count = std::min(kAtOnce, *entries - from);
        const auto bytes =
            bytes_at(file, table.contents + kFields + from * kEntry, static_cast<std::size_t>(count * kEntry));
        if (!bytes) return std::nullopt;
        for (std::uint64_t at = 0; at < count * kEntry; at += kEntry) {
            const auto samples = static_cast<std::int64_t>(big_endian(std::string_view(*bytes).substr(at, 4)));
            const auto length = static_cast<std::int64_t>(big_endian(std::string_view(*bytes).substr(at + 4, 4)));
            if (samples == 0) continue;
            // Each is less than 2^32, so that neither sum can overflow before it is looked at.
            if (samples > (kMostTicks - times.ticks) / std::max<std::int64_t>(1, length)) return std::nullopt;
            times.samples += samples;
            times.ticks += samples * length;
            times.last = length;
        }
    }
    times.shown = times.ticks;
    return times.samples > 0 ? std::optional(times) : std::nullopt;
}

/// By how many ticks the first sample is shown later than it is decoded.
std::int64_t first_delay(std::istream& file, const Box& track) {
    constexpr std::uint64_t kFirst = 12;  // bytes: version, number of entries, for how many samples this one is
    const auto delays = find_box(file, track, {"mdia", "minf", "stbl", "ctts"});
    const auto delay = delays ? number_at(file, delays->contents + kFirst, 4) : std::nullopt;
    return delay && delays->contents + kFirst < delays->end ? static_cast<std::int32_t>(*delay) : 0;
}

/// What an edit list shows of the samples: up to their end and all in one, or something else.
void take_edits(std::istream& file, const Box& edits, std::int64_t delay, std::int64_t movie_scale,
                SampleTimes& times) {
    constexpr std::uint64_t kFields = 8, kMostEdits = 16;
    constexpr double kRounded = 0.0015;  // seconds: most movies count in milliseconds
    times.has_edits = true;
    times.is_whole = false;
    const auto version = number_at(file, edits.contents, 1), count = number_at(file, edits.contents + 4, 4);
    if (!version || !count || *count > kMostEdits) return;
    const std::size_t field = *version == 1 ? 8 : 4;
    const std::uint64_t nothing = *version == 1 ? ~std::uint64_t{0} : 0xffff'ffffU;
    const auto end = static_cast<double>(times.ticks + delay), scale = static_cast<double>(times.scale);
    int stretches = 0;
    double shown = 0;
    for (std::uint64_t edit = 0; edit < *count; ++edit) {
        const auto at = edits.contents + kFields + edit * (2 * field + 4);
        const auto length = number_at(file, at, field), begin = number_at(file, at + field, field);
        if (!length || !begin) return;
        if (*begin == nothing) continue;
        ++stretches;
        const double from = static_cast<double>(*begin);
        const double ticks = static_cast<double>(*length) / static_cast<double>(movie_scale) * scale;
        times.is_whole = *length == 0 || from + ticks >= static_cast<double>(times.ticks) - kRounded * scale;
        shown = *length == 0 ? end - from : std::min(ticks, end - from);
    }
    times.is_whole = times.is_whole && stretches == 1;
    times.shown = std::llround(std::clamp(shown, 0.0, static_cast<double>(times.ticks)));
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
    auto times = read_times(file, *table);
    if (!times) return std::nullopt;
    times->scale = *scale;
    if (edits) take_edits(file, *edits, first_delay(file, *wanted), *movie_scale, *times);
    return times;
}

}  // namespace dadcam::footage

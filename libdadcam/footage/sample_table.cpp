#include <algorithm>
#include <charconv>
#include <fstream>
#include <libdadcam/footage/movie_boxes.hpp>
#include <libdadcam/footage/sample_table.hpp>
#include <limits>
#include <string_view>
#include <utility>

namespace dadcam::footage {
namespace {

/// A track's boxes that are asked for.
struct Track {
    std::optional<std::uint32_t> number;
    std::optional<Box> media_header, times, edits;
};

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

Track track_in(std::istream& file, const Box& trak) {
    Track track;
    const auto into = [&](const Box& box, auto look) { for_each_box(file, box.contents, box.end, look); };
    into(trak, [&](const Box& box) {
        if (box.type == "tkhd") {
            if (const auto at = behind_dates(file, box))
                if (const auto number = number_at(file, *at, 4)) track.number = static_cast<std::uint32_t>(*number);
        } else if (box.type == "edts") {
            into(box, [&](const Box& inner) {
                if (inner.type == "elst") track.edits = inner;
                return true;
            });
        } else if (box.type == "mdia") {
            into(box, [&](const Box& inner) {
                if (inner.type == "mdhd") track.media_header = inner;
                if (inner.type != "minf") return true;
                into(inner, [&](const Box& table) {
                    if (table.type != "stbl") return true;
                    into(table, [&](const Box& one) {
                        if (one.type == "stts") track.times = one;
                        return true;
                    });
                    return true;
                });
                return true;
            });
        }
        return true;
    });
    return track;
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
    return times.samples > 0 ? std::optional(times) : std::nullopt;
}

/// Whether one stretch of the samples is shown, up to their end.
bool shows_the_end(std::istream& file, const Box& edits, const SampleTimes& times, std::int64_t movie_scale) {
    constexpr std::uint64_t kFields = 8, kMostEdits = 16;
    constexpr double kRounded = 0.0015;  // seconds: most movies count in milliseconds
    const auto version = number_at(file, edits.contents, 1), count = number_at(file, edits.contents + 4, 4);
    if (!version || !count || *count > kMostEdits) return false;
    const std::size_t field = *version == 1 ? 8 : 4;
    const std::uint64_t nothing = *version == 1 ? ~std::uint64_t{0} : 0xffff'ffffU;
    int shown = 0;
    bool reaches = false;
    for (std::uint64_t edit = 0; edit < *count; ++edit) {
        const auto at = edits.contents + kFields + edit * (2 * field + 4);
        const auto length = number_at(file, at, field), begin = number_at(file, at + field, field);
        if (!length || !begin) return false;
        if (*begin == nothing) continue;
        ++shown;
        const double end = static_cast<double>(*begin) / static_cast<double>(times.scale) +
                           static_cast<double>(*length) / static_cast<double>(movie_scale);
        reaches = *length == 0 || end >= static_cast<double>(times.ticks) / static_cast<double>(times.scale) - kRounded;
    }
    return shown == 1 && reaches;
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
    std::optional<Box> movie, header;
    for_each_box(file, 0, size, [&](const Box& box) {
        if (box.type == "moov") movie = box;
        return !movie;
    });
    if (!movie) return std::nullopt;
    Track wanted;
    for_each_box(file, movie->contents, movie->end, [&](const Box& box) {
        if (box.type == "mvhd") header = box;
        if (box.type != "trak" || wanted.number) return true;
        if (auto found = track_in(file, box); found.number == number) wanted = std::move(found);
        return true;
    });
    const auto scale = scale_in(file, wanted.media_header), movie_scale = scale_in(file, header);
    if (!scale || !movie_scale || !wanted.times) return std::nullopt;
    auto times = read_times(file, *wanted.times);
    if (!times) return std::nullopt;
    times->scale = *scale;
    times->has_edits = wanted.edits.has_value();
    times->is_whole = !wanted.edits || shows_the_end(file, *wanted.edits, *times, *movie_scale);
    return times;
}

}  // namespace dadcam::footage

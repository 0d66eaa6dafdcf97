#include <algorithm>
#include <cerrno>
#include <fstream>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/render/boxes.hpp>
#include <libdadcam/render/edits.hpp>

namespace dadcam::render {
namespace {

/// When the first picture is shown, by the samples' own clock.
std::int64_t first_shown(const BoxFile& file, const Box& track) {
    const auto table = file.required(track, {"mdia", "minf", "stbl"});
    auto times = decoding_times(file, table);
    delay(times, file, table);
    return times.empty() ? 0 : *std::min_element(times.begin(), times.end());
}

/// Where the first picture in the file is shown, by the samples' own clock, where an edit list lets the track begin
/// with it, later than the film does; else nothing.
std::optional<std::int64_t> late_beginning(const BoxFile& file, const Box& track) {
    const auto list = file.find(track, {"edts", "elst"});
    if (!list) return std::nullopt;
    constexpr std::int64_t kHeader = 8, kRate = 4;
    const std::size_t width = file.has_version_1(*list) ? 8 : 4;
    const BoxTable edits(file, *list, 2 * width + kRate);
    const std::string nothing(width, '\xff');
    if (edits.rows() != 2 || file.bytes(list->from + kHeader + static_cast<std::int64_t>(width), width) != nothing)
        return std::nullopt;
    return edits.field(1, width, width);
}

class Writer {
public:
    Writer(std::fstream& stream, const std::filesystem::path& path) : stream_(stream), path_(path) {}
    void write(std::int64_t at, const std::string& bytes) {
        stream_.clear();
        stream_.seekp(at);
        if (!(stream_ << bytes << std::flush)) library::throw_write_error(path_, errno);
    }

private:
    std::fstream& stream_;
    const std::filesystem::path& path_;
};

/// Counts when pictures are shown from the first one that is, and not from when the first one is decoded.
void count_from(std::int64_t first, std::int64_t late, const BoxFile& file, const Box& track, Writer& writer) {
    constexpr std::int64_t kHeader = 8, kType = 4, kRow = 8;
    const Box table = file.required(track, {"mdia", "minf", "stbl", "ctts"});
    const BoxTable delays(file, table, kRow);
    std::string rows;
    for (std::int64_t row = 0; row < delays.rows(); ++row)
        rows += number_text(delays.field(row, 0, 4)) +
                number_text(static_cast<std::int32_t>(delays.field(row, 4, 4)) - first);
    writer.write(table.from, "\1");  // the version of the table whose delays may be negative
    writer.write(table.from + kHeader, rows);
    const Box header = file.required(track, {"mdia", "mdhd"});
    const bool is_wide = file.has_version_1(header);
    const std::int64_t at = header.from + (is_wide ? 24 : 16);
    const std::size_t width = is_wide ? 8 : 4;
    writer.write(at, number_text(file.number(at, width) + late - first, width));
    writer.write(file.required(track, {"edts"}).from - kType, "free");
}

}  // namespace

void show_first_pictures(const std::filesystem::path& film) {
    std::error_code error;
    const auto size = std::filesystem::file_size(film, error);
    std::fstream stream(film, std::ios::binary | std::ios::in | std::ios::out);
    if (error || !stream) library::throw_write_error(film, error ? error.value() : errno);
    const BoxFile file(stream, static_cast<std::int64_t>(size));
    Writer writer(stream, film);
    for (const auto& track : file.boxes(file.required(file.whole(), {"moov"}))) {
        if (track.type != "trak" || file.kind_of(track) != "vide") continue;
        const auto late = late_beginning(file, track);
        if (!late) continue;
        const auto first = first_shown(file, track);
        if (first < *late) count_from(first, *late, file, track, writer);
    }
}

}  // namespace dadcam::render

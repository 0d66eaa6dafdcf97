#include <algorithm>
#include <array>
#include <fstream>
#include <libdadcam/render/boxes.hpp>
#include <libdadcam/render/index.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::render {
namespace {

constexpr std::int64_t kLongest = std::int64_t{1} << 53;

/// What an encoder put before the sound: the edit list passes over it.
std::int64_t passed_over(const BoxFile& file, const Box& track) {
    const auto list = file.find(track, {"edts", "elst"});
    if (!list) return 0;
    const std::size_t width = file.has_version_1(*list) ? 8 : 4;
    const BoxTable edits(file, *list, 2 * width + 4);
    if (edits.rows() != 1) refuse_movie("a track of it does not begin at its beginning");
    return edits.field(0, width, width);
}

std::int64_t time_scale_of(const BoxFile& file, const Box& track) {
    const Box header = file.required(track, {"mdia", "mdhd"});
    const auto ticks_a_second = file.number(header.from + (file.has_version_1(header) ? 20 : 12), 4);
    if (ticks_a_second <= 0) refuse_movie("a track of it has no time scale");
    return ticks_a_second;
}

Samples length_of(const BoxFile& file, const Box& track) {
    const auto ticks_a_second = time_scale_of(file, track);
    const BoxTable steps(file, file.required(track, {"mdia", "minf", "stbl", "stts"}), 8);
    std::int64_t ticks = -passed_over(file, track);
    for (std::int64_t row = 0; row < steps.rows(); ++row) {
        const auto count = steps.field(row, 0, 4), length = steps.field(row, 4, 4);
        if (length > 0 && count > kLongest / length) refuse_movie("its sound is too long");
        ticks += count * length;
        if (ticks > kLongest) refuse_movie("its sound is too long");
    }
    return Samples{rounded_product(ticks, kSampleRate, ticks_a_second)};
}

/// Where the samples of a track lie that are all of one size.
std::vector<Chunk> chunks_of(const BoxFile& file, const Box& table, std::int64_t sample_bytes) {
    const BoxTable runs(file, file.required(table, {"stsc"}), 12);
    const auto wide = file.find(table, {"co64"});
    const std::size_t width = wide ? 8 : 4;
    const BoxTable offsets(file, wide ? *wide : file.required(table, {"stco"}), width);
    if (runs.rows() > offsets.rows()) refuse_movie("its sound lies in too many pieces");
    std::vector<Chunk> chunks;
    for (std::int64_t run = 0; run < runs.rows(); ++run) {
        const auto first = runs.field(run, 0, 4) - 1, samples = runs.field(run, 4, 4);
        const auto end = run + 1 < runs.rows() ? runs.field(run + 1, 0, 4) - 1 : offsets.rows();
        if (first != static_cast<std::int64_t>(chunks.size()) || end > offsets.rows())
            refuse_movie("its sound has gaps");
        for (auto at = first; at < end; ++at) {
            const Chunk chunk{offsets.field(at, 0, width), samples * sample_bytes};
            if (chunk.offset > file.size() || chunk.bytes > file.size() - chunk.offset)
                refuse_movie("its sound is incomplete");
            chunks.push_back(chunk);
        }
    }
    return chunks;
}

}  // namespace

PictureTimes picture_times(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) refuse_movie(path.string() + " cannot be read");
    const BoxFile file(in, static_cast<std::int64_t>(size));
    const Box movie = file.required(file.whole(), {"moov"});
    for (const auto& track : file.boxes(movie)) {
        if (track.type != "trak" || file.kind_of(track) != "vide") continue;
        const Box table = file.required(track, {"mdia", "minf", "stbl"});
        PictureTimes found{decoding_times(file, table), time_scale_of(file, track)};
        delay(found.times, file, table);
        const auto before = passed_over(file, track);
        for (auto& time : found.times) time -= before;
        std::sort(found.times.begin(), found.times.end());
        return found;
    }
    refuse_movie("it has no pictures");
}

Index read_index(std::istream& in, std::int64_t size) {
    const BoxFile file(in, size);
    const Box all = file.whole();
    const Box movie = file.required(all, {"moov"});
    file.required(all, {"mdat"});
    if (file.boxes(all).back().to != size) refuse_movie("its last box is incomplete");
    std::optional<Frames> frames;
    std::optional<Samples> samples;
    Index index;
    for (const auto& track : file.boxes(movie)) {
        if (track.type != "trak") continue;
        const auto kind = file.kind_of(track);
        const Box table = file.required(track, {"mdia", "minf", "stbl"});
        const Box sizes = file.required(table, {"stsz"});
        const auto sample_bytes = file.number(sizes.from + 4, 4);
        if (kind == "vide") {
            frames = Frames{file.number(sizes.from + 8, 4)};
        } else if (kind == "soun") {
            samples = length_of(file, track);
            if (sample_bytes > 0) index.sound = chunks_of(file, table, sample_bytes);
        }
    }
    index.measured = {frames.value_or(Frames{}), samples.value_or(Samples{})};
    return index;
}

Index index_of(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) refuse_movie(path.string() + " cannot be read");
    return read_index(in, static_cast<std::int64_t>(size));
}

bool begins_as_movie(const std::filesystem::path& path) {
    std::array<char, 8> box{};  // its length, its type
    return std::ifstream(path, std::ios::binary).read(box.data(), box.size()) &&
           std::string_view(box.data() + 4, 4) == "ftyp";
}

}  // namespace dadcam::render

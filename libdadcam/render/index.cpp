#include <algorithm>
#include <array>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/render/index.hpp>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostBoxes = 1000;  // in one box
constexpr std::size_t kMostPictures = 100'000'000;
constexpr std::int64_t kLongest = std::int64_t{1} << 53;

[[noreturn]] void refuse(const std::string& detail) {
    throw Error(Category::encoding_error, "ffmpeg reported success, but what it wrote is incomplete.",
                "Run it again. If it keeps happening, `dadcam export-details RUN --logs` shows what ffmpeg said.",
                detail);
}

/// Big-endian, as all of them.
std::int64_t read_number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    if (value > std::numeric_limits<std::int64_t>::max()) refuse("a number in its index is out of range");
    return static_cast<std::int64_t>(value);
}

/// A box's contents: [from, to).
struct Box {
    std::string type;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

class File {
public:
    File(std::istream& in, std::int64_t size) : in_(in), size_(size) {}
    std::int64_t size() const { return size_; }

    std::string bytes(std::int64_t at, std::size_t count) const {
        std::string text(count, '\0');
        in_.clear();
        in_.seekg(at);
        if (!in_.read(text.data(), static_cast<std::streamsize>(count))) refuse("it ends within its index");
        return text;
    }

    std::int64_t number(std::int64_t at, std::size_t count) const { return read_number(bytes(at, count)); }

    /// The boxes in [from, to).
    std::vector<Box> boxes(std::int64_t from, std::int64_t to) const {
        constexpr std::int64_t kHeader = 8, kLongHeader = 16;
        std::vector<Box> found;
        while (to - from >= kHeader) {
            std::int64_t length = number(from, 4), header = kHeader;
            if (length == 1) {
                length = number(from + kHeader, 8);
                header = kLongHeader;
            }
            if (length < header || length > to - from) refuse("a box in it is incomplete");
            found.push_back({bytes(from + 4, 4), from + header, from + length});
            if (found.size() > kMostBoxes) refuse("it has too many boxes");
            from += length;
        }
        return found;
    }

private:
    std::istream& in_;
    std::int64_t size_;
};

std::optional<Box> find(const File& file, Box box, std::initializer_list<std::string_view> path) {
    for (const auto type : path) {
        const auto inside = file.boxes(box.from, box.to);
        const auto found = std::find_if(inside.begin(), inside.end(), [&](const Box& b) { return b.type == type; });
        if (found == inside.end()) return std::nullopt;
        box = *found;
    }
    return box;
}

/// A table of rows behind the box's version and the number of its rows.
class Table {
public:
    Table(const File& file, const Box& box, std::size_t row_bytes) : row_bytes_(row_bytes) {
        constexpr std::int64_t kHeader = 8;
        if (box.to - box.from < kHeader) refuse("a table of it is too short");
        rows_ = file.number(box.from + 4, 4);
        const auto size = static_cast<std::size_t>(rows_) * row_bytes_;
        if (static_cast<std::int64_t>(size) > box.to - box.from - kHeader) refuse("a table of it is too short");
        bytes_ = file.bytes(box.from + kHeader, size);
    }
    std::int64_t rows() const { return rows_; }
    /// `offset` and `count` of a field's bytes within its row.
    std::int64_t field(std::int64_t row, std::size_t offset, std::size_t count) const {
        return read_number(std::string_view(bytes_).substr(static_cast<std::size_t>(row) * row_bytes_ + offset, count));
    }

private:
    std::size_t row_bytes_;
    std::int64_t rows_ = 0;
    std::string bytes_;
};

Box required(const File& file, const Box& box, std::initializer_list<std::string_view> path) {
    if (auto found = find(file, box, path)) return *found;
    refuse("a part of its index is missing: " + std::string(*(path.end() - 1)));
}

bool has_version_1(const File& file, const Box& box) {
    return file.number(box.from, 1) == 1;
}

/// What an encoder put before the sound: the edit list passes over it.
std::int64_t passed_over(const File& file, const Box& track) {
    const auto list = find(file, track, {"edts", "elst"});
    if (!list) return 0;
    const std::size_t width = has_version_1(file, *list) ? 8 : 4;
    const Table edits(file, *list, 2 * width + 4);
    if (edits.rows() != 1) refuse("a track of it does not begin at its beginning");
    return edits.field(0, width, width);
}

std::int64_t time_scale_of(const File& file, const Box& track) {
    const Box header = required(file, track, {"mdia", "mdhd"});
    const auto ticks_a_second = file.number(header.from + (has_version_1(file, header) ? 20 : 12), 4);
    if (ticks_a_second <= 0) refuse("a track of it has no time scale");
    return ticks_a_second;
}

Samples length_of(const File& file, const Box& track) {
    const auto ticks_a_second = time_scale_of(file, track);
    const Table steps(file, required(file, track, {"mdia", "minf", "stbl", "stts"}), 8);
    std::int64_t ticks = -passed_over(file, track);
    for (std::int64_t row = 0; row < steps.rows(); ++row) {
        const auto count = steps.field(row, 0, 4), length = steps.field(row, 4, 4);
        if (length > 0 && count > kLongest / length) refuse("its sound is too long");
        ticks += count * length;
        if (ticks > kLongest) refuse("its sound is too long");
    }
    return Samples{rounded_product(ticks, kSampleRate, ticks_a_second)};
}

/// Where the samples of a track lie that are all of one size.
std::vector<Chunk> chunks_of(const File& file, const Box& table, std::int64_t sample_bytes) {
    const Table runs(file, required(file, table, {"stsc"}), 12);
    const auto wide = find(file, table, {"co64"});
    const std::size_t width = wide ? 8 : 4;
    const Table offsets(file, wide ? *wide : required(file, table, {"stco"}), width);
    if (runs.rows() > offsets.rows()) refuse("its sound lies in too many pieces");
    std::vector<Chunk> chunks;
    for (std::int64_t run = 0; run < runs.rows(); ++run) {
        const auto first = runs.field(run, 0, 4) - 1, samples = runs.field(run, 4, 4);
        const auto end = run + 1 < runs.rows() ? runs.field(run + 1, 0, 4) - 1 : offsets.rows();
        if (first != static_cast<std::int64_t>(chunks.size()) || end > offsets.rows()) refuse("its sound has gaps");
        for (auto at = first; at < end; ++at) {
            const Chunk chunk{offsets.field(at, 0, width), samples * sample_bytes};
            if (chunk.offset > file.size() || chunk.bytes > file.size() - chunk.offset)
                refuse("its sound is incomplete");
            chunks.push_back(chunk);
        }
    }
    return chunks;
}

std::string kind_of(const File& file, const Box& track) {
    return file.bytes(required(file, track, {"mdia", "hdlr"}).from + 8, 4);
}

/// In the order in which they are decoded: when each is decoded, counted from the first one.
std::vector<std::int64_t> decoding_times(const File& file, const Box& table) {
    const Table steps(file, required(file, table, {"stts"}), 8);
    std::vector<std::int64_t> times;
    std::int64_t at = 0;
    for (std::int64_t row = 0; row < steps.rows(); ++row) {
        for (auto left = steps.field(row, 0, 4); left > 0; --left, at += steps.field(row, 4, 4)) {
            if (times.size() >= kMostPictures) refuse("it has too many pictures");
            times.push_back(at);
        }
    }
    return times;
}

/// And by how much later each is shown.
void delay(std::vector<std::int64_t>& times, const File& file, const Box& table) {
    const auto box = find(file, table, {"ctts"});
    if (!box) return;
    const Table delays(file, *box, 8);
    std::size_t picture = 0;
    for (std::int64_t row = 0; row < delays.rows(); ++row) {
        const auto later = static_cast<std::int32_t>(delays.field(row, 4, 4));  // signed in version 1
        for (auto left = delays.field(row, 0, 4); left > 0 && picture < times.size(); --left) times[picture++] += later;
    }
}

}  // namespace

PictureTimes picture_times(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) refuse(path.string() + " cannot be read");
    const File file(in, static_cast<std::int64_t>(size));
    const Box movie = required(file, {"", 0, file.size()}, {"moov"});
    for (const auto& track : file.boxes(movie.from, movie.to)) {
        if (track.type != "trak" || kind_of(file, track) != "vide") continue;
        const Box table = required(file, track, {"mdia", "minf", "stbl"});
        PictureTimes found{decoding_times(file, table), time_scale_of(file, track)};
        delay(found.times, file, table);
        const auto before = passed_over(file, track);
        for (auto& time : found.times) time -= before;
        std::sort(found.times.begin(), found.times.end());
        return found;
    }
    refuse("it has no pictures");
}

Index read_index(std::istream& in, std::int64_t size) {
    const File file(in, size);
    const Box all{"", 0, size};
    const Box movie = required(file, all, {"moov"});
    required(file, all, {"mdat"});
    if (file.boxes(0, size).back().to != size) refuse("its last box is incomplete");
    std::optional<Frames> frames;
    std::optional<Samples> samples;
    Index index;
    for (const auto& track : file.boxes(movie.from, movie.to)) {
        if (track.type != "trak") continue;
        const auto kind = kind_of(file, track);
        const Box table = required(file, track, {"mdia", "minf", "stbl"});
        const Box sizes = required(file, table, {"stsz"});
        const auto sample_bytes = file.number(sizes.from + 4, 4);
        if (kind == "vide") {
            frames = Frames{file.number(sizes.from + 8, 4)};
        } else if (kind == "soun") {
            samples = length_of(file, track);
            if (sample_bytes > 0) index.sound = chunks_of(file, table, sample_bytes);
        }
    }
    if (!samples) refuse("it has no sound");
    index.measured = {frames.value_or(Frames{}), *samples};
    return index;
}

Index index_of(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) refuse(path.string() + " cannot be read");
    return read_index(in, static_cast<std::int64_t>(size));
}

bool begins_as_movie(const std::filesystem::path& path) {
    std::array<char, 8> box{};  // its length, its type
    return std::ifstream(path, std::ios::binary).read(box.data(), box.size()) &&
           std::string_view(box.data() + 4, 4) == "ftyp";
}

}  // namespace dadcam::render

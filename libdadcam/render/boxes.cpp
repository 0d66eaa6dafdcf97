#include <algorithm>
#include <istream>
#include <iterator>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/movie_boxes.hpp>
#include <libdadcam/render/boxes.hpp>
#include <limits>
#include <utility>

namespace dadcam::render {
namespace {

constexpr std::size_t kMostPictures = 100'000'000;

std::int64_t read_number(std::string_view bytes) {
    const auto value = footage::big_endian(bytes);
    if (value > std::numeric_limits<std::int64_t>::max()) refuse_movie("a number in its index is out of range");
    return static_cast<std::int64_t>(value);
}

}  // namespace

void refuse_movie(const std::string& detail) {
    throw Error(Category::encoding_error, "ffmpeg reported success, but what it wrote is incomplete.",
                "Run it again. If it keeps happening, `dadcam export-details RUN --logs` shows what ffmpeg said.",
                detail);
}

std::string BoxFile::bytes(std::int64_t at, std::size_t count) const {
    auto text = footage::bytes_at(in_, static_cast<std::uint64_t>(at), count);
    if (!text) refuse_movie("it ends within its index");
    return *std::move(text);
}

std::int64_t BoxFile::number(std::int64_t at, std::size_t count) const {
    return read_number(bytes(at, count));
}

std::vector<Box> BoxFile::boxes(const Box& box) const {
    constexpr std::int64_t kHeader = 8;
    std::vector<Box> found;
    for (auto from = box.from; box.to - from >= kHeader; from = found.back().to) {
        const auto inner = footage::box_at(in_, static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(box.to));
        const bool is_open = number(from, 4) == 0;  // up to the end, until ffmpeg has finished it
        if (!inner || is_open) refuse_movie("a box in it is incomplete");
        found.push_back(
            {inner->type, static_cast<std::int64_t>(inner->contents), static_cast<std::int64_t>(inner->end)});
        if (std::ssize(found) > footage::kMostBoxes) refuse_movie("it has too many boxes");
    }
    return found;
}

std::optional<Box> BoxFile::find(Box box, std::initializer_list<std::string_view> path) const {
    for (const auto type : path) {
        const auto inside = boxes(box);
        const auto found = std::find_if(inside.begin(), inside.end(), [&](const Box& b) { return b.type == type; });
        if (found == inside.end()) return std::nullopt;
        box = *found;
    }
    return box;
}

Box BoxFile::required(const Box& box, std::initializer_list<std::string_view> path) const {
    if (auto found = find(box, path)) return *found;
    refuse_movie("a part of its index is missing: " + std::string(*(path.end() - 1)));
}

std::string BoxFile::kind_of(const Box& track) const {
    return bytes(required(track, {"mdia", "hdlr"}).from + 8, 4);
}

std::string number_text(std::int64_t value, std::size_t bytes) {
    std::string text;
    for (auto byte = bytes; byte-- > 0;) text += static_cast<char>(static_cast<std::uint64_t>(value) >> (byte * 8));
    return text;
}

BoxTable::BoxTable(const BoxFile& file, const Box& box, std::size_t row_bytes) : row_bytes_(row_bytes) {
    constexpr std::int64_t kHeader = 8;
    if (box.to - box.from < kHeader) refuse_movie("a table of it is too short");
    rows_ = file.number(box.from + 4, 4);
    const auto size = static_cast<std::size_t>(rows_) * row_bytes_;
    if (static_cast<std::int64_t>(size) > box.to - box.from - kHeader) refuse_movie("a table of it is too short");
    bytes_ = file.bytes(box.from + kHeader, size);
}

std::int64_t BoxTable::field(std::int64_t row, std::size_t offset, std::size_t count) const {
    return read_number(std::string_view(bytes_).substr(static_cast<std::size_t>(row) * row_bytes_ + offset, count));
}

std::vector<std::int64_t> decoding_times(const BoxFile& file, const Box& table) {
    const BoxTable steps(file, file.required(table, {"stts"}), 8);
    std::vector<std::int64_t> times;
    std::int64_t at = 0;
    for (std::int64_t row = 0; row < steps.rows(); ++row) {
        for (auto left = steps.field(row, 0, 4); left > 0; --left, at += steps.field(row, 4, 4)) {
            if (times.size() >= kMostPictures) refuse_movie("it has too many pictures");
            times.push_back(at);
        }
    }
    return times;
}

void delay(std::vector<std::int64_t>& times, const BoxFile& file, const Box& table) {
    const auto box = file.find(table, {"ctts"});
    if (!box) return;
    const BoxTable delays(file, *box, 8);
    std::size_t picture = 0;
    for (std::int64_t row = 0; row < delays.rows(); ++row) {
        const auto later = static_cast<std::int32_t>(delays.field(row, 4, 4));  // signed in version 1
        for (auto left = delays.field(row, 0, 4); left > 0 && picture < times.size(); --left) times[picture++] += later;
    }
}

}  // namespace dadcam::render

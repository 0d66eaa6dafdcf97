#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The boxes of which QuickTime and MP4 files are made: ISO/IEC 14496-12 and the QuickTime File Format. Every method
/// throws Error(encoding_error) for what is not whole.
namespace dadcam::render {

/// What ffmpeg wrote is no whole film. Error(encoding_error).
[[noreturn]] void refuse_movie(const std::string& detail);

/// A box's contents: [from, to) of its file.
struct Box {
    std::string type;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

class BoxFile {
public:
    /// The stream outlives it.
    BoxFile(std::istream& in, std::int64_t size) : in_(in), size_(size) {}
    std::int64_t size() const { return size_; }
    Box whole() const { return {"", 0, size_}; }

    std::string bytes(std::int64_t at, std::size_t count) const;
    /// Big-endian, as all of them.
    std::int64_t number(std::int64_t at, std::size_t bytes) const;
    /// The boxes in a box.
    std::vector<Box> boxes(const Box& box) const;
    std::optional<Box> find(Box box, std::initializer_list<std::string_view> path) const;
    Box required(const Box& box, std::initializer_list<std::string_view> path) const;
    /// Of a track: "vide", "soun".
    std::string kind_of(const Box& track) const;
    /// Whether a box has 64 bits for what it has 32 bits for in version 0.
    bool has_version_1(const Box& box) const { return number(box.from, 1) == 1; }

private:
    std::istream& in_;
    std::int64_t size_;
};

/// As a box has it.
std::string number_text(std::int64_t value, std::size_t bytes = 4);

/// A table of rows behind the box's version and the number of its rows.
class BoxTable {
public:
    BoxTable(const BoxFile& file, const Box& box, std::size_t row_bytes);
    std::int64_t rows() const { return rows_; }
    /// `offset` and `count` of a field's bytes within its row.
    std::int64_t field(std::int64_t row, std::size_t offset, std::size_t count) const;

private:
    std::size_t row_bytes_;
    std::int64_t rows_ = 0;
    std::string bytes_;
};

/// By a track's sample table, in the order in which its samples are decoded: when each is, counted from the first one.
std::vector<std::int64_t> decoding_times(const BoxFile& file, const Box& table);
/// And by how much later each is shown.
void delay(std::vector<std::int64_t>& times, const BoxFile& file, const Box& table);

}  // namespace dadcam::render

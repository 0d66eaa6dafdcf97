#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

/// The boxes of which QuickTime and MP4 files are made (ISO/IEC 14496-12, 4.2), of files that may be damaged.
namespace dadcam::footage {

std::uint64_t big_endian(std::string_view bytes);

/// Nothing when there are fewer.
std::optional<std::string> bytes_at(std::istream& file, std::uint64_t at, std::size_t count);

struct Box {
    std::string type;
    std::uint64_t contents = 0, end = 0;  ///< bytes from the file's beginning
};

/// The box that begins there; nothing where none can that ends at `end` or before.
std::optional<Box> box_at(std::istream& file, std::uint64_t at, std::uint64_t end);

/// No movie has more of them in one box, but for fragments.
constexpr int kMostBoxes = 1000;

/// Calls `look` with each box of a stretch until it is false.
template <typename Look>
void for_each_box(std::istream& file, std::uint64_t at, std::uint64_t end, Look look) {
    for (int i = 0; i < kMostBoxes; ++i) {
        const auto box = box_at(file, at, end);
        if (!box || !look(*box)) return;
        at = box->end;
    }
}

/// The first box of each type in the one before it, the first of them within `box`; nothing where one is missing.
std::optional<Box> find_box(std::istream& file, Box box, std::initializer_list<std::string_view> path);

}  // namespace dadcam::footage

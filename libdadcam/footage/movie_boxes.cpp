#include <libdadcam/footage/movie_boxes.hpp>

namespace dadcam::footage {

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
}

std::optional<std::string> bytes_at(std::istream& file, std::uint64_t at, std::size_t count) {
    std::string bytes(count, '\0');
    file.clear();
    file.seekg(static_cast<std::streamoff>(at));
    file.read(bytes.data(), static_cast<std::streamsize>(count));
    if (file.gcount() != static_cast<std::streamsize>(count)) return std::nullopt;
    return bytes;
}

std::optional<Box> box_at(std::istream& file, std::uint64_t at, std::uint64_t end) {
    constexpr std::uint64_t kHeader = 8, kLongHeader = 16;
    if (at > end || end - at < kHeader) return std::nullopt;
    const auto header = bytes_at(file, at, kHeader);
    if (!header) return std::nullopt;
    auto size = big_endian(header->substr(0, 4));
    Box box{header->substr(4), at + kHeader, end};
    if (size == 1) {
        const auto large = bytes_at(file, at + kHeader, kLongHeader - kHeader);
        if (!large) return std::nullopt;
        size = big_endian(*large);
        box.contents = at + kLongHeader;
    }
    if (size == 0) return box;  // up to the end
    if (size < box.contents - at || size > end - at) return std::nullopt;
    box.end = at + size;
    return box;
}

std::optional<Box> find_box(std::istream& file, Box box, std::initializer_list<std::string_view> path) {
    for (const auto type : path) {
        std::optional<Box> found;
        for_each_box(file, box.contents, box.end, [&](const Box& inner) {
            if (inner.type == type) found = inner;
            return !found;
        });
        if (!found) return std::nullopt;
        box = *found;
    }
    return box;
}

}  // namespace dadcam::footage

#pragma once

#include <string>
#include <string_view>
#include <tests/support/movie.hpp>

/// Bytes with dates in them, as cameras write them.
namespace dadcam::test {

/// A number in so many bytes, the lowest first.
inline std::string little_endian(unsigned value, int bytes) {
    const auto big = big_endian(value, bytes);
    return {big.rbegin(), big.rend()};
}

/// The blocks that a DIF sequence of DV begins with, with these packs in its VAUX or its subcode.
inline std::string dv_sequence(std::string_view vaux_packs, std::string_view subcode_packs = {}, int number = 0) {
    std::string bytes;
    const auto block = [&](char section, int index, const std::string& content) {
        bytes += section;
        bytes += static_cast<char>(number << 4 | 7);
        bytes += static_cast<char>(index);
        bytes += content + std::string(77 - content.size(), '\xff');
    };
    block('\x1f', 0, {});
    for (int i = 0; i < 2; ++i) {
        std::string syncs;
        for (std::size_t at = 0; i == 1 && at < subcode_packs.size(); at += 5) {
            syncs += "\x8f\xf0\xff" + std::string(subcode_packs.substr(at, 5));
        }
        block('\x3f', i, syncs);
    }
    for (int i = 0; i < 3; ++i) block('\x5f', i, i == 2 ? std::string(vaux_packs) : std::string());
    return bytes;
}

inline std::string chunk(std::string_view name, std::string_view content) {
    const auto size = static_cast<unsigned>(content.size());
    return std::string(name) + little_endian(size, 4) + std::string(content) + (size % 2 == 1 ? "\1" : "");
}

inline std::string avi(std::string_view chunks) {
    return chunk("RIFF", "AVI " + std::string(chunks));
}

/// An SEI message of H.264 with user data, behind a start code. No byte of it is escaped.
inline std::string sei(std::string_view user_data) {
    return std::string("\0\0\1\x06\5", 5) + static_cast<char>(user_data.size()) + std::string(user_data) + '\x80';
}

constexpr std::string_view kMdpmName("\x17\xee\x8c\x60\xf8\x4d\x11\xd9\x8c\xd6\x08\x00\x20\x0c\x9a\x66MDPM", 20);

/// A .MOI: recorded on 2009-06-30 at 11:22:52. Its aspect and its number of lines: 0x54 is PAL and 16:9, 0x50 4:3.
inline std::string moi(int aspect) {
    std::string bytes("V6\0\0\1\xc3\x07\xd9\x06\x1e\x0b\x16\xcb\x20\0\0\0\0", 18);
    bytes.resize(0x81, '\0');
    bytes[0x80] = static_cast<char>(aspect);
    return bytes;
}

/// What a small picture of a camera begins with: a JPEG with these bytes of Exif.
inline std::string jpeg(std::string_view exif) {
    const std::string content = std::string("Exif\0\0", 6) + std::string(exif);
    return "\xff\xd8\xff\xe0" + big_endian(4, 2) + "JF\xff\xe1" +
           big_endian(static_cast<unsigned>(content.size()) + 2, 2) + content + "\xff\xda";
}

}  // namespace dadcam::test

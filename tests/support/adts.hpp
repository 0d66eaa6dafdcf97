#pragma once

#include <string>

namespace dadcam::test {

/// A packet framed as ADTS (ISO/IEC 14496-3), with `payload` in it: of AAC LC, 48 kHz, stereo.
inline std::string adts_packet(const std::string& payload) {
    const auto bytes = payload.size() + 7;
    const auto byte = [](std::size_t value) { return static_cast<char>(value & 0xff); };
    return std::string{byte(0xff),       byte(0xf1),
                       byte(0x4c),       byte(0x80 | bytes >> 11),
                       byte(bytes >> 3), byte((bytes & 7) << 5 | 0x1f),
                       byte(0xfc)} +
           payload;
}

}  // namespace dadcam::test

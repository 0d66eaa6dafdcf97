#pragma once

#include <cstddef>
#include <string_view>

namespace dadcam::measure {

/// As a number; 0 behind the end.
inline unsigned byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

}  // namespace dadcam::measure

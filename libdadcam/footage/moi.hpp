#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::footage {

/// What a .MOI says of the recording beside it (.MOD, .TOD; JVC, Panasonic and Canon).
struct Moi {
    std::optional<std::chrono::local_seconds> wall;  ///< none when the camera's clock was not set
    std::optional<bool> wide;                        ///< 16:9, which the recording's own header may get wrong
    bool operator==(const Moi&) const = default;
};

/// How many bytes of it read_moi() needs.
inline constexpr std::size_t kMoiBytes = 0x81;

/// Nothing when these bytes begin no .MOI of version 6. A shorter one has no aspect. Wikipedia's "MOI (file format)".
/// Pure.
std::optional<Moi> read_moi(std::string_view bytes);

/// The names that it may have beside a clip of this stem. Pure.
std::vector<std::string> moi_names(const std::string& stem);

}  // namespace dadcam::footage

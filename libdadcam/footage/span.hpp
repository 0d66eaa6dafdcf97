#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/input.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace dadcam::footage {

/// A picture that can be decoded by itself, and where in the file it begins.
struct KeyPicture {
    std::int64_t us = 0;  ///< after the span's first picture
    std::int64_t byte = 0;
    bool operator==(const KeyPicture&) const = default;
};

/// Where the clock ran on but no picture was recorded: a recorder that was held, a broadcast that was away. The picture
/// before is shown for so long.
struct Hole {
    std::int64_t at_us = 0;  ///< after the span's first picture
    std::int64_t us = 0;
    bool operator==(const Hole&) const = default;
};

/// A stretch of a clip in which one clock runs on and nothing changes, as it was measured: what a clip would be if it
/// had a file of its own.
struct Span {
    Facts facts;
    process::Part pictures;         ///< where they lie in the file
    process::Part sounds;           ///< the same of its sound; empty when it has none
    std::vector<KeyPicture> keys;   ///< at most one a second; the first one is at 0 or before it
    bool clock_counts = false;      ///< a part's clock begins at 0 with its first byte (DV), and is not in the file
    bool sound_is_spliced = false;  ///< its times jump a little, now and then
    std::vector<Hole> holes;
    bool operator==(const Span&) const = default;
};

/// Of a clip whose container has no index. By content: it holds wherever the file lies.
struct Measurement {
    std::vector<Span> spans;
    std::vector<Lost> lost;
    bool operator==(const Measurement&) const = default;
};

/// The place to begin reading for what is at `us` after the span's first picture: the last key picture before it.
KeyPicture key_before(const Span& span, std::int64_t us);

void to_json(nlohmann::json& json, const Hole& hole);
void from_json(const nlohmann::json& json, Hole& hole);
void to_json(nlohmann::json& json, const Span& span);
/// Throws nlohmann::json::exception on a missing or wrong field, Error(general) for places that no file has.
void from_json(const nlohmann::json& json, Span& span);
void to_json(nlohmann::json& json, const Measurement& measurement);
void from_json(const nlohmann::json& json, Measurement& measurement);

}  // namespace dadcam::footage

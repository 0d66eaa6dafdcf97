#pragma once

#include <cstdint>
#include <functional>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dadcam::library {

/// What was measured of this content by this version of measuring; nothing when it was not, or its row is damaged.
std::optional<footage::Measurement> find_measurement(Library& library, const std::string& content_id, int version);

/// Keeps it, and what it tells of the clips with this content.
void keep_measurement(Library& library, const std::string& content_id, int version,
                      const footage::Measurement& measurement, const footage::Facts& together);

/// Keeps measure::recovery_us() of the clips with this content.
void keep_recovery(Library& library, const std::string& content_id, std::int64_t us);

/// Keeps where pictures or sound of this content cannot be decoded, with what is known of that already.
enum class Damaged { pictures, sound };
void keep_damage(Library& library, const std::string& content_id, Damaged damaged,
                 const std::vector<footage::Lost>& lost);
std::vector<footage::Lost> find_damage(Library& library, const std::string& content_id, Damaged damaged);

/// How a clip was measured: what was found, or the Error of measure::measure().
struct Measured {
    std::optional<footage::Measurement> found;
    std::optional<Error> failure;
    bool known = false;  ///< it had been measured before
};

struct Measuring {
    std::string ffprobe;  ///< as find_tool() gives it
    std::string ffmpeg;
    std::function<void(double)> on_progress{};  ///< how much of all bytes, 0 to 1; on the caller's thread
};

/// Measures those clips that were not measured yet, several at once, and keeps each as soon as it and those before it
/// are done. One for each clip, in their order. Error(cancelled), Error(tool_missing): what was kept by then stays.
std::vector<Measured> measure_clips(Library& library, std::span<const footage::Clip* const> clips,
                                    const Measuring& measuring, const process::Stop& stop);

}  // namespace dadcam::library

#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>

namespace dadcam::library {

/// What was measured of this content by this version of measuring; nothing when it was not, or its row is damaged.
std::optional<footage::Measurement> find_measurement(Library& library, const std::string& content_id, int version);

/// Keeps it, and what it tells of the clips with this content.
void keep_measurement(Library& library, const std::string& content_id, int version,
                      const footage::Measurement& measurement, const footage::Facts& together);

/// What was measured of a clip, else what is measured of it now, which is kept. Throws as measure::measure().
footage::Measurement measure_clip(Library& library, const footage::Clip& clip, const std::string& ffprobe,
                                  const std::string& ffmpeg, const process::Stop& stop);

}  // namespace dadcam::library

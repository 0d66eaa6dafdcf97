#pragma once

#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// What ffmpeg's idet filter says of some pictures: "tt", "bb", "progressive", or "unknown" when it cannot tell. Reads
/// the filter's last words. Pure.
std::string read_idet(std::string_view words);

/// For a stream that does not say its field order: looks at its first pictures. "unknown" when that fails.
std::string detect_field_order(const std::string& ffmpeg, const process::Input& input, const Facts& facts,
                               const process::Stop& stop);

/// All there is to know of a clip: what ffprobe says, and where that leaves the field order open, what its pictures
/// say, or how few lines they have. Throws as probe().
Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const process::Input& input,
                const process::Stop& stop);

}  // namespace dadcam::footage

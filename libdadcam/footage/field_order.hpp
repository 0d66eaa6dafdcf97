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

/// All there is to know of a clip: what ffprobe says, and what some of its pictures say of its field order: which field
/// is the earlier one where ffprobe says that there are two, and whether there are where it leaves that open. These are
/// its first ones and, where they stand still or none of them holds two fields, some further on. A picture of few lines
/// holds one. Throws as probe().
Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const process::Input& input,
                const process::Stop& stop);

}  // namespace dadcam::footage

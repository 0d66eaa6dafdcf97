#pragma once

#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// The reason why a file that ffprobe can read is no clip.
inline constexpr std::string_view kNoVideoStream = "it has no video stream";

/// Reads what `ffprobe -print_format json -show_format -show_streams` wrote. Pure.
/// A length that is not there or not believable is 0: it has to be measured.
/// Throws Error(input_not_found) with the reason when it is not a usable clip: no video stream, no size.
Facts read_probe(std::string_view json);

/// Asks ffprobe. Throws Error(input_not_found) as above, or when ffprobe cannot make sense of the file;
/// Error(timeout) when it hangs; Error(cancelled) on a stop.
Facts probe(const std::string& ffprobe, const process::Input& input, const process::Stop& stop);

/// The same of the sound alone, of a part of a clip that need not hold a picture; nothing when it has none.
std::optional<Sound> probe_sound(const std::string& ffprobe, const process::Input& input, const process::Stop& stop);

}  // namespace dadcam::footage

#pragma once

#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// The containers that footage comes in. ffmpeg and ffprobe are held to them, so that a playlist or a picture list
/// that poses as a clip cannot make them open other files.
extern const std::string_view kContainers;

/// How a file is named to ffmpeg and ffprobe: no protocol, option or pattern in its name means anything.
std::string as_input(const std::filesystem::path& absolute);

/// Reads what `ffprobe -print_format json -show_format -show_streams` wrote. Pure.
/// Throws Error(input_not_found) with the reason when it is not a usable clip: no video stream, no duration, no size.
Facts read_probe(std::string_view json);

/// Asks ffprobe. Throws Error(input_not_found) as above, or when ffprobe cannot make sense of the file;
/// Error(timeout) when it hangs; Error(cancelled) on a stop.
Facts probe(const std::string& ffprobe, const std::filesystem::path& absolute, const process::Stop& stop);

}  // namespace dadcam::footage

#pragma once

#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// Reads what `ffprobe -print_format json -show_format -show_streams` wrote. Pure.
/// Throws Error(input_not_found) with the reason when it is not a usable clip: no video stream, no duration, no size.
Facts read_probe(std::string_view json);

/// Asks ffprobe. Throws Error(input_not_found) as above, or when ffprobe cannot make sense of the file;
/// Error(timeout) when it hangs; Error(cancelled) on a stop.
Facts probe(const std::string& ffprobe, const std::filesystem::path& absolute, const process::Stop& stop);

}  // namespace dadcam::footage

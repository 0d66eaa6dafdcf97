#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>

namespace dadcam::measure {

/// Error(input_not_found) for a length that no recording has.
void require_believable(std::int64_t us);

/// Whether the length in a header agrees with the rest of it: MP4 and MOV have a table of all pictures. Of any other
/// container it is a claim: Matroska's is that of its longest stream or the end of it, AVI's and FLV's are what the
/// recorder hoped.
bool has_consistent_length(const footage::Facts& facts);

/// All there is to know of a clip before it is measured: footage::look_into(), the shape that a .MOI beside it gives
/// it, and where the header's length or rate need not be right, what the packets of its pictures say: the last ones, or
/// all of them where it cannot be entered near its end. Throws as footage::look_into() and require_believable().
footage::Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
                         const process::Stop& stop);

}  // namespace dadcam::measure

#pragma once

#include <filesystem>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/units.hpp>
#include <string>
#include <string_view>

namespace dadcam::render {

/// What a finished file's own index says it holds.
struct Measured {
    Frames frames;
    Samples samples;  ///< the sound's length at kSampleRate
    bool operator==(const Measured&) const = default;
};

/// Reads ffprobe's answer about a file that dadcam made. Pure. Error(encoding_error) when it does not hold picture and
/// sound.
Measured read_measure(std::string_view json);

/// Error(encoding_error) when the file is not readable as what it should be.
Measured measure(const std::string& ffprobe, const std::filesystem::path& file, const process::Stop& stop);

}  // namespace dadcam::render

#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <vector>

namespace dadcam::measure {

/// Whether the units of a codec's stream say which of its pictures can be decoded by themselves.
bool has_key_units(const footage::Facts& facts);

struct Keys {
    /// When the pictures are shown behind which a decoder begins anew, whatever it has decoded before: instantaneous
    /// refreshes and, in HEVC, broken links. Sorted, in the stream's ticks.
    std::vector<std::int64_t> times{};
    std::string parameters{};  ///< a hash of what a decoder of the stream is given first; empty where there is none
};

/// Those of such a stream; a container's index calls other pictures key pictures, too. Reads the whole file, or its
/// first second, without decoding. Error(input_not_found) when ffmpeg does not come to its end, Error(timeout),
/// Error(cancelled).
enum class Reach { first_second, whole };
Keys read_keys(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts, Reach reach,
               const process::Stop& stop);

}  // namespace dadcam::measure

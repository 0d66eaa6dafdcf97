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

/// When the pictures of such a stream are shown behind which a decoder begins anew, whatever it has decoded before:
/// instantaneous refreshes and, in HEVC, broken links. Sorted, in its ticks. A container's index calls others key
/// pictures, too. Reads the whole file, or its first second, without decoding. Error(input_not_found) when ffmpeg does
/// not come to its end, Error(timeout), Error(cancelled).
enum class Reach { first_second, whole };
std::vector<std::int64_t> key_times(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts,
                                    Reach reach, const process::Stop& stop);

}  // namespace dadcam::measure

#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::measure {

/// Whether the units of a codec's stream say which of its pictures can be decoded by themselves.
bool has_key_units(const footage::Facts& facts);

/// What ffmpeg's muxer framehash says of a stream of packets, or of frames. On standard output, where neither a file's
/// name nor its tags are.
struct FrameList {
    std::vector<std::int64_t> times{};    ///< when each is shown or heard: sorted, in ticks
    std::vector<std::int64_t> lengths{};  ///< of each of them, for how long, in ticks
    Rational tick{1, 1};                  ///< seconds
    std::string parameters{};             ///< a hash of what its decoder is given first; empty where there is none
};

/// Pure. A time or a length beyond 2^53 is none.
FrameList frames_in(std::string_view words);

/// Words for ffmpeg so that it lists each picture as it comes, for frames_in(): decoded, with its time in these ticks;
/// or each piece of sound, decoded; or either as it lies in the file. Pure.
std::vector<std::string> as_list_of_decoded(Rational tick);
std::vector<std::string> as_list_of_decoded_sound();
std::vector<std::string> as_list_of_coded();

/// Words for ffmpeg so that it lists the pictures that it decodes of an input, for frames_in(). `before` and `behind`:
/// more of them, in front of the input and behind it. Pure.
std::vector<std::string> listing_decoded(const process::Input& input, const footage::Facts& facts,
                                         const std::vector<std::string>& before,
                                         const std::vector<std::string>& behind);

/// The pictures of such a stream behind which a decoder begins anew, whatever it has decoded before: instantaneous
/// refreshes and, in HEVC, broken links. A container's index calls others key pictures, too. Reads the whole file, or
/// its first second, without decoding. Error(input_not_found) when ffmpeg does not come to its end, Error(timeout),
/// Error(cancelled).
enum class Reach { first_second, whole };
FrameList read_keys(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts, Reach reach,
                    const process::Stop& stop);

}  // namespace dadcam::measure

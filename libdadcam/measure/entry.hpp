#pragma once

#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/pictures.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>
#include <vector>

namespace dadcam::measure {

/// Whether what the index of a clip's container calls key pictures are such: given the one before its middle, or before
/// its end, and nothing else, a decoder shows it. Where all are called so, one of the two can be one by chance.
/// Error(timeout), Error(cancelled).
bool has_true_keys(const std::string& ffprobe, const process::Input& input, const footage::Facts& facts,
                   const process::Stop& stop);

/// Whether a decoder shows the first picture of a file that is given nothing else. Error(timeout), Error(cancelled).
bool begins_with_true_key(const std::string& ffprobe, const process::Input& input, const footage::Facts& facts,
                          const process::Stop& stop);

/// When those pictures are shown that are decoded by themselves: sorted, in the stream's ticks. Reads the whole file
/// and decodes these. Error(timeout), Error(cancelled).
std::vector<std::int64_t> true_keys(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts,
                                    const process::Stop& stop);

/// How long it takes, in microseconds, until a decoder that was entered at a key picture of a clip's index shows what
/// was meant: 0 where these are true. Else what the recovery point says of a stream of H.264 that is renewed bit by
/// bit, or as long as the true ones are apart, as in a QuickTime file without its table of them. Error(timeout),
/// Error(cancelled).
std::int64_t recovery_us(const Readers& readers, const std::filesystem::path& absolute, const footage::Facts& facts,
                         const process::Stop& stop);

}  // namespace dadcam::measure

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <libdadcam/footage/span.hpp>
#include <libdadcam/process/stop.hpp>
#include <optional>
#include <string>

namespace dadcam::measure {

/// Whether a clip's container has no index of its own, so that only reading all of it tells where its clock jumps and
/// where it can be entered: MPEG-PS, MPEG-TS and DV.
bool is_to_be_measured(const footage::Facts& facts);

/// Whether its length is more than the word of a header that need not be right.
bool has_sure_length(const footage::Facts& facts);

/// Of what measure() finds; a later version measures anew.
inline constexpr int kVersion = 6;

/// Reads all of a clip's packets, without decoding, and asks ffprobe of each stretch between two jumps of its clock.
/// Memory follows the number of stretches and seconds, not of packets. Throws Error(input_not_found) when nothing of it
/// can be decoded or the clock jumps too often; Error(timeout) when ffprobe stands still; Error(cancelled) on a stop.
/// `walked` is told how many bytes it has gone on; in all, the file's size.
footage::Measurement measure(
    const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
    const footage::Facts& facts, const process::Stop& stop,
    const std::function<void(std::int64_t)>& walked = [](std::int64_t) {});

/// What a clip is, all its spans together: the facts of the first, their length, and the first sound that there is.
/// `wide`: its shape as a .MOI gives it, which lies beside one file and is not part of what is measured of its content.
footage::Facts together(const footage::Measurement& measurement, std::optional<bool> wide);

}  // namespace dadcam::measure

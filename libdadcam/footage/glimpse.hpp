#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

/// What a few bytes of a file tell without ffprobe.
namespace dadcam::footage {

/// Whether its first bytes were read and begin none of the containers that videos come in. A file that cannot be read
/// may be one.
bool is_no_video(const std::filesystem::path& file);

/// The length that an MP4's or QuickTime movie's header tells (`mvhd`, ISO/IEC 14496-12), in microseconds; nothing when
/// it is no such file, tells none, or is in fragments, of which the header knows only the first.
std::optional<std::int64_t> told_length_us(const std::filesystem::path& file);

/// Whether an MP4 or QuickTime movie ends before one of its boxes does, as one that was not copied whole. A thousand
/// boxes are looked at.
bool is_movie_cut_off(const std::filesystem::path& file);

}  // namespace dadcam::footage

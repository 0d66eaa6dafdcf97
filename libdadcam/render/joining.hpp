#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>

namespace dadcam::render {

/// The segments that ffmpeg joins, as a list for its concat demuxer.
std::string join_list(const library::Library& library, const Snapshot& snapshot, const Plan& plan);

/// Counts what a film has. Error(encoding_error) when that is not what its plan says.
void check_film(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render

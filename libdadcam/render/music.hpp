#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/mixer.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// Error(input_not_found) when one of these files, by stored paths, is not there or has no sound.
void require_music(const library::Library& library, const std::vector<std::string>& paths, const std::string& ffprobe,
                   const process::Stop& stop);

/// Looks at a snapshot's music. What was moved is followed where a recipe names its new place; what has changed is
/// taken as it is now, and so is what was never looked at. Returns the stored paths of what has changed.
/// Error(input_not_found) as above.
std::vector<std::string> check_music(library::Library& library, Snapshot& snapshot, const std::string& ffprobe,
                                     const process::Stop& stop);

/// How it is decoded, into files in `folder`.
std::vector<MusicSource> music_sources(const library::Library& library, const Snapshot& snapshot,
                                       const RenderTools& tools, const RenderOptions& options, Samples film,
                                       const std::filesystem::path& folder);

}  // namespace dadcam::render

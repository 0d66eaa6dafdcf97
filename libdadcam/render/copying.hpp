#pragma once

#include <filesystem>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <vector>

/// Films whose pictures are those of their clips, packet by packet.
namespace dadcam::render {

/// Looks at the pictures of every input, and makes the snapshot's format and preset those that copy them: clips are as
/// long as their pictures, up to the film's next frame. Clips of another kind than most of the footage, and those whose
/// pictures cannot be copied: Error(usage) that names each and says why; with `leave_out` they are taken off, and
/// returned, stored path and reason. Error(input_not_found) for what cannot be read; Error(cancelled).
std::vector<std::pair<std::string, std::string>> look_at_pictures(const library::Library& library, Snapshot& snapshot,
                                                                  const RenderTools& tools, bool leave_out,
                                                                  const process::Stop& stop);

/// Compares a film's pictures with its clips', step by step. Error(encoding_error).
void check_copied(const std::filesystem::path& film, const Snapshot& snapshot, const Plan& plan);

/// The clips of a kind that is not that of most of the footage, as far as their headers say it, and why: for a person.
std::vector<std::pair<std::string, std::string>> others_among(const std::vector<footage::Clip>& clips);

}  // namespace dadcam::render

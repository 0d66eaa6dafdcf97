#pragma once

#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <utility>
#include <vector>

/// Films whose pictures are those of their clips, packet by packet.
namespace dadcam::render {

/// Looks at the pictures of every input, and makes the snapshot's format and preset those that copy them. Clips of
/// another kind than most of the footage, and those whose pictures cannot be copied: Error(usage) that names each and
/// says why; with `leave_out` they are taken off, and returned, stored path and reason. Error(input_not_found) for what
/// cannot be read; Error(cancelled).
std::vector<std::pair<std::string, std::string>> look_at_pictures(const library::Library& library, Snapshot& snapshot,
                                                                  const RenderTools& tools, bool leave_out,
                                                                  const process::Stop& stop);

/// Two clips follow each other in one stream when what is decoded first of the second comes after what is decoded last
/// of the first. Error(usage) that names those of which that does not hold.
void require_order(const Snapshot& snapshot, const Plan& plan);

/// The clips of a kind that is not that of most of the footage, as far as their headers say it, and why: for a person.
std::vector<std::pair<std::string, std::string>> others_among(const std::vector<footage::Clip>& clips);

/// What a recipe would have to be given so that it selects none of these others: "--camera 'Pixel 7'", or the same with
/// events; empty where neither cameras nor events part them.
std::string narrowing(const std::vector<footage::Clip>& clips,
                      const std::vector<std::pair<std::string, std::string>>& others);

}  // namespace dadcam::render

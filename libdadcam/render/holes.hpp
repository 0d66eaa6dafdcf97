#pragma once

#include <libdadcam/render/snapshot.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// For a person: where the film stands still because a clip has no pictures there, though its clock ran on, which
/// clips' sound goes on when their pictures have ended, and which have several tracks. A sentence each for the first
/// ones, and one for the others.
std::vector<std::string> holes_in(const Snapshot& snapshot, const Plan& plan);

}  // namespace dadcam::render

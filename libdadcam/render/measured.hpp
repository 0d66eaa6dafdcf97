#pragma once

#include <libdadcam/render/snapshot.hpp>

namespace dadcam::render {

/// Of clips that have no index of their own.
struct MeasureNotes {
    std::vector<std::string> lost;      ///< for a person: what of them cannot be decoded, and when
    std::vector<std::string> left_out;  ///< stored paths: nothing of them can be decoded; taken off the snapshot
};

/// Gives those inputs their spans that have none and of which `wanted` says so: from what the library has measured,
/// else by measuring them now, which is kept. Error(input_not_found) for one of which nothing can be decoded; with
/// `leave_out` it is taken off, unless none is left. Error(cancelled).
MeasureNotes measure_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                            const std::function<bool(const footage::Clip&)>& wanted, const process::Stop& stop);

}  // namespace dadcam::render

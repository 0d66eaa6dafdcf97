#pragma once

#include <libdadcam/render/snapshot.hpp>

namespace dadcam::render {

/// What of a clip is not in a film, with its time in the clip, for a person: "a.ts (1.20 s at 3.40 s)"; `of`: "a.ts
/// (1.20 s of sound at 3.40 s)".
std::string with_time(const footage::Clip& clip, footage::Lost lost, std::string_view of = "");

/// Gives a clip what was measured of it, in the shape that a file beside it tells.
void take_spans(footage::Clip& clip, footage::Measurement measurement);

/// Gives those inputs their spans that have none and of which `wanted` says so: from what the library has measured,
/// else by measuring them now, which is kept; `on_progress` is told how much of that is done, 0 to 1. What of them
/// cannot be decoded is left out: named with its time, for a person. Error(input_not_found) for one of which nothing
/// can be decoded; with `leave_out` it is taken off, too, unless none is left. Error(cancelled).
std::vector<std::string> measure_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools,
                                        bool leave_out, const std::function<bool(const footage::Clip&)>& wanted,
                                        const std::function<void(double)>& on_progress, const process::Stop& stop);

}  // namespace dadcam::render

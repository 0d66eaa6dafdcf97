#pragma once

#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/snapshot.hpp>

namespace dadcam::render {

/// Tries the index of those inputs that the plan enters in their middle and that were not tried yet, several at once;
/// what is found is kept. True when one has to be entered earlier than planned. `on_progress` is told how many are
/// done, 0 to 1. One that is gone is passed over: whoever renders it says so. Error(timeout), Error(cancelled).
bool try_entries(library::Library& library, Snapshot& snapshot, const Plan& plan, const RenderTools& tools,
                 const std::function<void(double)>& on_progress, const process::Stop& stop);

}  // namespace dadcam::render

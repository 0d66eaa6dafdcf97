#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dadcam::app {

/// A run in the guide's field names (ExportRunWithDetails and more), with absolute paths. `nobody_renders`: the render
/// lock is free, so that a run that is `rendering` was interrupted.
nlohmann::ordered_json run_json(const library::Library& library, const library::Run& run, bool nobody_renders);

/// "[OK]", "[FAIL]", "[CANCELLED]", "[RUNNING]", "[PENDING]"; "[INTERRUPTED]" for a run that nobody renders any more.
std::string indicator(const library::Run& run, bool nobody_renders);

/// True when no process renders in this library now.
bool nobody_renders(const library::Library& library);

}  // namespace dadcam::app

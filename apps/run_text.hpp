#pragma once

#include <apps/context.hpp>
#include <chrono>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dadcam::app {

/// What a run looks like from outside: its status, and whether the one that renders it is alive and gets on.
enum class Condition { pending, running, stalled, interrupted, ok, failed, cancelled };

/// What is needed to tell it.
struct Observation {
    bool somebody_renders = false;  ///< a process holds the library's lock for rendering
    std::chrono::system_clock::time_point now;
};

Observation observe(const Context& context, const library::Library& library);

/// A run is stalled when it is rendering and its last progress is more than a minute old.
Condition condition(const library::Run& run, const Observation& observed);

/// "[OK]", "[FAIL]", "[CANCELLED]", "[RUNNING]", "[PENDING]", "[STALLED]", "[INTERRUPTED]".
std::string indicator(Condition condition);

/// What to do about it; empty when nothing has to be done.
std::string advice(const library::Run& run, Condition condition);

/// A run in the guide's field names (ExportRunWithDetails and more), with absolute paths.
nlohmann::ordered_json run_json(const library::Library& library, const library::Run& run, const Observation& observed);

}  // namespace dadcam::app

#pragma once

#include <cstdint>
#include <libdadcam/library/library.hpp>
#include <libdadcam/units.hpp>
#include <map>
#include <string>

namespace dadcam::library {

/// How far a run that is rendering has come.
struct RunProgress {
    std::string operation;
    std::int64_t frames_completed = 0;
    std::int64_t percent = 0;
    std::map<std::size_t, Frames> segments{};  ///< by index: those that have come further
};

/// All of it in one transaction, for which the disk is not flushed: a loss of power may take it along, until something
/// else is committed after it.
void record_progress(Library& library, std::int64_t id, const RunProgress& progress);

}  // namespace dadcam::library

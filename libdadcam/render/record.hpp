#pragma once

#include <cstdint>
#include <libdadcam/library/library.hpp>
#include <libdadcam/render/job.hpp>

/// A job's run in the database, with all its snapshots and items.
namespace dadcam::render {

/// A new run that is rendered another time. Returns its number, which is the job's from then on.
std::int64_t record_pending(library::Library& library, Job& job);

/// A run that is rendered from this moment on, by this process, so that a crash before its first frame leaves something
/// to resume: a new one, or the job's own, with what it has become since. Error(general) when that is not pending.
std::int64_t record_begun(library::Library& library, Job& job);

/// A job that is being rendered has other contents: clips were left out.
void record_change(library::Library& library, const Job& job);

/// The segments of a job whose run is recorded, none of them begun.
void record_segments(library::Library& library, const Job& job);

}  // namespace dadcam::render

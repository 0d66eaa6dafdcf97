#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/job.hpp>
#include <libdadcam/render/observer.hpp>

namespace dadcam::render {

/// The exit code of a film that is done, but without clips that were left out, as dadcam(1) lists them.
inline constexpr int kLeftOut = 3;

/// Renders a job, and records its run if that was not done: segments that are not in the store, then the film, its
/// thumbnail, and the record of it. Every failure and a cancel end in the outcome, in the database and with the
/// observer; nothing partial stays. When the film is in its place but the record of it cannot be written, the next
/// sweep writes it. Throws Error only when the run cannot be begun.
Outcome run(library::Library& library, const library::WorkLock& held, Job job, Observer& observer,
            const process::Stop& stop);

}  // namespace dadcam::render

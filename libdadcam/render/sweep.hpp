#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// A run that a crash left behind.
struct Swept {
    std::int64_t id = 0;
    std::string name;
    bool completed = false;  ///< its film was in place, only the record of it was missing
};

/// Runs that a crash left behind become failed ones, with category `interrupted`, and their temporary files go; where
/// the finished film is in its place they become completed ones. Only whoever holds the lock can say that nobody
/// renders them.
std::vector<Swept> sweep_interrupted(library::Library& library, const library::WorkLock& held);

/// Removes what a run that failed could not remove, as the disk that it lay on was gone. Error(output_write_error).
void clear_up_after(library::Library& library, std::int64_t run_id, const library::WorkLock& held);

}  // namespace dadcam::render

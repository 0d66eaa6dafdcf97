#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/zone.hpp>

namespace dadcam::library {

/// The folder of copies, below the root.
inline constexpr const char* kOriginals = "originals";

/// Removes what a copy that was interrupted left behind.
void sweep_copies(const Library& library, const WorkLock& held);

/// Copies a file to originals/YYYY/MM/ below the library's root, by its recorded time in the zone, and reads the copy
/// back from the disk to see that it is the same. A copy that is there already, of an ingest that was interrupted, is
/// taken. Returns the clip with the copy's place and state. The file itself is only read. Error(output_write_error),
/// Error(disk_full), Error(input_not_found).
footage::Clip copy_original(const Library& library, const WorkLock& held, const std::filesystem::path& file,
                            footage::Clip clip, const Zone& zone = {});

}  // namespace dadcam::library

#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>

namespace dadcam::library {

/// Copies a file to originals/YYYY/MM/ below the library's root, by its recorded time, and reads the copy back to see
/// that it is the same. Returns the clip with the copy's place and state. The file itself is only read.
/// Error(output_write_error), Error(disk_full), Error(input_not_found).
footage::Clip copy_original(const Library& library, const std::filesystem::path& file, footage::Clip clip);

}  // namespace dadcam::library

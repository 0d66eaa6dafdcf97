#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>

namespace dadcam::render {

/// Error(output_write_error) when a film could not be put there: no such folder, no right to write, a file that is
/// there already (unless `replace`), or one that is the library's.
void check_output(library::Library& library, const std::filesystem::path& output, bool replace);

}  // namespace dadcam::render

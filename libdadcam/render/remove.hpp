#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <vector>

namespace dadcam::render {

/// Error(busy) when the run is being rendered; Error(general) when its row names a film that it cannot have written.
void check_removable(library::Library& library, const library::Run& run);

/// Removes the film, the thumbnail and then the row: never anything but what the run wrote, and at its own names.
/// Another file, or a link, that is now where the film was stays.
/// Returns the files that were removed.
std::vector<std::filesystem::path> remove_run(library::Library& library, const library::Run& run);

}  // namespace dadcam::render

#pragma once

#include <apps/run_text.hpp>
#include <cstddef>
#include <filesystem>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <vector>

/// Pages to look at, for any browser: films and clips of a library.
namespace dadcam::app::gallery {

/// Where they are unless somebody names another place: <root>/.dadcam/gallery
std::filesystem::path usual_folder(const library::Library& library);

struct Written {
    std::filesystem::path index;  ///< the first page
    std::size_t films = 0;
    std::size_t clips = 0;
    std::size_t pages = 0;
};

/// A folder for pages of this library: it is made, or is one already. Error(usage) where something else is in it,
/// Error(output_write_error).
void check_folder(const library::Library& library, const std::filesystem::path& folder);

/// Writes the pages into `folder`, absolute, which check_folder() has seen; each is there whole or as it was. `clips`:
/// all there are, in the order of recording; nullptr: only the films' pages are written. Error(output_write_error),
/// Error(disk_full).
Written write(library::Library& library, const std::filesystem::path& folder, const std::vector<footage::Clip>* clips,
              const Observation& observed);

}  // namespace dadcam::app::gallery

#pragma once

#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::library {

/// A colour look-up table that the library holds a copy of.
struct Lut {
    std::int64_t id = 0;
    std::string name;
    std::string path;  ///< as stored: .dadcam/luts/<content>.cube
    std::string content_id;
    std::string created_at;
};

/// Checks a .cube file and copies it into the library. Error(usage) when it is not usable, Error(general) when the name
/// is taken, Error(input_not_found), Error(output_write_error). A file of the same content is the same LUT.
Lut add_lut(Library& library, const std::filesystem::path& file, const std::string& name);

std::vector<Lut> all_luts(Library& library);

/// Error(general) when there is none of that name.
Lut find_lut(Library& library, const std::string& name);

/// Where a LUT of this content lies; absolute.
std::filesystem::path lut_place(const Library& library, const std::string& content_id);

/// The content of a LUT as it is now: `content_id`, or what its file was changed to since, which from now on is the LUT
/// of that name. Error(input_not_found) when the copy is gone or is no LUT any more.
std::string current_lut(Library& library, const std::string& name, const std::string& content_id);

}  // namespace dadcam::library

#pragma once

#include <filesystem>
#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace dadcam::footage {

/// A date from a file beside a clip.
struct Beside {
    Told told;
    std::filesystem::path file;  ///< which says so
    bool operator==(const Beside&) const = default;
};

/// What the files beside a clip say, the first of these that has a date:
///   1. Google Takeout's JSON, "NAME.EXT.json", "NAME.EXT.supplemental-metadata.json", also cut, "NAME.json": an
///   instant
///   2. Sony's "NAMEM01.XML": the wall, with the offset that it has
///   3. "NAME.MOI" of JVC, Panasonic and Canon: the wall
///   4. "NAME.THM": the Exif of the camera's small picture
/// A camera's extension is found in capitals, in small letters and with a capital. A file that cannot be read, is no
/// ordinary file or is too large for what it should be says nothing; no more than a megabyte of each is read.
std::optional<Beside> date_beside(const std::filesystem::path& clip);

/// What each kind of them says, in that order: they need not agree.
std::vector<Beside> dates_beside(const std::filesystem::path& clip);

/// CreationDate in the XML of a Sony camera (XDCAM, XAVC). Pure.
std::optional<Told> xdcam_date(std::string_view xml);

}  // namespace dadcam::footage

#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// When a JPEG was taken, from its Exif: DateTimeOriginal, with OffsetTimeOriginal if there is one, else DateTime. A
/// camera's .THM is such a JPEG. Nothing for anything else. Exif 2.32 (CIPA DC-008). Pure; walks bounded lists.
std::optional<Told> exif_date(std::string_view jpeg);

}  // namespace dadcam::footage

#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::footage {

/// The instant at which Google Photos says that a clip was taken (photoTakenTime.timestamp), from the JSON that Takeout
/// puts beside it. Nothing for anything else, or what is nested deeper than 32. Pure, linear.
std::optional<Told> takeout_date(std::string_view json);

/// The names that this JSON may have, the likeliest first. `clip`: the clip's name, "IMG_1234(1).MP4": its number goes
/// to the end, and from 46 characters on Takeout cuts ".supplemental-metadata", or the clip's name itself.
std::vector<std::string> takeout_names(const std::string& clip);

}  // namespace dadcam::footage

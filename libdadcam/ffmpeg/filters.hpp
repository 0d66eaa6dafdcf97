#pragma once

#include <set>
#include <string>
#include <string_view>

namespace dadcam::ffmpeg {

/// The names of the filters in a filter graph, as ffmpeg-filters(1) writes one: chains parted by ';', filters by ',',
/// each "[in]name=options[out]", where a backslash takes the next character as it is. Quotes are not used here. Pure.
std::set<std::string> filters_in(std::string_view graph);

/// All that some film needs, and that clips are looked at with.
const std::set<std::string>& all_filters();

}  // namespace dadcam::ffmpeg

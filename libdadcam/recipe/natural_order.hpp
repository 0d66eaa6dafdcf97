#pragma once

#include <string_view>

namespace dadcam::recipe {

/// Whether `a` comes before `b` as a person counts: "clip 2.mp4" before "clip 10.mp4". Numbers of any length; where two
/// names count the same ("1", "01"), their bytes decide, so that it is an order of all names.
bool naturally_before(std::string_view a, std::string_view b);

}  // namespace dadcam::recipe

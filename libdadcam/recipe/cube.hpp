#pragma once

#include <string_view>

namespace dadcam::recipe {

/// Checks the text of a .cube file (Adobe, Cube LUT Specification 1.0): one LUT_3D_SIZE from 2 to 256 and exactly
/// size³ lines of three finite numbers, with TITLE, DOMAIN_MIN, DOMAIN_MAX and comments beside. Pure.
/// Throws Error(usage) that names the line and what is wrong with it. Returns the size.
int check_cube(std::string_view text);

}  // namespace dadcam::recipe

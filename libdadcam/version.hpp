#pragma once

#include <string_view>

namespace dadcam {

/// "0.1.0"
std::string_view version();

}  // namespace dadcam

#pragma once

#include <string_view>

namespace dadcam::app::gallery {

/// How pages look, as CSS, and what they do, as JavaScript. Without it everything can be read, too.
extern const std::string_view kStyle;
extern const std::string_view kScript;

}  // namespace dadcam::app::gallery

#pragma once

#include <string>

namespace dadcam::render {

struct Font {
    std::string path;
    std::string content_id;
};

/// A font to draw dates with. Error(tool_missing), naming the package to install.
Font find_font();

}  // namespace dadcam::render

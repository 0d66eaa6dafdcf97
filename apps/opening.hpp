#pragma once

#include <apps/context.hpp>

namespace dadcam::app {

/// Opens a file or folder with the desktop's program for it, and does not wait for that. False where there is none.
bool opened(const Context& context, const std::filesystem::path& place);

}  // namespace dadcam::app

#pragma once

#include <apps/terminal.hpp>
#include <filesystem>

namespace dadcam::app {

/// The process's own streams and environment: the only place that looks at them.
Terminal real_terminal();

/// Empty when it has been removed.
std::filesystem::path current_folder();

}  // namespace dadcam::app

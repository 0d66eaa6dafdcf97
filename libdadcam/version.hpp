#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dadcam {

/// "0.1.0"
std::string_view version();

/// The libraries that it works with, and the versions of them that are at work now: {"SQLite", "3.40.1"}.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace dadcam

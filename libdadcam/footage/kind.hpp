#pragma once

#include <libdadcam/footage/facts.hpp>
#include <string>

namespace dadcam::footage {

/// In what a clip's pictures differ from another one's, as far as their headers say it, so that they cannot follow each
/// other in one stream: "it has 1280x720, not 1920x1080". Empty when they do not.
std::string other_kind(const Facts& clip, const Facts& reference);

}  // namespace dadcam::footage

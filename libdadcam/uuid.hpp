#pragma once

#include <string>

namespace dadcam {

/// A random UUID: RFC 4122, version 4.
std::string new_uuid();

}  // namespace dadcam

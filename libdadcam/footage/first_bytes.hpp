#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace dadcam::footage {

/// A file's first bytes, at most so many; empty when it cannot be read or is no ordinary file, as a pipe, which might
/// never end.
std::string first_bytes_of(const std::filesystem::path& file, std::size_t most);

}  // namespace dadcam::footage

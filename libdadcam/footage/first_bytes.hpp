#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace dadcam::footage {

/// A file's first bytes, at most so many; empty when it cannot be read or is no ordinary file, as a pipe, which might
/// never end.
std::string first_bytes_of(const std::filesystem::path& file, std::size_t most);

/// The same of those from a place on.
std::string bytes_from(const std::filesystem::path& file, std::int64_t place, std::size_t most);

}  // namespace dadcam::footage

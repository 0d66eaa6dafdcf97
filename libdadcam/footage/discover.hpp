#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dadcam::footage {

struct Refused {
    std::filesystem::path path;
    std::string reason;
};

/// What lies below the places that a user named.
struct Found {
    std::vector<std::filesystem::path> candidates;  ///< absolute, canonical, each once, sorted
    std::vector<std::filesystem::path> ignored;     ///< not footage by their names: photos, sidecars, documents
    std::vector<Refused> refused;                   ///< named but not there, or folders that cannot be read
};

/// Searches folders (hidden names and linked folders are passed over); a file that is named itself is always a
/// candidate, whatever its name.
Found discover(const std::vector<std::filesystem::path>& places);

/// The name of the folder that a clip came from. The folders that cameras make (DCIM, 100GOPRO, BDMV/STREAM,
/// VIDEO_TS …) say nothing: then it is the one above them.
std::string event_of(const std::filesystem::path& file);

}  // namespace dadcam::footage

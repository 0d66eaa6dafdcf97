#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dadcam::footage {

/// When a clip was recorded, and how that is known.
struct RecordedAt {
    std::string time;    ///< UTC, ISO 8601 with Z
    std::string source;  ///< container, file_name, folder_name, mtime
    bool estimated = false;
    bool operator==(const RecordedAt&) const = default;
};

/// The container's creation time, else a date in the file's name or in a folder's, else the modification time (marked
/// estimated). A clock that was never set (1904, 1970) does not count. `path`: as shown to the user, nearest folder
/// wins. A name's time is taken as UTC: it does not say its zone.
RecordedAt recorded_at(const std::optional<std::string>& creation_time, const std::filesystem::path& path,
                       std::int64_t mtime_ns);

}  // namespace dadcam::footage

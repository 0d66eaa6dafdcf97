#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// What a look at the directory tells of a file: enough to see that it has not been touched.
struct FileState {
    std::int64_t size_bytes = 0;
    std::int64_t mtime_ns = 0;  ///< since 1970, UTC
    bool operator==(const FileState&) const = default;
};

/// Throws Error(input_not_found) when there is no regular file or it cannot be looked at.
FileState file_state(const std::filesystem::path& path);

/// Who a file is wherever it lies: a hash of its size and of its first and last MiB. Reads at most 2 MiB, so that
/// terabytes can be taken in; two recordings that agree in all three are not known to exist.
/// Throws Error(input_not_found) when it cannot be read.
std::string content_identity(const std::filesystem::path& path);

/// What tells a file that was mended between its ends from one that was only touched: a hash of 64 KiB at each of 64
/// places in between, of all of it up to 16 MiB; empty where content_identity() reads all there is. Throws as that.
std::string sampled_identity(const std::filesystem::path& path);

/// A hash of all of a file. Throws Error(input_not_found) when it cannot be read to its
/// end. `each` is handed what was read, chunk by chunk.
std::string content_hash(const std::filesystem::path& path, const std::function<void(std::string_view)>& each = {});

}  // namespace dadcam::footage

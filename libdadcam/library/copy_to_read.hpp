#pragma once

#include <filesystem>

namespace dadcam::library {

/// A copy of a database with its log or journal, taken at a moment at which nobody changed them, in a folder of its own
/// among the system's temporary ones, gone at the end of the scope.
class CopyToRead {
public:
    /// Error(busy) when there is no such moment, Error(general) when it cannot be read, Error(disk_full).
    explicit CopyToRead(const std::filesystem::path& database);
    ~CopyToRead();
    CopyToRead(const CopyToRead&) = delete;
    CopyToRead& operator=(const CopyToRead&) = delete;

    std::filesystem::path file() const { return folder_ / "dadcam.db"; }

private:
    std::filesystem::path folder_;
};

}  // namespace dadcam::library

#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>

namespace dadcam::faults {

/// Lets this program's mounts be seen by itself and its children alone, so that none is left whatever ends it. To be
/// called before there are threads.
void keep_mounts_private();

/// A file system mounted for an attempt, gone at the end of the scope; what lies in it when something was
/// lost is kept beside it. Throws Skipped where that is not permitted.
class Mount {
public:
    /// An empty one in memory; the folder is made.
    static Mount small(const std::filesystem::path& folder, std::uint64_t bytes);
    /// The folder itself, so that nothing can be written below it: permissions stop everybody but root.
    static Mount read_only(const std::filesystem::path& folder);
    ~Mount();
    Mount(Mount&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;

private:
    explicit Mount(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

}  // namespace dadcam::faults

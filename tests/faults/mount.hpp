#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
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
    /// A folder once more at another place, as another machine would have it: kernels' locks are not shared.
    static Mount bindfs(const std::filesystem::path& folder, const std::filesystem::path& at);
    /// The same by SFTP, with a server of its own.
    static Mount sshfs(const std::filesystem::path& folder, const std::filesystem::path& at);
    /// Makes an exFAT of a file, and mounts it.
    static void make_exfat(const std::filesystem::path& image);
    static Mount exfat(const std::filesystem::path& image, const std::filesystem::path& at);
    ~Mount();
    Mount(Mount&& other) noexcept
        : folder_(std::exchange(other.folder_, {})),
          device_(std::exchange(other.device_, {})),
          pid_file_(other.pid_file_) {}
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;

    /// To whoever serves it by SFTP.
    void signal_server(int number) const;

private:
    explicit Mount(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
    std::string device_{};              ///< a loop device
    std::filesystem::path pid_file_{};  ///< of a server
};

}  // namespace dadcam::faults

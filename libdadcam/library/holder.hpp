#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace dadcam::library {

/// A process that holds a lock, as it wrote itself into the lock's file.
struct Holder {
    std::string host;
    std::string machine{};     ///< /etc/machine-id, where there is one
    std::string boot{};        ///< the running kernel: /proc/sys/kernel/random/boot_id
    std::string processes{};   ///< the PID namespace, in which `process` means something
    std::uint64_t disk = 0;    ///< the mount through which it has the library: st_dev there
    std::int64_t process = 0;  ///< 0: not known
    std::int64_t started =
        0;                  ///< when, in the kernel's ticks since it runs: another process of this number has another
    std::string since{};    ///< UTC, by its own clock
    std::int64_t beat = 0;  ///< grows while it lives

    bool operator==(const Holder&) const = default;
};

/// This process, with the library in `folder`.
Holder this_process(const std::filesystem::path& folder);

/// True when the kernel's own locks hold between it and this process: one kernel, one mount.
bool shares_locks(const Holder& one, const Holder& other);

/// Whether a process of this kernel still runs. Nothing when that cannot be known from here.
std::optional<bool> is_running(const Holder& holder, const Holder& self);

/// "process 4711 on nas, since 2019-07-14T18:30 UTC"
std::string described(const Holder& holder);

/// A lock's file, whose contents say who holds it. It stays when nobody does, and its size stays the same, because a
/// network's file system may remember the size of before.
class HolderFile {
public:
    /// Made where it is not there. Error(output_write_error), also for what is no file of its own.
    static HolderFile open(const std::filesystem::path& path);
    /// To look only. Nothing when there is none, or it cannot be read.
    static std::optional<HolderFile> look(const std::filesystem::path& path);

    HolderFile(HolderFile&& other) noexcept;
    HolderFile& operator=(HolderFile&&) = delete;
    ~HolderFile();

    const std::filesystem::path& path() const { return path_; }

    /// An OS lock on the whole file, F_RDLCK or F_WRLCK, released by the kernel when its holder ends, however that
    /// happens. It belongs to the open file: it is not lost when another descriptor of the file is closed, as POSIX's
    /// are. False when another process has one that goes against it. Error(output_write_error) when it cannot be tried.
    bool lock(short kind) const;
    /// Whether a process of this machine has one that would keep F_WRLCK from being had. Nobody is kept from it by
    /// this.
    bool is_locked() const;

    /// As it is now on the other side of a network, too.
    struct Seen {
        std::optional<Holder> holder;  ///< nobody: an empty file. A holder of no name: something else stands there
        std::chrono::sys_time<std::chrono::nanoseconds> written;
    };
    Seen read() const;

    /// nullopt: nobody. False when it could not be written.
    bool write(const std::optional<Holder>& holder) const;

private:
    HolderFile(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}
    int descriptor_;
    std::filesystem::path path_;
};

/// Has the system forget what it remembers of a file that another machine may have changed: its size and contents.
void look_anew(const std::filesystem::path& file);

}  // namespace dadcam::library

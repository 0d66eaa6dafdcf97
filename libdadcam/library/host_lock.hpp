#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <libdadcam/library/holder.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace dadcam::library {

/// How long somebody waits for a library that another machine has, and what they do meanwhile.
struct Patience {
    bool to_the_end = false;  ///< else only as long as it is not clear whether that machine is alive
    std::function<void(const std::string&)> tell = [](const std::string&) {};
    /// Waits; may throw to end it.
    std::function<void(std::chrono::milliseconds)> pause = [](auto time) { std::this_thread::sleep_for(time); };
};

/// A library that lies where the kernel's locks are not known to hold for everybody is used by one machine at a time.
/// .dadcam/host.lock says by which, and a sign of life in it every ten seconds that it still is. Processes of one
/// machine share it: between them the kernel's locks hold.
/// Another machine's is taken over when that machine was started anew, when its process is gone as far as this one can
/// know, or when nothing was heard of it for five minutes by the clock of the file system – and nothing is heard while
/// it is watched for half a minute more, because clocks lie.
/// The file stays: it says that the library is shared, to those, too, who have it on a disk of their own.
class HostLock {
public:
    /// `folder` is the library's .dadcam. Error(busy) naming the other machine, Error(output_write_error).
    static std::unique_ptr<HostLock> acquire(const std::filesystem::path& folder, const Patience& patience);

    /// Which other machine has it, as far as looking tells. Nothing for a library that is not shared.
    static std::optional<Holder> other_machine(const std::filesystem::path& folder);

    /// True for a library that others may have, too: it lies on a network, or did so once.
    static bool is_needed(const std::filesystem::path& folder);

    HostLock(HolderFile file, Holder self);
    ~HostLock();

    /// False when another machine has taken it over, or could do so soon: there has been no sign of life of this one
    /// for too long, because the network is gone or the machine slept.
    bool is_ours() const;

    /// A sign of life. The lock gives one by itself every ten seconds.
    void beat();

private:
    void live();

    HolderFile file_;
    Holder self_;
    std::atomic<bool> lost_{false};
    std::atomic<std::int64_t> last_beat_;
    bool ended_ = false;
    std::mutex mutex_;
    std::condition_variable end_;
    std::thread life_;
};

}  // namespace dadcam::library

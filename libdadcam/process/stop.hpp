#pragma once

#include <atomic>

namespace dadcam::process {

/// A request to stop, seen by everything that waits: a flag and an event descriptor to poll on.
class Stop {
public:
    Stop();
    ~Stop();
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    /// Safe to call from a signal handler and from any thread.
    void request() noexcept;
    bool requested() const noexcept { return requested_.load(); }
    /// Readable once a stop was requested; never read from it.
    int descriptor() const noexcept { return descriptor_; }

private:
    std::atomic<bool> requested_{false};
    int descriptor_;
};

}  // namespace dadcam::process

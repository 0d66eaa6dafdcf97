#pragma once

#include <atomic>
#include <chrono>

namespace dadcam::process {

/// A request to stop, seen by everything that waits: a flag and an event descriptor to poll on. A second request asks
/// not to wait for anybody's polite end any more.
class Stop {
public:
    Stop();
    /// Requested by itself, or with `outer`, which outlives it.
    explicit Stop(const Stop* outer);
    ~Stop();
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    /// Safe to call from a signal handler and from any thread.
    void request() noexcept;
    bool requested() const noexcept { return requested_.load() || (outer_ != nullptr && outer_->requested()); }
    /// Waits so long, or until a stop is requested: then true.
    bool requested_within(std::chrono::milliseconds time) const;
    /// Readable once a stop was requested; never read from it.
    int descriptor() const noexcept { return outer_ != nullptr ? either_ : event_; }
    /// Readable once it was requested twice; never read from it.
    int hurry_descriptor() const noexcept { return outer_ != nullptr ? outer_->hurry_descriptor() : hurry_; }

private:
    std::atomic<bool> requested_{false};
    const Stop* outer_ = nullptr;
    int event_ = -1;
    int hurry_ = -1;
    int either_ = -1;  ///< of two descriptors, with an outer one
};

}  // namespace dadcam::process

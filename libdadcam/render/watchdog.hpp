#pragma once

#include <chrono>
#include <cstdint>

namespace dadcam::render {

/// Says when something has stopped advancing. Times are handed in.
class Watchdog {
public:
    using Clock = std::chrono::steady_clock;

    Watchdog(std::chrono::milliseconds patience, Clock::time_point now) : patience_(patience), last_(now) {}

    /// Any number that grows as the work goes on: frames, bytes.
    void saw(std::int64_t amount, Clock::time_point now) {
        if (amount <= most_) return;
        most_ = amount;
        last_ = now;
    }
    bool stalled(Clock::time_point now) const { return now - last_ >= patience_; }

private:
    std::chrono::milliseconds patience_;
    Clock::time_point last_;
    std::int64_t most_ = 0;
};

}  // namespace dadcam::render

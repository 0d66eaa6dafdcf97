#pragma once

#include <chrono>
#include <cstdint>

namespace dadcam::render {

/// Says when something has stopped advancing. Times are handed in. Time in which nobody asks does not count: then
/// dadcam itself was stopped, or the machine asleep, and so was what it watches.
class Watchdog {
public:
    using Clock = std::chrono::steady_clock;

    Watchdog(std::chrono::milliseconds patience, Clock::time_point now) : patience_(patience), last_(now) {}

    /// Any number that grows as the work goes on: frames, bytes.
    void saw(std::int64_t amount, Clock::time_point now) {
        if (amount <= most_) return;
        most_ = amount;
        last_ = asked_ = now;
    }
    /// To be asked at least every kMostBetween.
    bool stalled(Clock::time_point now) {
        if (now - asked_ > kMostBetween) last_ += now - asked_ - kMostBetween;
        asked_ = now;
        return now - last_ >= patience_;
    }

private:
    static constexpr std::chrono::milliseconds kMostBetween{1000};
    std::chrono::milliseconds patience_;
    Clock::time_point last_;
    Clock::time_point asked_ = last_;
    std::int64_t most_ = 0;
};

}  // namespace dadcam::render

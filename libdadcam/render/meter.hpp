#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <libdadcam/units.hpp>
#include <map>
#include <optional>

namespace dadcam::render {

using Clock = std::chrono::steady_clock;

/// At most one update an interval, and none later than that: an update that comes too early is kept and sent when its
/// time has come.
class Throttle {
public:
    explicit Throttle(std::chrono::milliseconds interval) : interval_(interval) {}

    void note_news() { waiting_ = true; }
    bool due(Clock::time_point now) const { return waiting_ && now >= next_; }
    /// When to look again; nothing without news.
    std::optional<Clock::time_point> next() const { return waiting_ ? std::optional(next_) : std::nullopt; }
    void sent(Clock::time_point now) {
        waiting_ = false;
        next_ = now + interval_;
    }

private:
    std::chrono::milliseconds interval_;
    bool waiting_ = false;
    Clock::time_point next_{};
};

/// What a person has been shown already: of an earlier attempt at the same run.
struct MeterHistory {
    std::optional<Clock::time_point> start;
    int percent = 0;
};

/// Counts a run's frames. Times are handed in; it has no clock.
class Meter {
public:
    Meter(Frames total, Rational rate, Clock::time_point now, const MeterHistory& before = {});
    MeterHistory history() const { return {start_, percent()}; }

    /// Frames that need no rendering: they count, but say nothing about the speed.
    void reuse(Frames frames);
    /// A segment in flight has come so far. Never goes back, never beyond `most`.
    void update(std::size_t segment, Frames frames, Frames most, Clock::time_point now);
    void finish(std::size_t segment, Frames frames, Clock::time_point now);

    Frames completed() const;
    /// 0 to 99: only the film in its place is 100.
    int percent() const;
    double elapsed_seconds(Clock::time_point now) const;
    /// From the recent speed. Absent until it means something.
    std::optional<double> remaining_seconds(Clock::time_point now) const;
    /// Film seconds per second, recently.
    std::optional<double> speed(Clock::time_point now) const;
    /// The segments in flight, in the film's order, and how far each is.
    const std::map<std::size_t, Frames>& in_flight() const { return in_flight_; }

private:
    void note(Clock::time_point now);
    std::optional<double> frames_per_second(Clock::time_point now) const;

    Frames total_;
    Rational rate_;
    Clock::time_point start_;
    int least_percent_;
    Frames reused_;
    Frames rendered_;
    std::map<std::size_t, Frames> in_flight_;
    std::deque<std::pair<Clock::time_point, std::int64_t>> recent_;  ///< when, frames rendered by then
};

}  // namespace dadcam::render

#pragma once

#include <cstdint>
#include <libdadcam/measure/packets.hpp>
#include <map>

namespace dadcam::measure {

/// Counts on where a clock of few bits goes back to 0. That of MPEG-PS and MPEG-TS has 33 (ISO/IEC 13818-1, 2.4.3.7),
/// so that one recording can hold its end: every 26.5 hours. Pure.
class ClipClock {
public:
    /// In ticks: after how many it is at 0 again (0: never), and the step from one packet of a stream to the next
    /// beyond which it has been set anew instead.
    ClipClock(std::int64_t period, std::int64_t longest_step) : period_(period), longest_step_(longest_step) {}

    /// The packet with the times of a clock that goes on.
    Packet operator()(Packet packet);

private:
    std::int64_t nearest(std::int64_t time, std::int64_t to) const;

    std::int64_t period_;
    std::int64_t longest_step_;
    std::map<int, std::int64_t> last_;  ///< by the stream's index
};

/// Of a clip in a container with this name, in ticks of this many microseconds.
ClipClock clock_of(const std::string& container, double tick_us);

}  // namespace dadcam::measure

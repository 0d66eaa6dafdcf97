#include <cmath>
#include <cstdlib>
#include <libdadcam/measure/clock.hpp>

namespace dadcam::measure {

/// Of the times that stand there alike.
std::int64_t ClipClock::nearest(std::int64_t time, std::int64_t to) const {
    const auto apart = static_cast<double>(to - time) / static_cast<double>(period_);
    return time + period_ * std::llround(apart);
}

Packet ClipClock::operator()(Packet packet) {
    const auto time = packet.dts ? packet.dts : packet.pts;
    if (period_ == 0 || !time) return packet;
    const auto last = last_.find(packet.stream);
    auto now = *time;
    if (last != last_.end()) {
        const auto goes_on = nearest(*time, last->second);
        if (std::abs(goes_on - last->second) <= longest_step_) now = goes_on;
    }
    if (packet.dts) packet.dts = now;
    if (packet.pts) packet.pts = packet.dts ? nearest(*packet.pts, now) : now;
    last_[packet.stream] = now;
    return packet;
}

ClipClock clock_of(const std::string& container, double tick_us) {
    constexpr std::int64_t kPeriod = std::int64_t{1} << 33;
    constexpr double kLongestStep = 1e6;  // microseconds
    if (container != "mpeg" && container != "mpegts") return {0, 0};
    return {kPeriod, std::llround(kLongestStep / tick_us)};
}

}  // namespace dadcam::measure

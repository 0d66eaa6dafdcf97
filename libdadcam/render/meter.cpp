#include <algorithm>
#include <libdadcam/render/meter.hpp>

namespace dadcam::render {
namespace {

/// The speed is that of the last so many seconds, and is not told before so many have gone by.
constexpr std::chrono::seconds kRecent{20};
constexpr std::chrono::seconds kMeaningful{3};

double seconds(Clock::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

}  // namespace

Meter::Meter(Frames total, Rational rate, Clock::time_point now, const MeterHistory& before)
    : total_(total), rate_(rate), start_(before.start.value_or(now)), least_percent_(before.percent) {
    recent_.emplace_back(now, 0);
}

void Meter::reuse(Frames frames) {
    reused_ += frames;
}

void Meter::update(std::size_t segment, Frames frames, Frames most, Clock::time_point now) {
    Frames& known = in_flight_[segment];
    known = std::max(known, std::min(frames, most));
    note(now);
}

void Meter::finish(std::size_t segment, Frames frames, Clock::time_point now) {
    in_flight_.erase(segment);
    rendered_ += frames;
    note(now);
}

Frames Meter::completed() const {
    Frames sum = reused_ + rendered_;
    for (const auto& [segment, frames] : in_flight_) sum += frames;
    return std::min(sum, total_);
}

int Meter::percent() const {
    if (total_.count <= 0) return 0;
    const auto percent = static_cast<int>(std::min<std::int64_t>(99, completed().count * 100 / total_.count));
    return std::max(least_percent_, percent);
}

double Meter::elapsed_seconds(Clock::time_point now) const {
    return seconds(now - start_);
}

std::optional<double> Meter::remaining_seconds(Clock::time_point now) const {
    const auto rate = frames_per_second(now);
    if (!rate) return std::nullopt;
    return static_cast<double>((total_ - completed()).count) / *rate;
}

std::optional<double> Meter::speed(Clock::time_point now) const {
    const auto rate = frames_per_second(now);
    if (!rate) return std::nullopt;
    return *rate / rate_.value();
}

void Meter::note(Clock::time_point now) {
    recent_.emplace_back(now, (completed() - reused_).count);
    // One older than the window stays: it is where the window begins.
    while (recent_.size() > 2 && recent_[1].first < now - kRecent) recent_.pop_front();
}

std::optional<double> Meter::frames_per_second(Clock::time_point now) const {
    const auto& [since, before] = recent_.front();
    const auto gained = recent_.back().second - before;
    if (now - since < kMeaningful || gained <= 0) return std::nullopt;
    return static_cast<double>(gained) / seconds(now - since);
}

}  // namespace dadcam::render

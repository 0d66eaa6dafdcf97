#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/measure/listed.hpp>
#include <libdadcam/measure/walk.hpp>
#include <set>
#include <string_view>
#include <utility>

namespace dadcam::measure {
namespace {

using footage::Facts;

/// Pictures: no codec has more of them wait for one that is shown before them.
constexpr int kMostReordered = 17;

/// Where ffmpeg reads on when the clock begins anew, as in files that were put together byte by byte. It is not told of
/// what has spans (is_to_be_measured()), and not of what says little of its times.
bool can_clock_go_back(const Facts& facts) {
    static const std::set<std::string_view> kContainers{"matroska,webm", "flv", "nut", "asf"};
    return is_movie(facts) || kContainers.contains(facts.container);
}

void note(std::optional<std::int64_t> time, std::int64_t length, std::optional<std::int64_t>& first,
          std::optional<std::int64_t>& last, std::optional<std::int64_t>& until) {
    if (!time) return;
    first = std::min(first.value_or(*time), *time);
    last = std::max(last.value_or(*time), *time);
    until = std::max(until.value_or(*time), *time + length);
}

}  // namespace

bool Packets::is_back(const Packet& packet, double reordered) {
    if (packet.kind == Kind::sound) {
        const auto before = std::exchange(last_sound_, packet.time());
        return before && packet.time() && *packet.time() < *before - packet.duration.value_or(0) * 3 / 2;
    }
    const auto before = last_shown ? last_shown : last_decoded;
    const bool is_behind =
        before && packet.time() && static_cast<double>(*packet.time()) < static_cast<double>(*before) - reordered;
    behind_ = is_behind ? behind_ + 1 : 0;
    return is_behind && (packet.key || behind_ > kMostReordered);
}

void Packets::add(const Packet& packet) {
    const auto length = packet.duration.value_or(0);
    ++count;
    durations += length;
    if (!packet.pts) ++without_time;
    if (packet.dts && last_decoded && *packet.dts > *last_decoded)
        closest = std::min(closest.value_or(*packet.dts - *last_decoded), *packet.dts - *last_decoded);
    note(packet.pts, length, first_shown, last_shown, shown_until);
    note(packet.dts, length, first_decoded, last_decoded, decoded_until);
}

Packets list_packets(const std::string& ffprobe, const process::Input& input, const Facts& facts,
                     const process::Stop& stop, std::optional<std::int64_t> from_us) {
    Packets pictures;
    const bool can_go_back = can_clock_go_back(facts);
    constexpr double kLeast = 500'000;  // microseconds, for a rate may be absurd
    const double reordered =
        std::max(kLeast, facts.rate.positive() ? kMostReordered * 1e6 / facts.rate.value() : 0) / tick_us(facts);
    walk(
        ffprobe, input,
        [&](const Packet& packet) {
            const bool is_picture = packet.stream == facts.stream && packet.kind == Kind::picture;
            const bool is_sound = facts.sound && packet.stream == facts.sound->stream;
            if (can_go_back && (is_picture || is_sound) && pictures.is_back(packet, reordered))
                pictures.goes_back = true;
            if (pictures.goes_back || packet.discarded) return;
            pictures.all_until = std::max(pictures.all_until, packet.time().value_or(0) + packet.duration.value_or(0));
            if (is_picture) pictures.add(packet);
        },
        stop, from_us, true);
    return pictures;
}

bool is_movie(const Facts& facts) {
    return facts.container.starts_with("mov,");
}

bool has_believable_rate(const Facts& facts) {
    return facts.rate.positive() && facts.rate.value() <= kFastest;
}

double step_us(const Packets& pictures, const Facts& facts) {
    const double by_rate = has_believable_rate(facts) ? 1e6 / facts.rate.value() : 0;
    return std::max(by_rate, static_cast<double>(pictures.closest.value_or(0)) * tick_us(facts));
}

double mean_length_us(const Packets& pictures, const Facts& facts) {
    return static_cast<double>(pictures.durations) * tick_us(facts) /
           static_cast<double>(std::max<std::int64_t>(1, pictures.count));
}

bool is_rate_too_high(const Packets& pictures, const Facts& facts) {
    return has_believable_rate(facts) && step_us(pictures, facts) > kMuch * 1e6 / facts.rate.value();
}

double until(std::int64_t first, std::int64_t last, std::int64_t end, const Packets& pictures, const Facts& facts) {
    constexpr double kAlone = 40'000;     // microseconds: a picture of which nothing says how long it is
    constexpr double kLongest = 500'000;  // the same: of slides that come seconds apart the last one is no longer
    const double steps = static_cast<double>(last - first) * tick_us(facts);
    double mean = pictures.count > 1 ? steps / static_cast<double>(pictures.count - 1) : kAlone;
    if (has_believable_rate(facts))
        mean =
            is_rate_too_high(pictures, facts) ? std::min(kLongest, step_us(pictures, facts)) : 1e6 / facts.rate.value();
    const double own = static_cast<double>(end - last) * tick_us(facts);
    const bool is_own_wrong =
        own < mean / 2 || mean_length_us(pictures, facts) > kMuch * std::max(mean, step_us(pictures, facts));
    return static_cast<double>(last) * tick_us(facts) + (is_own_wrong ? mean : own);
}

Rational counted_rate(const Packets& pictures, const Facts& facts) {
    const auto first = pictures.first_shown ? pictures.first_shown : pictures.first_decoded;
    const auto last = pictures.last_shown ? pictures.last_shown : pictures.last_decoded;
    const double steps = first ? static_cast<double>(*last - *first) * tick_us(facts) : 0;
    if (pictures.count < 2 || steps <= 0) return {};
    return parse_rational(fmt::format("{:.3f}", static_cast<double>(pictures.count - 1) * 1e6 / steps));
}

}  // namespace dadcam::measure

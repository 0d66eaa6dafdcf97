#include <algorithm>
#include <libdadcam/measure/damage.hpp>

namespace dadcam::measure {
namespace {

bool is_any_in(const footage::Lost& gap, const std::vector<std::int64_t>& coded_us, std::int64_t slack_us) {
    return std::any_of(coded_us.begin(), coded_us.end(),
                       [&](auto time) { return time >= gap.at_us - slack_us && time < gap.at_us + gap.us - slack_us; });
}

}  // namespace

std::vector<footage::Lost> gaps_in(const std::vector<Shown>& decoded, Shown shown, std::int64_t least_us) {
    std::vector<footage::Lost> gaps;
    auto end = shown.from_us;
    const auto look_up_to = [&](std::int64_t next) {
        next = std::min(next, shown.until_us);
        if (next - end > least_us) gaps.push_back({end, next - end});
    };
    for (const auto& one : decoded) {
        if (one.from_us >= shown.until_us) break;
        look_up_to(one.from_us);
        end = std::max(end, one.until_us);
    }
    look_up_to(shown.until_us);
    return gaps;
}

std::vector<footage::Lost> undecoded(std::vector<footage::Lost> gaps, const std::vector<std::int64_t>& coded_us,
                                     std::int64_t slack_us, std::ptrdiff_t few) {
    constexpr std::int64_t kLong = 180'000;
    const auto is_unnamed = [&](const auto& gap) { return !is_any_in(gap, coded_us, slack_us); };
    if (std::count_if(gaps.begin(), gaps.end(), is_unnamed) <= few) return gaps;
    std::erase_if(gaps, [&](const auto& gap) { return gap.us < kLong && is_unnamed(gap); });
    return gaps;
}

std::vector<footage::Lost> within_sound(std::vector<footage::Lost> gaps, const std::vector<Shown>& decoded,
                                        const std::vector<std::int64_t>& coded_us) {
    constexpr std::int64_t kToBegin = 100'000;
    std::erase_if(gaps, [&](auto gap) {
        const bool is_behind = !decoded.empty() && gap.at_us >= decoded.front().until_us;
        if (is_behind && gap.at_us + gap.us <= decoded.back().from_us) return false;
        // What lies next to the sound that is decoded is what its decoder needs.
        gap.us -= kToBegin;
        if (is_behind) gap.at_us += kToBegin;
        return gap.us <= 0 || !is_any_in(gap, coded_us, 0);
    });
    return gaps;
}

std::vector<footage::Lost> merged(std::vector<footage::Lost> lost) {
    std::sort(lost.begin(), lost.end(), [](auto one, auto other) { return one.at_us < other.at_us; });
    std::vector<footage::Lost> all;
    for (const auto& one : lost) {
        if (!all.empty() && one.us > 0 && one.at_us <= all.back().at_us + all.back().us)
            all.back().us = std::max(all.back().us, one.at_us + one.us - all.back().at_us);
        else
            all.push_back(one);
    }
    return all;
}

}  // namespace dadcam::measure

#include <algorithm>
#include <cmath>
#include <libdadcam/measure/damage.hpp>

namespace dadcam::measure {

std::vector<footage::Lost> gaps_in(const std::vector<std::int64_t>& decoded_us, Shown shown, double picture_us) {
    const std::int64_t picture = std::llround(picture_us);
    std::vector<footage::Lost> gaps;
    auto last = shown.from_us - picture;
    const auto look_behind_last = [&](std::int64_t next) {
        const auto begin = std::max(last + picture, shown.from_us), end = std::min(next, shown.until_us);
        if (end - begin > picture / 2) gaps.push_back({begin, end - begin});
    };
    for (const auto time : decoded_us) {
        if (time >= shown.until_us) break;
        look_behind_last(time);
        last = std::max(last, time);
    }
    look_behind_last(shown.until_us);
    return gaps;
}

std::vector<footage::Lost> undecoded(std::vector<footage::Lost> gaps, const std::vector<std::int64_t>& coded_us,
                                     double picture_us) {
    constexpr std::int64_t kLong = 500'000;
    const std::int64_t half = std::llround(picture_us) / 2;
    std::erase_if(gaps, [&](auto gap) {
        const auto is_within = [&](auto time) { return time >= gap.at_us - half && time < gap.at_us + gap.us - half; };
        return gap.us < kLong && std::none_of(coded_us.begin(), coded_us.end(), is_within);
    });
    return gaps;
}

std::vector<footage::Lost> merged(std::vector<footage::Lost> lost) {
    std::sort(lost.begin(), lost.end(), [](auto one, auto other) { return one.at_us < other.at_us; });
    std::vector<footage::Lost> all;
    for (const auto& one : lost) {
        if (!all.empty() && one.at_us <= all.back().at_us + all.back().us)
            all.back().us = std::max(all.back().us, one.at_us + one.us - all.back().at_us);
        else
            all.push_back(one);
    }
    return all;
}

}  // namespace dadcam::measure

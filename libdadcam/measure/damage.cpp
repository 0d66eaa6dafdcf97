#include <algorithm>
#include <cmath>
#include <libdadcam/measure/damage.hpp>

namespace dadcam::measure {

std::vector<footage::Lost> undecoded(const std::vector<std::int64_t>& decoded_us,
                                     const std::vector<std::int64_t>& coded_us, Shown shown, double picture_us) {
    constexpr std::int64_t kLong = 500'000;
    const std::int64_t picture = std::llround(picture_us), half = picture / 2;
    std::vector<footage::Lost> lost;
    auto last = shown.from_us - picture;
    const auto look_behind_last = [&](std::int64_t next) {
        const auto begin = std::max(last + picture, shown.from_us), end = std::min(next, shown.until_us);
        if (end - begin <= half) return;
        const bool is_coded = std::any_of(coded_us.begin(), coded_us.end(), [&](std::int64_t time) {
            return time > last + half && time < next - half && time >= begin - half && time < end;
        });
        if (is_coded || end - begin >= kLong) lost.push_back({begin, end - begin});
    };
    for (const auto time : decoded_us) {
        if (time >= shown.until_us) break;
        if (time > last) look_behind_last(time);
        last = std::max(last, time);
    }
    const auto next = std::lower_bound(decoded_us.begin(), decoded_us.end(), shown.until_us);
    look_behind_last(next == decoded_us.end() ? shown.until_us + picture : *next);
    return lost;
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

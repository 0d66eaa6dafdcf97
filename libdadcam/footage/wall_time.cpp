#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

constexpr int kEarliestYear = 1971;  // an unset clock says 1904 or 1970
constexpr int kLatestYear = 2099;

bool is_clock_time(const Shown& shown) {
    const auto within = [](int value, int end) { return value >= 0 && value < end; };
    return within(shown.hour, 24) && within(shown.minute, 60) && within(shown.second, 60);
}

}  // namespace

std::optional<std::chrono::local_seconds> wall_time(const Shown& shown) {
    using namespace std::chrono;
    if (shown.year < kEarliestYear || shown.year > kLatestYear || shown.month < 1 || shown.day < 1) return {};
    const year_month_day date{year{shown.year}, month{static_cast<unsigned>(shown.month)},
                              day{static_cast<unsigned>(shown.day)}};
    if (!date.ok() || !is_clock_time(shown)) return {};
    return local_days{date} + hours{shown.hour} + minutes{shown.minute} + std::chrono::seconds{shown.second};
}

bool is_dated(std::chrono::sys_seconds instant) {
    using namespace std::chrono;
    return instant >= sys_days{year{kEarliestYear} / 1 / 1} && instant < sys_days{year{kLatestYear + 1} / 1 / 1};
}

bool is_offset(std::chrono::minutes offset) {
    using namespace std::chrono_literals;
    return offset >= -12h && offset <= 14h && offset % 15min == 0min;
}

Moment at_offset(std::chrono::local_seconds wall, std::chrono::minutes offset) {
    return {wall, std::chrono::sys_seconds{wall.time_since_epoch() - offset}};
}

int from_bcd(unsigned byte) {
    const auto tens = byte >> 4U, ones = byte & 0xfU;
    return tens > 9 || ones > 9 ? -1 : static_cast<int>(tens * 10 + ones);
}

}  // namespace dadcam::footage

#include <fmt/format.h>

#include <libdadcam/time.hpp>
#include <regex>

namespace dadcam {
namespace {

using namespace std::chrono;

struct Parts {
    year_month_day date;
    hh_mm_ss<seconds> time;
};

Parts split(sys_seconds time) {
    const auto day = floor<days>(time);
    return {year_month_day{day}, hh_mm_ss<seconds>{time - day}};
}

std::string format_parts(fmt::format_string<int, unsigned, unsigned, long, long, long> form, sys_seconds time) {
    const auto [date, clock] = split(time);
    return fmt::format(form, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                       static_cast<long>(clock.seconds().count()));
}

}  // namespace

std::string format_utc(sys_seconds time) {
    return format_parts("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", time);
}

std::string now_utc() {
    return format_utc(floor<seconds>(system_clock::now()));
}

std::string compact_utc(sys_seconds time) {
    return format_parts("{:04}{:02}{:02}_{:02}{:02}{:02}", time);
}

std::optional<sys_seconds> parse_utc(std::string_view text) {
    static const std::regex form(
        R"(([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?(Z|([+-])([0-9]{2}):?([0-9]{2}))?)?)");
    constexpr std::size_t kLongest = 64;  // std::regex takes a frame of the stack for each character
    std::match_results<std::string_view::const_iterator> match;
    if (text.size() > kLongest || !std::regex_match(text.begin(), text.end(), match, form)) return {};
    const auto number = [&](std::size_t group) { return match[group].matched ? std::stoi(match[group].str()) : 0; };
    const year_month_day date{year{number(1)}, month{static_cast<unsigned>(number(2))},
                              day{static_cast<unsigned>(number(3))}};
    if (!date.ok() || number(4) > 23 || number(5) > 59 || number(6) > 60) return {};
    const auto local = sys_days{date} + hours{number(4)} + minutes{number(5)} + seconds{number(6)};
    const auto offset = hours{number(9)} + minutes{number(10)};
    return match[8].matched && match[8].str() == "-" ? local + offset : local - offset;
}

}  // namespace dadcam

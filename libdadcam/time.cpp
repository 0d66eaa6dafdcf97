#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/time.hpp>

namespace dadcam {
namespace {

using namespace std::chrono;

struct Parts {
    year_month_day date;
    hh_mm_ss<seconds> time;
};

template <typename Clock>
Parts split(time_point<Clock, seconds> time) {
    const auto day = floor<days>(time);
    return {year_month_day{day}, hh_mm_ss<seconds>{time - day}};
}

std::string format_parts(fmt::format_string<int, unsigned, unsigned, long, long, long> form, const Parts& parts) {
    const auto& [date, clock] = parts;
    return fmt::format(form, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                       static_cast<long>(clock.seconds().count()));
}

/// What is left to be read of a written time. A failed step leaves it where it was.
class Rest {
public:
    explicit Rest(std::string_view text) : text_(text) {}

    bool at_end() const { return text_.empty(); }

    bool take(std::string_view any) {
        if (text_.empty() || any.find(text_.front()) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }

    /// A number of so many digits, no greater than `most`.
    bool number(std::size_t digits, int most, int& into) {
        if (text_.size() < digits) return false;
        int value = 0;
        for (const char c : text_.substr(0, digits)) {
            if (!is_digit(c)) return false;
            value = value * 10 + (c - '0');
        }
        if (value > most) return false;
        into = value;
        text_.remove_prefix(digits);
        return true;
    }

    bool fraction() {
        constexpr std::ptrdiff_t kLongest = 9;
        const auto end = std::find_if_not(text_.begin(), text_.end(), is_digit);
        const auto digits = end - text_.begin();
        text_.remove_prefix(static_cast<std::size_t>(digits));
        return digits > 0 && digits <= kLongest;
    }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string_view text_;
};

/// "Z", "+02:00", "-0400", or nothing at all.
bool read_offset(Rest& rest, std::optional<minutes>& offset) {
    if (rest.at_end()) return true;
    if (rest.take("Z")) {
        offset = minutes{0};
        return true;
    }
    const bool west = rest.take("-");
    int hour = 0, minute = 0;
    if (!west && !rest.take("+")) return false;
    if (!rest.number(2, 99, hour)) return false;
    rest.take(":");
    if (!rest.number(2, 99, minute)) return false;
    const auto distance = hours{hour} + minutes{minute};
    offset = west ? -distance : distance;
    return true;
}

}  // namespace

std::string format_utc(sys_seconds time) {
    return format_parts("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", split(time));
}

std::string now_utc() {
    return format_utc(floor<seconds>(system_clock::now()));
}

std::string compact_utc(sys_seconds time) {
    return format_parts("{:04}{:02}{:02}_{:02}{:02}{:02}", split(time));
}

std::string format_wall(local_seconds time) {
    return format_parts("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", split(time));
}

std::string format_wall(local_seconds time, minutes offset) {
    const auto distance = abs(offset).count();
    return fmt::format("{}{}{:02}:{:02}", format_wall(time), offset < minutes{0} ? '-' : '+', distance / 60,
                       distance % 60);
}

std::optional<WrittenTime> parse_time(std::string_view text) {
    Rest rest(text);
    int years = 0, months = 0, day_of_month = 0, hour = 0, minute = 0, second = 0;
    const bool dated = rest.number(4, 9999, years) && rest.take("-") && rest.number(2, 12, months) && rest.take("-") &&
                       rest.number(2, 31, day_of_month);
    if (!dated) return {};
    const year_month_day date{year{years}, month{static_cast<unsigned>(months)},
                              day{static_cast<unsigned>(day_of_month)}};
    if (!date.ok()) return {};
    std::optional<minutes> offset;
    if (!rest.at_end()) {
        if (!rest.take("T ") || !rest.number(2, 23, hour) || !rest.take(":") || !rest.number(2, 59, minute)) return {};
        if (rest.take(":")) {
            if (!rest.number(2, 60, second)) return {};
            if (rest.take(".") && !rest.fraction()) return {};
        }
        if (!read_offset(rest, offset) || !rest.at_end()) return {};
    }
    return WrittenTime{local_days{date} + hours{hour} + minutes{minute} + seconds{second}, offset};
}

std::optional<sys_seconds> parse_utc(std::string_view text) {
    const auto time = parse_time(text);
    if (!time) return {};
    return sys_seconds{time->wall.time_since_epoch() - time->offset.value_or(minutes{0})};
}

}  // namespace dadcam

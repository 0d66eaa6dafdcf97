#include <fmt/format.h>

#include <charconv>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/correction.hpp>

namespace dadcam::footage {
namespace {

using std::chrono::local_seconds, std::chrono::sys_seconds;

constexpr std::int64_t kMostOfAUnit = 1'000'000'000;

[[noreturn]] void refuse_shift(std::string_view text) {
    throw Error(Category::usage, fmt::format("\"{}\" is not a length of time.", text),
                "Write it as +1h30m, -1h5m, +1d, -2y or +3mo.");
}

void add(Shift& shift, std::int64_t number, std::string_view unit, std::string_view text) {
    using namespace std::chrono;
    if (unit == "y")
        shift.months += months{number * 12};
    else if (unit == "mo")
        shift.months += months{number};
    else if (unit == "d")
        shift.time += seconds{number * 86400};
    else if (unit == "h")
        shift.time += seconds{number * 3600};
    else if (unit == "m")
        shift.time += seconds{number * 60};
    else if (unit == "s")
        shift.time += seconds{number};
    else
        refuse_shift(text);
}

[[noreturn]] void refuse_years() {
    throw Error(Category::usage, "That would leave the years 1900 to 2100.", "Nothing was changed.");
}

bool is_in_range(local_seconds wall) {
    using namespace std::chrono;
    return wall >= local_days{year{1900} / 1 / 1} && wall < local_days{year{2101} / 1 / 1};
}

local_seconds shifted(local_seconds wall, const Shift& shift) {
    using namespace std::chrono;
    const auto day = floor<days>(wall);
    auto date = year_month_day{day} + shift.months;
    if (!date.ok()) date = date.year() / date.month() / last;
    return local_days{date} + (wall - day) + shift.time;
}

/// Each year has so many seconds at the least: what is longer leads out of the range, and maybe out of the numbers.
void check(const Shift& shift) {
    constexpr std::int64_t kMostMonths = 12LL * 201, kMostSeconds = 201LL * 366 * 86400;
    if (std::abs(shift.months.count()) > kMostMonths || std::abs(shift.time.count()) > kMostSeconds) refuse_years();
}

}  // namespace

Shift parse_shift(std::string_view text) {
    auto rest = text;
    const bool back = rest.starts_with('-');
    if (back || rest.starts_with('+')) rest.remove_prefix(1);
    Shift shift;
    if (rest.empty()) refuse_shift(text);
    while (!rest.empty()) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (error != std::errc{} || number < 0 || number > kMostOfAUnit || rest.front() == '-') refuse_shift(text);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        const auto unit = rest.substr(0, rest.find_first_of("0123456789+-"));
        add(shift, back ? -number : number, unit, text);
        rest.remove_prefix(unit.size());
        if (std::abs(shift.time.count()) > kMostOfAUnit * 86400) refuse_shift(text);
    }
    return shift;
}

Correction correction_to(const WrittenTime& at, const RecordedAt& first, const Zone& zone) {
    Correction correction;
    correction.offset = at.offset;
    correction.at_wall = !at.offset;
    if (at.offset)
        correction.shift.time =
            at.wall.time_since_epoch() - *at.offset - parse_utc(first.time).value_or(sys_seconds{}).time_since_epoch();
    else
        correction.shift.time = at.wall - wall_of(first, zone);
    return correction;
}

RecordedAt corrected(const RecordedAt& before, const Correction& correction, const Zone& zone) {
    check(correction.shift);
    auto moment = moment_of(before);
    if (correction.offset) moment = {std::nullopt, parse_utc(before.time)};
    if (correction.at_wall && !moment.wall) moment = {wall_of(before, zone), std::nullopt};
    if (moment.wall) {
        const auto wall = shifted(*moment.wall, correction.shift);
        if (moment.instant) *moment.instant += wall - *moment.wall;
        moment.wall = wall;
    } else {
        const auto wall = zone.wall(*moment.instant);
        // Hours and days pass as they do, also over the night in which clocks are set.
        if (correction.shift.months.count() == 0)
            *moment.instant += correction.shift.time;
        else
            moment.instant = zone.instant(shifted(wall, correction.shift));
    }
    if (correction.offset && *correction.offset != std::chrono::minutes{0})
        moment.wall = local_seconds{moment.instant->time_since_epoch() + *correction.offset};
    if (correction.zone) {
        const bool wall_counts = correction.at_wall || !moment.instant;
        if (wall_counts)
            moment.instant = correction.zone->instant(*moment.wall);
        else
            moment.wall = correction.zone->wall(*moment.instant);
    }
    auto after = recorded(moment, "user", false, zone);
    if (!is_in_range(wall_of(*after, zone))) refuse_years();
    return *after;
}

}  // namespace dadcam::footage

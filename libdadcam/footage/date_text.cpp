#include <libdadcam/footage/date_text.hpp>
#include <libdadcam/footage/text_cursor.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

constexpr std::string_view kBlank(" \t\r\n\0", 5);

enum class ZoneForm { none, utc, offset };

struct ReadZone {
    ZoneForm zone = ZoneForm::none;
    std::chrono::minutes offset{0};
};

/// Nothing when there is something that is no zone.
std::optional<ReadZone> read_zone(TextCursor& cursor) {
    if (cursor.word("z")) return ReadZone{ZoneForm::utc, {}};
    const char sign = cursor.any_of("+-");
    if (sign == '\0') return ReadZone{};
    const auto hour = cursor.number(2, 2);
    cursor.skip(":", 1);
    const auto minute = cursor.at_digit() ? cursor.number(2, 2) : std::optional<int>{0};
    if (!hour || !minute || *minute > 59) return {};
    const std::chrono::minutes offset =
        (std::chrono::hours{*hour} + std::chrono::minutes{*minute}) * (sign == '-' ? -1 : 1);
    if (!is_offset(offset)) return {};
    return ReadZone{ZoneForm::offset, offset};
}

bool read_clock(TextCursor& cursor, Shown& shown) {
    const auto hour = cursor.number(2, 2);
    if (!hour || cursor.any_of(":") == '\0') return false;
    const auto minute = cursor.number(2, 2);
    if (!minute) return false;
    shown.hour = *hour;
    shown.minute = *minute;
    if (cursor.any_of(":") == '\0') return true;
    const auto second = cursor.number(2, 2);
    if (!second) return false;
    shown.second = *second;
    if (cursor.any_of(".,") != '\0') cursor.skip("0123456789");
    return true;
}

std::optional<Told> day_told(const Shown& shown) {
    const auto wall = wall_time(shown);
    if (!wall) return {};
    return Told{{wall, {}}, true};
}

std::optional<Told> time_told(const Shown& shown, const ReadZone& zone) {
    const auto wall = wall_time(shown);
    if (!wall) return {};
    if (zone.zone == ZoneForm::none) return Told{{wall, {}}, false};
    auto moment = at_offset(*wall, zone.offset);
    if (zone.zone == ZoneForm::utc) moment.wall.reset();
    return Told{moment, false};
}

std::optional<Told> read_iso(std::string_view text, bool month_is_enough) {
    TextCursor cursor(text);
    const auto at_end = [&] {
        cursor.skip(kBlank);
        return cursor.at_end();
    };
    cursor.skip(kBlank);
    Shown shown;
    const auto year = cursor.number(4, 4);
    const char separator = cursor.any_of("-:/.");
    const auto month = cursor.number(2, 2);
    if (!year || separator == '\0' || !month) return {};
    shown = {*year, *month, 1};
    if (cursor.any_of({&separator, 1}) == '\0') return month_is_enough && at_end() ? day_told(shown) : std::nullopt;
    const auto day = cursor.number(2, 2);
    if (!day) return {};
    shown.day = *day;
    const bool promises_time = cursor.skip("T", 1) > 0;
    const bool apart = promises_time || cursor.skip(kBlank) > 0;
    if (cursor.at_end() && !promises_time) return day_told(shown);
    if (!apart || !read_clock(cursor, shown)) return {};
    cursor.skip(" ", 1);
    const auto zone = read_zone(cursor);
    return zone && at_end() ? time_told(shown, *zone) : std::nullopt;
}

}  // namespace

std::optional<Told> offset_time(std::string_view text) {
    return read_iso(text, false);
}

std::optional<Told> matroska_date(std::string_view tag) {
    return read_iso(tag, true);
}

}  // namespace dadcam::footage

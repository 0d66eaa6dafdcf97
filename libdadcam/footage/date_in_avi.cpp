#include <algorithm>
#include <array>
#include <cstdint>
#include <libdadcam/footage/date_in_avi.hpp>
#include <libdadcam/footage/text_cursor.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

constexpr std::string_view kPadding(" \t\r\n\0", 5);

/// "20:52:00", "1:42PM". False when there is something that is no time.
bool read_time_of_day(TextCursor& cursor, Shown& shown) {
    const auto hour = cursor.number(1, 2);
    if (!hour || cursor.any_of(":") == '\0') return false;
    cursor.skip(" ", 2);
    const auto minute = cursor.number(1, 2);
    if (!minute) return false;
    shown.hour = *hour;
    shown.minute = *minute;
    if (cursor.any_of(":") != '\0') {
        cursor.skip(" ", 2);
        const auto second = cursor.number(1, 2);
        if (!second) return false;
        shown.second = *second;
    }
    TextCursor behind = cursor;
    behind.skip(" ", 1);
    if (const auto of_day = half_day_hour(behind, *hour)) {
        shown.hour = *of_day;
        cursor = behind;
    }
    return true;
}

/// As C's asctime() writes it: "Mon Sep 10 20:52:00 2012".
std::optional<Shown> read_asctime(TextCursor cursor) {
    constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto find = [&](const auto& words) {
        return std::find_if(words.begin(), words.end(), [&](std::string_view word) { return cursor.word(word); });
    };
    if (find(kWeekdays) == kWeekdays.end() || cursor.skip(" ,") == 0) return {};
    const auto month = find(kMonths);
    if (month == kMonths.end() || cursor.skip(" ") == 0) return {};
    const auto day = cursor.number(1, 2);
    if (!day || cursor.skip(" ") == 0) return {};
    Shown shown{0, static_cast<int>(month - kMonths.begin()) + 1, *day};
    if (!read_time_of_day(cursor, shown) || cursor.skip(" ") == 0) return {};
    const auto year = cursor.number(4, 4);
    if (!year || cursor.at_digit()) return {};
    shown.year = *year;
    return shown;
}

struct DatedText {
    Shown shown;
    bool day_only = false;
};

std::optional<DatedText> read_numbers(TextCursor cursor) {
    const auto year = cursor.number(4, 4);
    const char separator = cursor.any_of("/-:.");
    cursor.skip(" ", 2);
    const auto month = cursor.number(1, 2);
    if (!year || separator == '\0' || !month || cursor.any_of({&separator, 1}) == '\0') return {};
    cursor.skip(" ", 2);
    const auto day = cursor.number(1, 2);
    if (!day || cursor.at_digit()) return {};
    DatedText found{{*year, *month, *day}, false};
    cursor.skip("/T", 1);
    cursor.skip(kPadding);
    found.day_only = cursor.at_end();
    if (!found.day_only && !read_time_of_day(cursor, found.shown)) return {};
    return found;
}

std::uint32_t little_endian(std::string_view four) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) number = number << 8U | static_cast<unsigned char>(four[i]);
    return number;
}

/// A list's own chunks come behind its kind: stepping behind that, the walk goes into it.
bool is_walked_into(std::string_view chunk) {
    constexpr std::size_t kHeader = 8;
    const auto name = chunk.substr(0, 4);
    return (name == "LIST" || name == "RIFF") && chunk.size() >= kHeader + 4 && chunk.substr(kHeader, 4) != "movi";
}

}  // namespace

std::optional<Told> idit_date(std::string_view text) {
    TextCursor cursor(text);
    cursor.skip(kPadding);
    auto found = read_numbers(cursor);
    if (!found) {
        if (const auto shown = read_asctime(cursor)) found = DatedText{*shown, false};
    }
    const auto wall = found ? wall_time(found->shown) : std::nullopt;
    if (!wall) return {};
    return Told{{wall, {}}, found->day_only};
}

std::string_view find_idit(std::string_view first_bytes) {
    constexpr std::size_t kHeader = 8, kListHeader = 12, kLongestText = 256;
    constexpr int kMostChunks = 4096;
    const bool is_avi = first_bytes.size() >= kListHeader && first_bytes.starts_with("RIFF") &&
                        first_bytes.substr(kHeader, 4) == "AVI ";
    if (!is_avi) return {};
    std::size_t at = 0;
    for (int i = 0; i < kMostChunks && at + kHeader <= first_bytes.size(); ++i) {
        const auto chunk = first_bytes.substr(at);
        const std::size_t size = little_endian(chunk.substr(4, 4));
        if (chunk.starts_with("IDIT")) return chunk.substr(kHeader, std::min(size, kLongestText));
        at += is_walked_into(chunk) ? kListHeader : kHeader + size + size % 2;
    }
    return {};
}

}  // namespace dadcam::footage

#include <array>
#include <libdadcam/footage/time_in_name.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

/// What is between the date and the time, which decides what may be a time.
struct Between {
    std::size_t separators = 0;
    bool has_t = false;
    bool has_word = false;
};

/// What phones and computers write where people say "at": macOS, WhatsApp and others in the user's language. Longer
/// ones first; the accents of macOS are characters of their own.
bool skip_word(TextCursor& cursor) {
    constexpr std::array<std::string_view, 17> kWords{
        "alle ore", "a las",    "\xc3\xa0s", "a\xcc\x80s", "alle", "\xc3\xa0", "a\xcc\x80", "klo.", "klo",
        "kl.",      "\xd0\xb2", "at",        "um",         "om",   "kl",       "as",        "o"};
    for (const auto word : kWords) {
        TextCursor behind = cursor;
        if (!behind.word(word) || behind.skip(" _", 2) == 0) continue;
        cursor = behind;
        return true;
    }
    return false;
}

Between skip_between(TextCursor& cursor) {
    Between between;
    while (between.separators < 3) {
        const char separator = cursor.any_of("-_ T.");
        if (separator == '\0') break;
        ++between.separators;
        between.has_t = between.has_t || separator == 'T';
    }
    between.has_word = between.separators > 0 && skip_word(cursor);
    return between;
}

bool ends_word(const TextCursor& cursor) {
    const auto next = static_cast<unsigned char>(cursor.peek());
    const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next >= 0x80;
    return !letter && !cursor.at_digit();
}

/// macOS has a narrow no-break space in front of the PM. In German "am" is a word: "10.30.12 am Strand".
void read_half_of_day(TextCursor& cursor, TimeInName& time) {
    TextCursor behind = cursor;
    if (!behind.word("\xe2\x80\xaf") && !behind.word("\xc2\xa0")) behind.skip(" _", 1);
    const auto hour = half_day_hour(behind, time.hour);
    if (!hour) return;
    TextCursor after = behind;
    after.skip(" _");
    if (!ends_word(after) && !after.at_digit()) return;
    time.hour = *hour;
    cursor = behind;
}

/// "Z", "+01:00", "+0100", "-04:00"; "-0400" only where the T says that it is ISO 8601: elsewhere it may be a number.
void read_offset(TextCursor& cursor, TimeInName& time, bool is_iso) {
    TextCursor behind = cursor;
    if (behind.any_of(".,") != '\0' && behind.skip("0123456789", 9) == 0) return;
    if (behind.any_of("Z") != '\0' && ends_word(behind)) {
        time.utc = true;
        cursor = behind;
        return;
    }
    const char sign = behind.any_of("+-");
    const auto hour = behind.number(2, 2);
    const bool colon = behind.any_of(":") != '\0';
    const auto minute = behind.number(2, 2);
    if (sign == '\0' || !hour || !minute || behind.at_digit() || (sign == '-' && !colon && !is_iso)) return;
    const std::chrono::minutes offset =
        (std::chrono::hours{*hour} + std::chrono::minutes{*minute}) * (sign == '-' ? -1 : 1);
    if (!is_offset(offset)) return;
    time.offset = offset;
    cursor = behind;
}

/// The hour, and how it is set apart from the minute ('\0': not at all).
std::optional<char> read_hour(TextCursor& cursor, TimeInName& time, const Between& between) {
    const auto begin = cursor.at();
    const auto hour = cursor.number(1, 2);
    if (!hour) return {};
    time.hour = *hour;
    const bool one_digit = cursor.at() == begin + 1;
    const char separator = cursor.any_of("-_.:h");
    const bool clear = separator == '.' || separator == ':' || separator == 'h';
    if (one_digit && (!clear || between.separators == 0)) return {};
    if (between.has_word && separator == '\0') return {};
    return separator;
}

/// Nothing but the hour and the minute: "17.05", "17h05".
bool may_end_at_minute(const TextCursor& cursor, char separator, const Between& between) {
    TextCursor behind = cursor;
    if (behind.any_of(".:") != '\0' && behind.at_digit()) return false;
    const bool clear = separator == '.' || separator == ':' || separator == 'h';
    return clear && between.separators > 0 && !cursor.at_digit();
}

}  // namespace

std::optional<TimeInName> time_in_name(TextCursor& cursor) {
    TextCursor at = cursor;
    const auto between = skip_between(at);
    TimeInName time;
    const auto separator = read_hour(at, time, between);
    const auto minute = separator ? at.number(2, 2) : std::nullopt;
    if (!minute) return {};
    time.minute = *minute;
    TextCursor behind = at;
    behind.skip("-_.:m", 1);
    if (const auto second = behind.number(2, 2)) {
        time.second = *second;
        behind.number(3, 3);  // milliseconds
        at = behind;
    } else if (!may_end_at_minute(at, *separator, between)) {
        return {};
    }
    if (at.at_digit() || !wall_time({2000, 1, 1, time.hour, time.minute, time.second})) return {};
    read_half_of_day(at, time);
    read_offset(at, time, between.has_t);
    cursor = at;
    return time;
}

}  // namespace dadcam::footage

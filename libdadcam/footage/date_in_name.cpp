#include <algorithm>
#include <charconv>
#include <cstdint>
#include <libdadcam/footage/date_in_name.hpp>
#include <libdadcam/footage/text_cursor.hpp>
#include <libdadcam/footage/time_in_name.hpp>
#include <libdadcam/footage/wall_time.hpp>
#include <string>

namespace dadcam::footage {
namespace {

constexpr std::string_view kSeparators = "-_.";

bool is_hex(char byte) {
    return TextCursor::is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80;
}

bool is_letter_or_digit(char byte) {
    return is_letter(byte) || TextCursor::is_digit(byte);
}

/// The byte in front of a place; '\0' at the beginning.
char before(std::string_view name, std::size_t at) {
    return at > 0 ? name[at - 1] : '\0';
}

bool is_uuid(std::string_view text) {
    constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const auto fits = [](char wanted, char byte) { return wanted == 'x' ? is_hex(byte) : byte == wanted; };
    return text.size() >= kForm.size() && std::equal(kForm.begin(), kForm.end(), text.begin(), fits);
}

/// Letters in place of the UUIDs, whose parts may look like dates.
std::string without_uuids(std::string_view name) {
    constexpr std::size_t kLength = 36;
    std::string plain(name);
    for (std::size_t at = 0; at + kLength <= name.size(); ++at) {
        if (is_letter_or_digit(before(name, at)) || !is_uuid(name.substr(at))) continue;
        plain.replace(at, kLength, kLength, 'x');
        at += kLength - 1;
    }
    return plain;
}

/// Whether the word around this place is hexadecimal and goes from digits to letters and back too often to be a word
/// and a date.
bool is_in_hash(std::string_view name, std::size_t at) {
    constexpr std::size_t kReach = 64, kShortest = 12, kMostTurns = 2;
    auto begin = at, end = at;
    while (begin > 0 && at - begin < kReach && is_letter_or_digit(name[begin - 1])) --begin;
    while (end < name.size() && end - at < kReach && is_letter_or_digit(name[end])) ++end;
    const auto word = name.substr(begin, end - begin);
    std::size_t turns = 0;
    for (std::size_t i = 1; i < word.size(); ++i) turns += is_letter(word[i]) != is_letter(word[i - 1]) ? 1U : 0U;
    return word.size() >= kShortest && turns > kMostTurns && std::all_of(word.begin(), word.end(), is_hex);
}

/// What a date's time, if there is one, makes of it. `cursor`: behind the date.
std::optional<Told> with_time(TextCursor& cursor, Shown shown, bool utc = false) {
    const auto time = time_in_name(cursor);
    if (time) {
        shown.hour = time->hour;
        shown.minute = time->minute;
        shown.second = time->second;
    }
    const auto wall = wall_time(shown);
    if (!wall || cursor.at_digit()) return {};
    if (!time || (!utc && !time->utc && !time->offset)) return Told{{wall, {}}, !time};
    auto moment = at_offset(*wall, time->offset.value_or(std::chrono::minutes{0}));
    if (!time->offset) moment.wall.reset();
    return Told{moment, false};
}

bool is_behind(std::string_view name, std::size_t at, std::string_view word) {
    return at >= word.size() && TextCursor(name, at - word.size()).word(word);
}

/// "20190714", with or without a time.
std::optional<Told> compact(std::string_view name, std::size_t begin) {
    TextCursor cursor(name, begin);
    const auto year = cursor.number(4, 4), month = cursor.number(2, 2), day = cursor.number(2, 2);
    if (!year || !month || !day) return {};
    const bool closed_in = is_letter(before(name, begin)) && is_letter(cursor.peek());
    const auto told = with_time(cursor, {*year, *month, *day}, is_behind(name, begin, "PXL_"));
    if (!told || (told->day_only && closed_in) || is_in_hash(name, begin)) return {};
    return told;
}

/// "2019-07-14", with one separator.
std::optional<Told> year_first(std::string_view name, std::size_t begin) {
    TextCursor cursor(name, begin);
    const auto year = cursor.number(4, 4);
    const char separator = cursor.any_of(kSeparators);
    const auto month = cursor.number(2, 2);
    if (!year || separator == '\0' || !month || cursor.any_of({&separator, 1}) == '\0') return {};
    const auto day = cursor.number(2, 2);
    if (!day) return {};
    return with_time(cursor, {*year, *month, *day});
}

/// Recorders in cars write "2019_0714_183012": never without the time.
std::optional<Told> recorder(std::string_view name, std::size_t begin) {
    TextCursor cursor(name, begin);
    const auto year = cursor.number(4, 4);
    if (!year || !cursor.word("_")) return {};
    const auto month = cursor.number(2, 2), day = cursor.number(2, 2);
    if (!month || !day || cursor.peek() != '_') return {};
    const auto told = with_time(cursor, {*year, *month, *day});
    return told && !told->day_only ? told : std::nullopt;
}

/// WinDV's "03-12-24_17-05.33".
std::optional<Told> windv(std::string_view name, std::size_t begin) {
    TextCursor cursor(name, begin);
    int parts[6] = {};
    constexpr std::string_view kBetween = "--_-.";
    for (std::size_t i = 0; i < 6; ++i) {
        const auto part = cursor.number(2, 2);
        if (!part || (i < 5 && cursor.any_of(kBetween.substr(i, 1)) == '\0')) return {};
        parts[i] = *part;
    }
    if (cursor.at_digit() || is_letter(before(name, begin))) return {};
    const int year = parts[0] + (parts[0] >= 75 ? 1900 : 2000);
    const auto wall = wall_time({year, parts[1], parts[2], parts[3], parts[4], parts[5]});
    if (!wall) return {};
    return Told{{wall, {}}, false};
}

/// A date with the year behind, as far as it looks like one.
struct YearLast {
    std::optional<Told> told;
    std::size_t year_at = 0;
    std::size_t end = 0;
};

/// The day first, or where only that is a date, the month.
std::optional<Shown> without_doubt(int first, int second, int year, char separator) {
    const Shown day_first{year, second, first}, month_first{year, first, second};
    if (separator == '.' || first == second || !wall_time(month_first)) return day_first;
    if (!wall_time(day_first)) return month_first;
    return {};
}

/// "24.12.2003", "1.7.1998", "24-12-2003", "24.12.98".
std::optional<YearLast> year_last(std::string_view name, std::size_t begin) {
    if (is_letter_or_digit(before(name, begin)) || before(name, begin) == '.') return {};
    TextCursor cursor(name, begin);
    const auto first = cursor.number(1, 2);
    const char separator = cursor.any_of(kSeparators);
    if (separator == '.') cursor.skip(" ", 1);
    const auto second_at = cursor.at();
    const auto second = cursor.number(1, 2);
    if (!first || separator == '\0' || !second || cursor.any_of({&separator, 1}) == '\0') return {};
    const bool two_digits = second_at - begin == 3 && cursor.at() - second_at == 3;
    if (separator != '.' && !two_digits) return {};
    if (separator == '.') cursor.skip(" ", 1);
    const auto year_at = cursor.at();
    auto year = cursor.number(2, 4);
    const auto digits = cursor.at() - year_at;
    if (!year || digits == 3) return {};
    if (digits == 2) {
        if (separator != '.' || !two_digits || *year < 71 || is_letter_or_digit(cursor.peek())) return {};
        *year += 1900;
    }
    YearLast found{{}, year_at, cursor.at()};
    if (const auto shown = without_doubt(*first, *second, *year, separator)) {
        found.told = with_time(cursor, *shown);
        found.end = cursor.at();
    }
    return found;
}

/// WeChat's milliseconds since 1970, with or without a hash of 32 digits in front.
std::optional<Told> counted(std::string_view name, std::size_t begin, std::size_t end) {
    constexpr std::size_t kDigits = 13, kHash = 32;
    if (end - begin != kDigits) return {};
    bool wechat = is_behind(name, begin, "mmexport") || is_behind(name, begin, "wx_camera_");
    if (!wechat && begin > kHash && before(name, begin) == '_') {
        const auto hash = name.substr(begin - 1 - kHash, kHash);
        wechat = std::all_of(hash.begin(), hash.end(), is_hex) && is_behind(name, begin - 1 - kHash, "mmexport");
    }
    std::int64_t count = 0;
    std::from_chars(name.data() + begin, name.data() + end, count);
    const std::chrono::sys_time<std::chrono::milliseconds> counted_from_1970{std::chrono::milliseconds{count}};
    const auto instant = std::chrono::floor<std::chrono::seconds>(counted_from_1970);
    if (!wechat || !is_dated(instant)) return {};
    return Told{{{}, instant}, false};
}

/// "1998-07": nothing but a year and a month.
std::optional<Told> month_alone(std::string_view name, std::size_t begin) {
    TextCursor cursor(name, begin);
    const auto year = cursor.number(4, 4);
    if (!year || cursor.any_of(kSeparators) == '\0') return {};
    const auto month = cursor.number(2, 2);
    TextCursor behind = cursor;
    behind.skip(kSeparators, 1);
    const auto wall = month && !behind.at_digit() ? wall_time({*year, *month, 1}) : std::nullopt;
    if (!wall) return {};
    return Told{{wall, {}}, true};
}

std::optional<Told> full(std::string_view name, std::size_t begin, std::size_t end) {
    for (const auto& form : {compact, year_first, recorder, windv}) {
        if (auto told = form(name, begin)) return told;
    }
    return counted(name, begin, end);
}

/// What the name has told so far.
struct Best {
    std::optional<Told> full;
    std::optional<Told> month;

    void offer(const Told& told) {
        if (!full || (full->day_only && told.moment.wall &&
                      std::chrono::floor<std::chrono::days>(*told.moment.wall) == *full->moment.wall)) {
            full = told;
        }
    }
    bool is_final() const { return full && !full->day_only; }
};

}  // namespace

std::optional<Told> date_in_name(std::string_view name) {
    const std::string plain = without_uuids(name);
    const auto digits_end = [&](std::size_t at) {
        while (at < plain.size() && TextCursor::is_digit(plain[at])) ++at;
        return at;
    };
    Best best;
    for (std::size_t at = 0; at < plain.size() && !best.is_final();) {
        if (!TextCursor::is_digit(plain[at])) {
            ++at;
            continue;
        }
        auto end = digits_end(at);
        if (const auto told = full(plain, at, end)) {
            best.offer(*told);
        } else if (const auto last = year_last(plain, at); last && !year_first(plain, last->year_at)) {
            if (last->told) best.offer(*last->told);
            end = std::max(end, digits_end(last->end));
        } else if (const auto month = month_alone(plain, at); month && !best.month) {
            best.month = month;
        }
        at = end;
    }
    return best.full ? best.full : best.month;
}

}  // namespace dadcam::footage

#include <fmt/format.h>
#include <unicode/localpointer.h>
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <libdadcam/error.hpp>
#include <libdadcam/language.hpp>
#include <limits>
#include <optional>
#include <set>

namespace dadcam {
namespace {

constexpr const char* kUnlessKnown = "en";
constexpr const char16_t* kUtc = u"UTC";

void check_icu(UErrorCode status) {
    if (U_FAILURE(status))
        throw Error(Category::general, "This system's ICU cannot write dates or break lines.", "Install libicu again.",
                    u_errorName(status));
}

/// What a function of ICU writes into a buffer; empty when it fails, or when that is longer than any name of a locale.
template <typename Write>
std::string name_from_icu(Write write) {
    std::array<char, ULOC_FULLNAME_CAPACITY> buffer{};
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = write(buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
    return U_SUCCESS(status) ? std::string(buffer.data(), static_cast<std::size_t>(length)) : std::string();
}

std::string language_of(const std::string& locale) {
    return name_from_icu([&](char* buffer, std::int32_t size, UErrorCode* status) {
        return uloc_getLanguage(locale.c_str(), buffer, size, status);
    });
}

/// Older codes are among them ("iw"), and the languages that others stand in for ("sh").
std::set<std::string> languages_of_icu() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUEnumerationPointer locales(uloc_openAvailableByType(ULOC_AVAILABLE_WITH_LEGACY_ALIASES, &status));
    check_icu(status);
    std::set<std::string> languages;
    while (const char* locale = uenum_next(locales.getAlias(), nullptr, &status)) languages.insert(language_of(locale));
    check_icu(status);
    return languages;
}

/// ICU's name of a language's locale ("de_AT"), if its code is well formed.
std::optional<std::string> locale_named(std::string code) {
    if (code.size() >= ULOC_FULLNAME_CAPACITY) return std::nullopt;
    std::replace(code.begin(), code.end(), '_', '-');
    std::int32_t understood = 0;
    auto locale = name_from_icu([&](char* buffer, std::int32_t size, UErrorCode* status) {
        return uloc_forLanguageTag(code.c_str(), buffer, size, &understood, status);
    });
    const bool extended = locale.find('@') != std::string::npos;
    if (locale.empty() || extended || static_cast<std::size_t>(understood) != code.size()) return std::nullopt;
    return locale;
}

std::optional<std::string> locale_known(const std::string& code) {
    static const auto languages = languages_of_icu();
    auto locale = locale_named(code);
    return locale && languages.contains(language_of(*locale)) ? locale : std::nullopt;
}

/// The script or variant that a locale of glibc has behind its @, for BCP 47. Others, as @euro, say nothing of it.
const char* script_of(std::string_view modifier) {
    if (modifier == "latin" || modifier == "iqtelif") return "-Latn";
    if (modifier == "cyrillic") return "-Cyrl";
    if (modifier == "devanagari") return "-Deva";
    return "";
}

std::string utf8_of(const UChar* text, std::int32_t length) {
    std::string utf8(static_cast<std::size_t>(length) * 3, '\0');  // a unit of UTF-16 is three bytes at most
    std::int32_t bytes = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(utf8.data(), static_cast<std::int32_t>(utf8.size()), &bytes, text, length, &status);
    check_icu(status);
    utf8.resize(static_cast<std::size_t>(bytes));
    return utf8;
}

bool is_utf8(std::string_view text) {
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<std::int32_t>(text.size()), &status);
    return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status);
}

/// The Gregorian calendar for all days, as <chrono> counts them: ICU's is Julian before 1582.
icu::LocalUCalendarPointer gregorian(const std::string& locale) {
    UErrorCode status = U_ZERO_ERROR;
    icu::LocalUCalendarPointer calendar(ucal_open(kUtc, -1, locale.c_str(), UCAL_GREGORIAN, &status));
    ucal_setGregorianChange(calendar.getAlias(), std::numeric_limits<UDate>::lowest(), &status);
    check_icu(status);
    return calendar;
}

}  // namespace

bool is_language(const std::string& code) {
    return locale_known(code).has_value();
}

std::string language_of_locale(std::string_view posix) {
    std::string code(posix.substr(0, posix.find_first_of(".@")));
    if (const auto at = posix.find('@'); at != std::string_view::npos)
        code.insert(std::min(code.find('_'), code.size()), script_of(posix.substr(at + 1)));
    const auto locale = locale_known(code);
    if (!locale) return kUnlessKnown;
    return name_from_icu([&](char* buffer, std::int32_t size, UErrorCode* status) {
        return uloc_toLanguageTag(locale->c_str(), buffer, size, false, status);
    });
}

std::string day_in_words(std::chrono::year_month_day day, const std::string& language) {
    auto locale = locale_known(language);
    if (!locale)
        throw Error(Category::usage, fmt::format("There is no language \"{}\".", language),
                    "Name one by its code, with its country if that matters: de, en-GB, pt-BR, zh-Hant");
    *locale += "@calendar=gregorian";  // or the pattern is for the calendar of the country
    constexpr std::u16string_view kLongDay = u"yMMMMd";
    std::array<UChar, 128> pattern{};
    std::array<UChar, 256> text{};
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUDateTimePatternGeneratorPointer patterns(udatpg_open(locale->c_str(), &status));
    const auto pattern_length =
        udatpg_getBestPattern(patterns.getAlias(), kLongDay.data(), static_cast<std::int32_t>(kLongDay.size()),
                              pattern.data(), static_cast<std::int32_t>(pattern.size()), &status);
    const icu::LocalUDateFormatPointer format(
        udat_open(UDAT_PATTERN, UDAT_PATTERN, locale->c_str(), kUtc, -1, pattern.data(), pattern_length, &status));
    check_icu(status);
    udat_setCalendar(format.getAlias(), gregorian(*locale).getAlias());
    const std::chrono::sys_time<std::chrono::milliseconds> midnight = std::chrono::sys_days(day);
    const auto length = udat_format(format.getAlias(), static_cast<UDate>(midnight.time_since_epoch().count()),
                                    text.data(), static_cast<std::int32_t>(text.size()), nullptr, &status);
    check_icu(status);
    return utf8_of(text.data(), length);
}

std::string language_for_tracks(const std::string& language) {
    const auto locale = locale_named(language);
    const std::string letters = locale ? uloc_getISO3Language(locale->c_str()) : "";
    return letters.empty() ? "und" : letters;
}

std::vector<std::size_t> line_breaks(std::string_view utf8, const std::string& language) {
    constexpr std::size_t kLongest = std::numeric_limits<std::int32_t>::max();  // that ICU can break
    if (utf8.empty() || utf8.size() > kLongest || !is_utf8(utf8)) return {utf8.size()};
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUTextPointer text(
        utext_openUTF8(nullptr, utf8.data(), static_cast<std::int64_t>(utf8.size()), &status));
    const icu::LocalUBreakIteratorPointer breaks(
        ubrk_open(UBRK_LINE, locale_known(language).value_or(kUnlessKnown).c_str(), nullptr, 0, &status));
    ubrk_setUText(breaks.getAlias(), text.getAlias(), &status);
    check_icu(status);
    std::vector<std::size_t> offsets;
    for (auto at = ubrk_next(breaks.getAlias()); at != UBRK_DONE; at = ubrk_next(breaks.getAlias()))
        offsets.push_back(static_cast<std::size_t>(at));
    return offsets;
}

}  // namespace dadcam

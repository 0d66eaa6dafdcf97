#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <libdadcam/language.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::year_month_day kDay = 2019y / 7 / 14;

/// The text with a bar at each place where a line may end.
std::string barred(std::string_view text, const std::string& language = "en") {
    std::string pieces;
    std::size_t from = 0;
    for (const auto to : line_breaks(text, language)) {
        pieces.append(text.substr(from, to - from)) += '|';
        from = to;
    }
    return pieces;
}

}  // namespace

TEST_CASE("no day shifts by the zone of the machine, nor by a change of calendars") {
    constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};
    // ICU asks for the zone only once, so this stands before all others that write days.
    ::setenv("TZ", "America/Los_Angeles", 1);
    for (std::chrono::sys_days at = 1500y / 2 / 28; at < std::chrono::sys_days(2200y / 1 / 1);
         at += std::chrono::days(1009)) {
        const std::chrono::year_month_day day(at);
        CHECK(day_in_words(day, "en-GB") ==
              fmt::format("{} {} {}", unsigned{day.day()}, kMonths[unsigned{day.month()} - 1], int{day.year()}));
    }
    ::unsetenv("TZ");
    CHECK(day_in_words(2016y / 2 / 29, "en") == "February 29, 2016");
    CHECK(day_in_words(1969y / 12 / 31, "en") == "December 31, 1969");
}

TEST_CASE("codes of languages are known in each of their spellings") {
    for (const char* code : {"de", "de-AT", "DE-at", "pt_BR", "zh-Hant", "zh_Hant_TW", "en", "en-GB", "sr-Latn-RS",
                             "deu", "nb", "no", "he", "iw", "ca-ES-valencia", "en-US-POSIX"})
        CHECK_MESSAGE(is_language(code), code);
}

TEST_CASE("what is no code of a language, or says more than a language, is none") {
    for (const char* code : {"",
                             "-",
                             "_",
                             "C",
                             "xx",
                             "klingon",
                             "i-klingon",
                             "tlh",
                             "root",
                             "und",
                             "und-DE",
                             "de-",
                             "-de",
                             "de--AT",
                             "de-AT-AT",
                             "de AT",
                             " de",
                             "de\n",
                             "de-u-ca-buddhist",
                             "de@calendar=buddhist",
                             "de-x-mine",
                             "de_DE.UTF-8",
                             "14",
                             "../de",
                             "dé",
                             "\xff\xfe",
                             "english please"})
        CHECK_MESSAGE(!is_language(code), code);
    CHECK(!is_language(std::string(5000, 'd')));
    CHECK(!is_language("de" + std::string(5000, '-')));
    CHECK(!is_language(std::string("de\0", 3)));
    CHECK(!is_language(std::string("de\0-AT", 6)));
}

TEST_CASE("a locale of the environment names a language as BCP 47 does") {
    const auto names = [](std::string_view locale) { return language_of_locale(locale); };
    CHECK(names("de_DE.UTF-8") == "de-DE");
    CHECK(names("de_DE@euro") == "de-DE");
    CHECK(names("de_DE.ISO-8859-15@euro") == "de-DE");
    CHECK(names("fr") == "fr");
    CHECK(names("pt_BR") == "pt-BR");
    CHECK(names("zh_TW.UTF-8") == "zh-TW");
    CHECK(names("sr_RS") == "sr-RS");
    CHECK(names("sr_RS@latin") == "sr-Latn-RS");
    CHECK(names("sr_RS.UTF-8@latin") == "sr-Latn-RS");
    CHECK(names("sr@latin") == "sr-Latn");
    CHECK(names("uz_UZ.UTF-8@cyrillic") == "uz-Cyrl-UZ");
    CHECK(names("iw_IL") == "he-IL");
}

TEST_CASE("a locale without a language speaks English") {
    for (const char* locale : {"", "C", "POSIX", "C.UTF-8", "C@latin", "@latin", ".UTF-8", "xx_XX", "klingon", "\xff"})
        CHECK_MESSAGE(language_of_locale(locale) == "en", locale);
    CHECK(language_of_locale(std::string(5000, 'x')) == "en");
}

TEST_CASE("whatever language a locale names is one") {
    for (const char* locale : {"C", "de_DE.UTF-8", "sr_RS@latin", "ks_IN@devanagari", "tt_RU@iqtelif", "ca_ES@valencia",
                               "nan_TW@latin", "en_US_POSIX", "a_B@c", "de_DE@@x"})
        CHECK_MESSAGE(is_language(language_of_locale(locale)), locale);
}

TEST_CASE("a day is written out in its language's own order") {
    CHECK(day_in_words(kDay, "en") == "July 14, 2019");
    CHECK(day_in_words(kDay, "en-US") == "July 14, 2019");
    CHECK(day_in_words(kDay, "en-GB") == "14 July 2019");
    CHECK(day_in_words(kDay, "en_GB") == "14 July 2019");
    CHECK(day_in_words(kDay, "de") == "14. Juli 2019");
    CHECK(day_in_words(kDay, "fr") == "14 juillet 2019");
    CHECK(day_in_words(kDay, "ja") == "2019年7月14日");
    CHECK(day_in_words(1997y / 3 / 1, "de-AT") == "1. März 1997");
}

TEST_CASE("a year is one of the Gregorian calendar where another one is in use, too") {
    CHECK(test::contains(day_in_words(kDay, "th"), "2019"));
    CHECK(test::contains(day_in_words(kDay, "fa"), "۲۰۱۹"));
    CHECK(test::contains(day_in_words(kDay, "ar-SA"), "٢٠١٩"));
    CHECK(day_in_words(kDay, "ar-SA") == day_in_words(kDay, "ar-EG"));  // no era, as beside the Islamic calendar
}

TEST_CASE("a day in no language is an error of use that names what was given") {
    const auto error = test::error_of([] { day_in_words(kDay, "klingon"); });
    CHECK(error.category() == Category::usage);
    CHECK(test::contains(error.message(), "\"klingon\""));
    CHECK(test::error_of([] { day_in_words(kDay, ""); }).category() == Category::usage);
    CHECK(test::error_of([] { day_in_words(kDay, "de-u-ca-buddhist"); }).category() == Category::usage);
}

TEST_CASE("a track's language has three letters") {
    CHECK(language_for_tracks("de") == "deu");
    CHECK(language_for_tracks("de-AT") == "deu");
    CHECK(language_for_tracks("en_GB") == "eng");
    CHECK(language_for_tracks("fr") == "fra");
    CHECK(language_for_tracks("zh-Hant") == "zho");
    CHECK(language_for_tracks("sr-Latn-RS") == "srp");
    CHECK(language_for_tracks("gsw") == "gsw");
    for (const char* code : {"", "C", "xx", "klingon", "und", "de-", "\xff"})
        CHECK_MESSAGE(language_for_tracks(code) == "und", code);
    CHECK(language_for_tracks(std::string(5000, 'd')) == "und");
}

TEST_CASE("a line ends behind blanks and hyphens, and not within a word or before a full stop") {
    CHECK(barred("Summer at the lake.") == "Summer |at |the |lake.|");
    CHECK(barred("well-known") == "well-|known|");
    CHECK(barred("100\u00a0km") == "100\u00a0km|");
    CHECK(barred("a  b") == "a  |b|");
    CHECK(barred("one\ntwo") == "one\n|two|");
    CHECK(barred("Straße über Köln", "de") == "Straße |über |Köln|");
}

TEST_CASE("a line ends where a script without blanks lets it, and never within a letter") {
    CHECK(barred("夏の海。", "ja") == "夏|の|海。|");
    CHECK(barred("สวัสดีชาวโลก", "th").size() > std::string_view("สวัสดีชาวโลก|").size());
    CHECK(barred("👨‍👩‍👧👍🏽", "en") == "👨‍👩‍👧|👍🏽|");
}

TEST_CASE("a text in no language is broken as an English one") {
    CHECK(barred("Summer at", "klingon") == "Summer |at|");
    CHECK(barred("Summer at", "") == "Summer |at|");
}

TEST_CASE("what is no UTF-8 has only its end, and so has nothing") {
    CHECK(line_breaks("", "en") == std::vector<std::size_t>{0});
    CHECK(line_breaks("a b \xff c", "en") == std::vector<std::size_t>{7});
    CHECK(line_breaks("a b \xc3", "en") == std::vector<std::size_t>{5});
    CHECK(line_breaks("a \xed\xa0\x80 b", "en") == std::vector<std::size_t>{7});
    CHECK(line_breaks(std::string_view("a \0 b", 5), "en").back() == 5);
}

TEST_CASE("places where a line may end rise up to the text's end") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "Été – 夏の海 👍🏽 שלום: 100 %\r\n";
    const auto breaks = line_breaks(text, "fr");
    REQUIRE(breaks.size() > 5000);
    CHECK(std::adjacent_find(breaks.begin(), breaks.end(), std::greater_equal<>()) == breaks.end());
    CHECK(breaks.front() > 0);
    CHECK(breaks.back() == text.size());
}

#include <apps/render/format.hpp>

#include <doctest/doctest.h>
#include <fmt/core.h>

#include <clocale>
#include <cwchar>
#include <limits>
#include <string>

using namespace dadcam;
using app::ago;
using app::display_width;
using app::fit;
using app::printable;
using app::remaining;

namespace {

std::string utf8(char32_t c) {
    const auto tail = [c](unsigned shift) { return static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0U | (c >> 6U)), tail(0)};
    if (c < 0x10000) return {static_cast<char>(0xE0U | (c >> 12U)), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0)};
}

std::chrono::system_clock::time_point at(int day, int hour, int minute, int second) {
    using namespace std::chrono;
    return sys_days(2026y / November / day) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace

TEST_CASE("a clock shows hours only when there are some, and rounds down") {
    CHECK(app::clock(0) == "0:00");
    CHECK(app::clock(5.999) == "0:05");
    CHECK(app::clock(187) == "3:07");
    CHECK(app::clock(3599.9) == "59:59");
    CHECK(app::clock(3600) == "1:00:00");
    CHECK(app::clock(3729) == "1:02:09");
    CHECK(app::clock(360'000) == "100:00:00");
}

TEST_CASE("a time that makes no sense is shown as a clock all the same") {
    CHECK(app::clock(-3) == "0:00");
    CHECK(app::clock(std::numeric_limits<double>::quiet_NaN()) == "0:00");
    CHECK(app::clock(std::numeric_limits<double>::infinity()) == "277777:46:40");
    CHECK(remaining(-3) == "0s");
    CHECK(remaining(std::numeric_limits<double>::quiet_NaN()) == "0s");
}

TEST_CASE("the time remaining is rounded to seconds before it is split, so that no 60s appears") {
    CHECK(remaining(45.4) == "45s");
    CHECK(remaining(59.6) == "1m 00s");
    CHECK(remaining(200) == "3m 20s");
    CHECK(remaining(185) == "3m 05s");
    CHECK(remaining(3599.5) == "1h 00m");
    CHECK(remaining(7545) == "2h 05m");
}

TEST_CASE("an age goes from minutes to hours to days, and after a week is a date") {
    const auto now = at(22, 13, 0, 0);
    CHECK(ago("2026-11-22T13:00:00Z", now) == "just now");
    CHECK(ago("2026-11-22T12:59:01Z", now) == "just now");
    CHECK(ago("2026-11-22T12:59:00Z", now) == "1m ago");
    CHECK(ago("2026-11-22T12:54:59.500Z", now) == "5m ago");
    CHECK(ago("2026-11-22T12:00:01Z", now) == "59m ago");
    CHECK(ago("2026-11-22T11:00:00Z", now) == "2h ago");
    CHECK(ago("2026-11-21T13:00:01Z", now) == "23h ago");
    CHECK(ago("2026-11-19T12:00:00Z", now) == "3d ago");
    CHECK(ago("2026-11-15T13:00:01Z", now) == "6d ago");
    CHECK(ago("2026-11-15T13:00:00Z", now) == "2026-11-15");
    CHECK(ago("1999-12-31T23:59:59Z", now) == "1999-12-31");
}

TEST_CASE("a time to come or a text that is no time is shown as it is") {
    const auto now = at(22, 13, 0, 0);
    for (const char* text : {"2026-11-22T13:00:01Z", "9999-01-01T00:00:00Z", "", "yesterday", "2026-02-30T00:00:00Z"}) {
        CHECK(ago(text, now) == text);
    }
}

TEST_CASE("control characters of a name become escapes to see") {
    CHECK(printable("a\nb\tc\rd") == "a\\nb\\tc\\rd");
    CHECK(printable("\x1b[2J\x07") == "\\x1b[2J\\x07");
    CHECK(printable(std::string_view("\0\x7f", 2)) == "\\x00\\x7f");
    CHECK(printable("\xC2\x85\xC2\x9B\xC2\xA0") == "\\u0085\\u009b\xC2\xA0");
}

TEST_CASE("characters that turn the direction of a line or break it become escapes, their neighbours stay") {
    for (char32_t c = 0x2020; c <= 0x2070; ++c) {
        CAPTURE(static_cast<unsigned>(c));
        const bool dangerous = (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        CHECK((printable(utf8(c)) != utf8(c)) == dangerous);
    }
    CHECK(printable("gpj.\u202Eexe") == "gpj.\\u202eexe");
}

TEST_CASE("text of any language stays as it is") {
    for (const char* text : {"Été à Zürich", "Ελλάδα", "夏休み 2019", "עברית", "👨‍👩‍👧 \\n", ""})
        CHECK(printable(text) == text);
}

TEST_CASE("bytes that are not UTF-8 become escapes, one for each") {
    CHECK(printable("\xE9t\xE9") == "\\xe9t\\xe9");
    CHECK(printable("\x80") == "\\x80");
    CHECK(printable("\xC0\xAF") == "\\xc0\\xaf");
    CHECK(printable("\xE0\x9F\xBF") == "\\xe0\\x9f\\xbf");
    CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");
    CHECK(printable("\xF0\x8F\xBF\xBF") == "\\xf0\\x8f\\xbf\\xbf");
    CHECK(printable("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
    CHECK(printable("\xFF") == "\\xff");
    CHECK(printable("夏\xE5\xA4") == "夏\\xe5\\xa4");
    CHECK(printable(std::string_view("夏").substr(0, 2)) == "\\xe5\\xa4");
    CHECK(printable("\xE5\xA4\n") == "\\xe5\\xa4\\n");
}

TEST_CASE("every code point that is text survives printable()") {
    for (char32_t c = 0xA0; c < 0x110000; ++c) {
        const bool text = (c < 0x2028 || c > 0x202E) && (c < 0x2066 || c > 0x2069) && (c < 0xD800 || c > 0xDFFF);
        if (text && printable(utf8(c)) != utf8(c)) FAIL("U+", static_cast<unsigned>(c));
    }
}

TEST_CASE("the width of a text counts cells, not bytes or code points") {
    CHECK(display_width("") == 0);
    CHECK(display_width("clip.mov") == 8);
    CHECK(display_width("Été") == 3);
    CHECK(display_width("E\u0301te\u0301") == 3);
    CHECK(display_width("夏休み") == 6);
    CHECK(display_width("\u1112\u1161\u11AB") == 2);
    CHECK(display_width("🎬") == 2);
    CHECK(display_width("ｶﾅ") == 2);
    CHECK(display_width("\xFF\xFE") == 2);
}

TEST_CASE("but for some rare signs no character is taken for narrower than the C library takes it") {
    const locale_t c_utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    REQUIRE(c_utf8 != nullptr);
    const locale_t previous = ::uselocale(c_utf8);
    // Prepended signs of numbers, circled numbers, hexagrams: the C library and Unicode's tables do not agree on them.
    constexpr int kFew = 300;
    int too_narrow = 0;
    std::string letters;
    for (char32_t c = 0x20; c < 0x110000; ++c) {
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (surrogate || display_width(utf8(c)) >= ::wcwidth(static_cast<wchar_t>(c))) continue;
        ++too_narrow;
        const bool usual = c < 0x600 || (c >= 0x3041 && c <= 0x3247) || (c >= 0x3400 && c <= 0x4DBF) ||
                           (c >= 0x4E00 && c <= 0xFAFF) || (c >= 0x1F000 && c <= 0x2FFFF);
        if (usual) letters += fmt::format("{:x} ", static_cast<unsigned>(c));
    }
    ::uselocale(previous);
    ::freelocale(c_utf8);
    CHECK(letters == "");
    CHECK(too_narrow <= kFew);
}

TEST_CASE("a text that fits is not touched, even if it fills the columns") {
    CHECK(fit("clip.mov", 8) == "clip.mov");
    CHECK(fit("夏休み", 6) == "夏休み");
    CHECK(fit("", 0).empty());
}

TEST_CASE("a text that does not fit ends in an ellipsis and is cut between characters") {
    CHECK(fit("clip.mov", 7) == "clip.m…");
    CHECK(fit("Été", 2) == "É…");
    CHECK(fit("夏休み", 5) == "夏休…");
    CHECK(fit("夏休み", 4) == "夏…");
    CHECK(fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
    CHECK(fit("clip", 1) == "…");
    CHECK(fit("clip", 0).empty());
    CHECK(fit("clip", -1).empty());
}

TEST_CASE("a cut text is never wider than asked and always UTF-8") {
    const std::string text = "Sommer 夏休み 🎬 E\u0301te\u0301.mov";
    for (int columns = 0; columns < 40; ++columns) {
        CAPTURE(columns);
        CHECK(display_width(fit(text, columns)) <= columns);
        CHECK(printable(fit(text, columns)) == fit(text, columns));
    }
}

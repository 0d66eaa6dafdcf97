#include <apps/render/format.hpp>
#include <libdadcam/time.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace dadcam::app {

namespace {

std::int64_t whole(double seconds) {
    constexpr double kLongest = 1e9;  // 31 years: keeps the cast defined
    return seconds > 0 ? static_cast<std::int64_t>(std::min(seconds, kLongest)) : 0;
}

struct Character {
    char32_t code_point = 0;
    std::size_t bytes = 1;
    bool valid = false;  ///< false: one byte that begins no well-formed sequence
};

/// The first character of a text that is not empty, by table 3-7 of the Unicode Standard (no overlong forms, no
/// surrogates, nothing above U+10FFFF).
Character first_character(std::string_view text) {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {.code_point = lead, .bytes = 1, .valid = true};
    if (lead < 0xC2 || lead > 0xF4) return {};
    const std::size_t bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() < bytes) return {};
    char32_t code_point = lead & (0xFFU >> (bytes + 1));
    for (std::size_t at = 1; at < bytes; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return {};
        code_point = (code_point << 6U) | (byte(at) & 0x3FU);
    }
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < kSmallest[bytes] || surrogate || code_point > 0x10FFFF) return {};
    return {.code_point = code_point, .bytes = bytes, .valid = true};
}

bool repaints(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string escape(Character character, unsigned char byte) {
    if (!character.valid || character.code_point < 0x80) {
        switch (byte) {
            case '\n':
                return "\\n";
            case '\r':
                return "\\r";
            case '\t':
                return "\\t";
            default:
                return fmt::format("\\x{:02x}", byte);
        }
    }
    return fmt::format("\\u{:04x}", static_cast<unsigned>(character.code_point));
}

struct Range {
    char32_t first, last;
};

// From Unicode 14: marks of the scripts most likely in a family's file names (decomposed Latin, Greek and Cyrillic,
// Hebrew, Arabic, Devanagari, Thai, Hangul, kana), joiners, variation selectors. Sorted.
constexpr Range kZeroWidth[] = {
    {0x300, 0x36F},     {0x483, 0x489},     {0x591, 0x5BD},   {0x5BF, 0x5BF},   {0x5C1, 0x5C2},   {0x5C4, 0x5C5},
    {0x5C7, 0x5C7},     {0x610, 0x61A},     {0x61C, 0x61C},   {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},
    {0x6DF, 0x6E4},     {0x6E7, 0x6E8},     {0x6EA, 0x6ED},   {0x8E3, 0x902},   {0x93A, 0x93A},   {0x93C, 0x93C},
    {0x941, 0x948},     {0x94D, 0x94D},     {0x951, 0x957},   {0x962, 0x963},   {0xE31, 0xE31},   {0xE34, 0xE3A},
    {0xE47, 0xE4E},     {0x1160, 0x11FF},   {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2060, 0x2064},
    {0x20D0, 0x20F0},   {0x302A, 0x302D},   {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
    {0xE0020, 0xE007F}, {0xE0100, 0xE01EF},
};

// East Asian Width W and F of Unicode 17, and whole blocks where most of a block is wide. Sorted.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x23F0, 0x23F0},
    {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2630, 0x2637},   {0x2648, 0x2653},
    {0x267F, 0x267F},   {0x268A, 0x268F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},   {0x26AA, 0x26AB},
    {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},   {0x26D4, 0x26D4},   {0x26EA, 0x26EA},
    {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},
    {0x270A, 0x270B},   {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},   {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},   {0x3041, 0xA4C6},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x18DF2}, {0x1AFF0, 0x1B2FB}, {0x1D300, 0x1D376}, {0x1F004, 0x1F004},
    {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F7E0, 0x1F7F0}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

bool holds(std::span<const Range> ranges, char32_t c) {
    const auto found = std::ranges::lower_bound(ranges, c, {}, &Range::last);
    return found != ranges.end() && found->first <= c;
}

int cells(Character character) {
    if (character.code_point < kZeroWidth[0].first) return 1;
    if (holds(kZeroWidth, character.code_point)) return 0;
    return holds(kWide, character.code_point) ? 2 : 1;
}

}  // namespace

std::string clock(double seconds) {
    const auto total = whole(seconds);
    if (total < 3600) return fmt::format("{}:{:02}", total / 60, total % 60);
    return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
}

std::string remaining(double seconds) {
    const auto total = whole(std::round(seconds));
    if (total < 60) return fmt::format("{}s", total);
    if (total < 3600) return fmt::format("{}m {:02}s", total / 60, total % 60);
    return fmt::format("{}h {:02}m", total / 3600, total / 60 % 60);
}

std::string ago(std::string_view utc_iso8601, std::chrono::system_clock::time_point now) {
    const auto time = parse_utc(utc_iso8601);
    if (!time) return std::string(utc_iso8601);
    const auto age = (std::chrono::floor<std::chrono::seconds>(now) - *time).count();
    constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
    if (age < 0) return std::string(utc_iso8601);
    if (age < kMinute) return "just now";
    if (age < kHour) return fmt::format("{}m ago", age / kMinute);
    if (age < kDay) return fmt::format("{}h ago", age / kHour);
    if (age < 7 * kDay) return fmt::format("{}d ago", age / kDay);
    return format_utc(*time).substr(0, std::string_view("YYYY-MM-DD").size());
}

std::string printable(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.valid && !repaints(character.code_point)) {
            safe += text.substr(0, character.bytes);
        } else {
            safe += escape(character, static_cast<unsigned char>(text.front()));
        }
        text.remove_prefix(character.bytes);
    }
    return safe;
}

int display_width(std::string_view utf8) {
    int width = 0;
    while (!utf8.empty()) {
        const Character character = first_character(utf8);
        width += cells(character);
        utf8.remove_prefix(character.bytes);
    }
    return width;
}

std::string fit(std::string_view utf8, int columns) {
    if (columns < 1) return {};
    if (display_width(utf8) <= columns) return std::string(utf8);
    std::size_t kept = 0;
    int room = columns - 1;  // the ellipsis takes one
    while (true) {           // ends before the text does: all of it did not fit
        const Character character = first_character(utf8.substr(kept));
        room -= cells(character);
        if (room < 0) break;
        kept += character.bytes;
    }
    return fmt::format("{}…", utf8.substr(0, kept));
}

std::vector<std::string> worker_lines(const render::Progress& progress, int columns) {
    constexpr std::size_t kMost = 8;
    std::vector<std::string> lines;
    for (const auto& worker : progress.workers) {
        if (lines.size() == kMost) {
            lines.push_back(fit(fmt::format("  and {} more", progress.workers.size() - kMost), columns));
            break;
        }
        const auto percent = worker.frames_total > 0 ? worker.frames_completed * 100 / worker.frames_total : 0;
        lines.push_back(fit(
            fmt::format("  segment {:>4} {:3}%  {}", worker.segment + 1, percent, printable(worker.clips)), columns));
    }
    return lines;
}

}  // namespace dadcam::app

#include <apps/render/format.hpp>
#include <libdadcam/time.hpp>
#include <libdadcam/utf8.hpp>

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <cmath>

namespace dadcam::app {

namespace {

std::int64_t whole(double seconds) {
    constexpr double kLongest = 1e9;  // 31 years: keeps the cast defined
    return seconds > 0 ? static_cast<std::int64_t>(std::min(seconds, kLongest)) : 0;
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

/// By Unicode's tables as the system has them. What is in none of them yet may be wide; marks that take room beside
/// their letter (Devanagari's, for one) have no cell there, but have one in terminals.
int cells(Character character) {
    const auto code_point = static_cast<utf8proc_int32_t>(character.code_point);
    if (!character.valid || code_point < 0x80) return 1;
    const bool joins = code_point >= 0x1160 && code_point <= 0x11FF;  // Hangul's vowels and finals: part of a syllable
    if (joins) return 0;
    switch (::utf8proc_category(code_point)) {
        case UTF8PROC_CATEGORY_CN:
            return 2;
        case UTF8PROC_CATEGORY_MC:
            return 1;
        default:
            return ::utf8proc_charwidth(code_point);
    }
}

/// As many whole characters as fit into so many cells.
std::string_view beginning(std::string_view utf8, int room) {
    std::size_t kept = 0;
    while (kept < utf8.size()) {
        const auto character = first_character(utf8.substr(kept));
        room -= cells(character);
        if (room < 0) break;
        kept += character.bytes.size();
    }
    return utf8.substr(0, kept);
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
        const auto character = take_character(text);
        if (character.valid && !is_obeyed(character.code_point)) {
            safe += character.bytes;
        } else {
            safe += escape(character, static_cast<unsigned char>(character.bytes.front()));
        }
    }
    return safe;
}

int display_width(std::string_view utf8) {
    int width = 0;
    while (!utf8.empty()) width += cells(take_character(utf8));
    return width;
}

std::string fit(std::string_view utf8, int columns) {
    if (columns < 1) return {};
    if (display_width(utf8) <= columns) return std::string(utf8);
    return fmt::format("{}…", beginning(utf8, columns - 1));
}

std::string fit_middle(std::string_view utf8, int columns) {
    if (columns < 1) return {};
    if (display_width(utf8) <= columns) return std::string(utf8);
    const auto head = beginning(utf8, columns / 2);
    const int room = columns - 1 - display_width(head);
    auto tail = utf8.substr(head.size());
    // What takes no cells of its own belongs to what is before it.
    const auto begins_well = [](std::string_view text) { return text.empty() || cells(first_character(text)) > 0; };
    while (display_width(tail) > room || !begins_well(tail)) take_character(tail);
    return fmt::format("{}…{}", head, tail);
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

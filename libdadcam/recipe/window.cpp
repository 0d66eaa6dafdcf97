#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/window.hpp>
#include <libdadcam/recipe/words.hpp>
#include <utility>

namespace dadcam::recipe {
namespace {

constexpr std::int64_t kLongestClip = 36'000'000'000;  // milliseconds, 10,000 hours: what multiplies it cannot overflow
constexpr std::size_t kFractionDigits = 3;

[[noreturn]] void refuse_window(std::string message, std::string advice) {
    throw Error(Category::usage, std::move(message), std::move(advice));
}

/// Digits alone; more than any time has is as good as none.
std::optional<std::int64_t> digits(std::string_view text) {
    std::int64_t value = 0;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value > kLongestClip) return std::nullopt;
    return value;
}

std::optional<std::int64_t> fraction(std::string_view text) {
    if (text.size() > kFractionDigits) return std::nullopt;
    return digits(fmt::format("{:0<{}}", text, text.empty() ? 0 : kFractionDigits));
}

/// "3", "1:03" or "1:02:03". Behind a colon are two digits: nobody knows whether 1:5 is 1:05 or 1:50.
std::optional<std::int64_t> whole_seconds(std::string_view text) {
    auto total = digits(text.substr(0, text.find(':')));
    for (int colons = 1; total && text.find(':') != std::string_view::npos; ++colons) {
        text.remove_prefix(text.find(':') + 1);
        const auto part = text.substr(0, text.find(':'));
        const auto value = digits(part);
        if (colons > 2 || part.size() != 2 || !value || *value >= 60) return std::nullopt;
        total = *total * 60 + *value;
    }
    return total;
}

std::string fraction_text(std::int64_t milliseconds) {
    if (milliseconds % 1000 == 0) return {};
    auto text = fmt::format(".{:03}", milliseconds % 1000);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

}  // namespace

std::string seconds_text(std::int64_t milliseconds) {
    return fmt::format("{}{}", milliseconds / 1000, fraction_text(milliseconds));
}

std::string clock_text(std::int64_t milliseconds) {
    const auto seconds = milliseconds / 1000;
    const auto minutes = seconds / 60 % 60, hours = seconds / 3600;
    const auto begin = hours > 0 ? fmt::format("{}:{:02}", hours, minutes) : fmt::format("{}", minutes);
    return fmt::format("{}:{:02}{}", begin, seconds % 60, fraction_text(milliseconds));
}

std::optional<std::int64_t> parse_milliseconds(std::string_view text) {
    const auto point = text.find('.');
    const auto seconds = whole_seconds(text.substr(0, point));
    const auto behind =
        point == std::string_view::npos ? std::optional<std::int64_t>(0) : fraction(text.substr(point + 1));
    if (!seconds || !behind || *seconds > kLongestClip / 1000) return std::nullopt;
    const auto milliseconds = *seconds * 1000 + *behind;
    return milliseconds > kLongestClip ? std::nullopt : std::optional(milliseconds);
}

std::string window_text(const Window& window) {
    if (!window.until_ms && window.from_ms.value_or(0) == 0) return {};
    const auto text = [](const auto& time) { return time ? clock_text(*time) : std::string(); };
    return fmt::format("{}-{}", text(window.from_ms), text(window.until_ms));
}

Window parse_window(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = text.substr(0, dash);
    const auto last = dash == std::string_view::npos ? std::string_view() : text.substr(dash + 1);
    const Window window{parse_milliseconds(first), parse_milliseconds(last)};
    const bool is_window = dash != std::string_view::npos && text.size() > 1 &&
                           window.from_ms.has_value() != first.empty() && window.until_ms.has_value() != last.empty();
    if (!is_window) {
        refuse_window(fmt::format("\"{}\" is not a part of a clip.", visible(text)),
                      "Write it as 0:03.2-0:10, 0:03.2- or -0:10, with at most three decimals.");
    }
    validate(window);
    return window == Window{0, {}} ? Window{} : window;
}

void validate(const Window& window) {
    for (const auto& time : {window.from_ms, window.until_ms}) {
        if (time && (*time < 0 || *time > kLongestClip)) {
            refuse_window(fmt::format("No clip has a millisecond {}.", *time), "Give times from 0 to 10,000 hours.");
        }
    }
    if (window.until_ms && window.from_ms.value_or(0) >= *window.until_ms) {
        refuse_window(fmt::format("\"{}\" leaves nothing of the clip.", window_text(window)),
                      "The first time must be before the second.");
    }
}

}  // namespace dadcam::recipe

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::recipe {

/// The part of a clip that is taken, in milliseconds from the clip's beginning.
struct Window {
    std::optional<std::int64_t> from_ms{};   ///< absent: from its beginning
    std::optional<std::int64_t> until_ms{};  ///< absent: to its end
    bool operator==(const Window&) const = default;
};

/// "0:03.2-0:10", "0:03.2-" or "-0:10"; nothing for a window that takes the whole clip.
std::string window_text(const Window& window);
/// The same read, and seconds alone: "3.2-10". "0-" is the whole clip. Throws Error(usage) for anything else.
Window parse_window(std::string_view text);

/// Throws Error(usage) for one that takes nothing, begins before its clip, or has a time that no clip is long.
void validate(const Window& window);

/// "0:03.2", "1:02:03": the shortest that says each millisecond.
std::string clock_text(std::int64_t milliseconds);
/// "2.5", the same way.
std::string seconds_text(std::int64_t milliseconds);
/// The milliseconds of "3.2", "1:03.2" or "1:02:03". Nothing for anything else: a sign, more than three digits behind
/// the point (what is written is what is kept: nothing is rounded), more than 10,000 hours.
std::optional<std::int64_t> parse_milliseconds(std::string_view text);

}  // namespace dadcam::recipe

#pragma once

#include <chrono>
#include <cstdint>
#include <libdadcam/render/observer.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::app {

/// Seconds that went by, or a film's length: "0:05", "3:07", "1:02:09". Rounds down; not a positive number: "0:00".
std::string clock(double seconds);

/// Seconds to come: "45s", "3m 20s", "2h 05m". Rounds to the nearest second; from an hour on, down to the minute.
std::string remaining(double seconds);

/// How long before `now` a stored time was: "just now", "5m ago", "2h ago", "3d ago", from seven days on its UTC date,
/// "2026-11-15". A time after `now`, or a text that parse_utc() does not read, comes back unchanged.
std::string ago(std::string_view utc_iso8601, std::chrono::system_clock::time_point now);

/// Any bytes made safe for a terminal: control characters (C0, DEL, C1), line and paragraph separators, bidi overrides
/// and isolates, and bytes that are not UTF-8 become escapes to see: `\n`, `\x1b`, `\u202e`. The rest stays as it is,
/// a backslash too: the text is for eyes, not for parsing back.
std::string printable(std::string_view text);

/// Cells that printable() text takes in a terminal: wide CJK and emoji 2, combining marks 0, all else 1. Characters
/// that the system's tables do not have yet count as wide: a line comes out shorter, never too long.
int display_width(std::string_view utf8);

/// `utf8` if it is at most `columns` cells wide, else as many whole characters as leave room for "…" at the end.
/// No columns: empty.
std::string fit(std::string_view utf8, int columns);

/// The same with "…" in the middle: of a name the beginning and the end tell the most.
std::string fit_middle(std::string_view utf8, int columns);

/// A line a segment that is being rendered, at most `columns` wide; of many, the first.
std::vector<std::string> worker_lines(const render::Progress& progress, int columns);

}  // namespace dadcam::app

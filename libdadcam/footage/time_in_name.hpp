#pragma once

#include <chrono>
#include <libdadcam/footage/text_cursor.hpp>
#include <optional>

namespace dadcam::footage {

/// The time of day behind a date in a name, as far as it is written. Not every clock shows it: see wall_time().
struct TimeInName {
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::optional<std::chrono::minutes> offset;  ///< from UTC
    bool utc = false;                            ///< a Z: the instant, but no clock on a wall
};

/// "_183012", "183012345", "-18-30-12", " at 6.30.12 PM", " um 18.30.12", "T17:05:33+01:00", " 17.05". Seconds may only
/// be left out behind an hour with a point, a colon or an h: "_1830" may be a number. The cursor is behind the date,
/// and is moved behind the time if there is one.
std::optional<TimeInName> time_in_name(TextCursor& cursor);

}  // namespace dadcam::footage

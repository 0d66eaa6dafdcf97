#pragma once

#include <chrono>
#include <cstdint>
#include <libdadcam/footage/moment.hpp>
#include <optional>

namespace dadcam::footage {

/// What a calendar and a clock show, not yet believed.
struct Shown {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

/// Nothing when no calendar has that day, no clock that time, or the year is not one of 1971 to 2099.
std::optional<std::chrono::local_seconds> wall_time(const Shown& shown);

/// Whether an instant is within those years.
bool is_dated(std::chrono::sys_seconds instant);

/// Whether a zone can be so far from UTC: from -12:00 to +14:00, in quarters of an hour.
bool is_offset(std::chrono::minutes offset);

/// Both sides of a moment.
Moment at_offset(std::chrono::local_seconds wall, std::chrono::minutes offset);

/// Two decimal digits in a byte. -1 when it holds something else, as 0xff does, which says "not set".
int from_bcd(unsigned byte);

}  // namespace dadcam::footage

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The one place where times become text and back.
namespace dadcam {

/// "2019-07-14T18:30:12Z"
std::string format_utc(std::chrono::sys_seconds time);

/// The time now, as text.
std::string now_utc();

/// "20190714_183012": for names of files and runs.
std::string compact_utc(std::chrono::sys_seconds time);

/// "2019-07-14T18:30:12"
std::string format_wall(std::chrono::local_seconds time);

/// "2019-07-14T18:30:12-04:00"
std::string format_wall(std::chrono::local_seconds time, std::chrono::minutes offset);

/// A time as it is written: what a clock shows, and how far that is from UTC where it is said.
struct WrittenTime {
    std::chrono::local_seconds wall;
    std::optional<std::chrono::minutes> offset;
    bool operator==(const WrittenTime&) const = default;
};

/// Reads "2019-07-14T18:30:12", with Z or an offset such as +02:00, with fractions of a second (dropped), a blank
/// instead of the T, without its seconds, or the date alone, which is its midnight. Nothing for anything else.
std::optional<WrittenTime> parse_time(std::string_view text);

/// The same; what says no offset is taken as UTC.
std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text);

}  // namespace dadcam

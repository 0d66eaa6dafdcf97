#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The one place where times become text and back. All of them are UTC.
namespace dadcam {

/// "2019-07-14T18:30:12Z"
std::string format_utc(std::chrono::sys_seconds time);

/// The time now, as text.
std::string now_utc();

/// "20190714_183012": for names of files and runs.
std::string compact_utc(std::chrono::sys_seconds time);

/// Reads "2019-07-14T18:30:12Z", with fractions of a second (dropped), an offset such as +02:00, a blank instead of the
/// T, or the date alone. Nothing for anything else.
std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text);

}  // namespace dadcam

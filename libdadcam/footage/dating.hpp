#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/footage/recorded_at.hpp>
#include <libdadcam/zone.hpp>
#include <string_view>

namespace dadcam::footage {

/// What a file's date is found by, and with what it is understood.
struct Clock {
    Zone zone{};
    std::chrono::sys_seconds now{};
};

/// The first of these that says when a clip was recorded: QuickTime's creation date; the stream; the container; files
/// beside it; its name with a time; its name, or the nearest folder's, with a day alone, which is an estimate; its
/// modification time, another one. A day alone has that time of day, if it is the same day. What lies in the future, by
/// more than a day, or is a clock's beginning (before 1971, the end of 2036's first era) is none. `path`: as shown to
/// the user, absolute; what lies beside it is read.
RecordedAt date_of(const std::filesystem::path& path, const Facts& facts, std::int64_t mtime_ns, const Clock& clock);

/// Whether a date of the one source is believed before that of the other.
bool is_better_source(std::string_view one, std::string_view other);

}  // namespace dadcam::footage

#pragma once
#include <chrono>
#include <optional>
namespace dadcam::footage {
/// A recorded moment: what a clock on the wall showed, the instant, or both; then their difference is the offset from
/// UTC.
struct Moment {
    std::optional<std::chrono::local_seconds> wall;
    std::optional<std::chrono::sys_seconds> instant;
    bool operator==(const Moment&) const = default;
};
/// A moment as a name, a stream or a file beside the clip tells it.
struct Told {
    Moment moment;
    bool day_only = false;  ///< the time of day is not known: it says 00:00
    bool operator==(const Told&) const = default;
};
}  // namespace dadcam::footage

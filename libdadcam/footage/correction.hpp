#pragma once

#include <chrono>
#include <libdadcam/footage/recorded_at.hpp>
#include <libdadcam/time.hpp>
#include <libdadcam/zone.hpp>
#include <optional>
#include <string_view>

namespace dadcam::footage {

/// By how much a clock was wrong.
struct Shift {
    std::chrono::months months{0};  ///< years, too; a day that its month does not have becomes its last
    std::chrono::seconds time{0};   ///< days, too
    bool operator==(const Shift&) const = default;
};

/// "+1h30m", "-1h5m", "+2y3mo1d", "45s". Throws Error(usage).
Shift parse_shift(std::string_view text);

/// What a person says of when clips were recorded. The shift first, then the zone.
struct Correction {
    Shift shift{};
    bool at_wall = false;                        ///< shifted to where a clock on the wall was said to have been
    std::optional<std::chrono::minutes> offset;  ///< which that clock had
    std::optional<Zone> zone;                    ///< to which the camera was set
};

/// By how much the first of several clips is shifted to where it was said to be, and the others with it. `zone`: the
/// library's.
Correction correction_to(const WrittenTime& at, const RecordedAt& first, const Zone& zone);

/// A clip's date as it is then, from `user`. An offset of its own stays. Error(usage) when it leaves the years 1900 to
/// 2100.
RecordedAt corrected(const RecordedAt& before, const Correction& correction, const Zone& zone);

}  // namespace dadcam::footage

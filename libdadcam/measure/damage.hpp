#pragma once

#include <cstdint>
#include <libdadcam/footage/span.hpp>
#include <vector>

namespace dadcam::measure {

/// A stretch of a clip that is shown or heard. Microseconds, as all here.
struct Shown {
    std::int64_t from_us = 0, until_us = 0;
};

/// Where for more than `least_us` nothing was decoded of what is shown or heard. `decoded`: in their order. Pure.
std::vector<footage::Lost> gaps_in(const std::vector<Shown>& decoded, Shown shown, std::int64_t least_us);

/// Those of the gaps in which something was recorded, though nothing was decoded. `coded_us`: when what lies in the
/// file is shown, in any order, `slack_us` more or less. What a file lost as a whole, and so does not name, counts from
/// a fifth of a second on: a phone's pictures may be a little farther apart. Where there are no more than `few` of such
/// gaps, they come regularly but for what is lost, and each counts. Pure.
std::vector<footage::Lost> undecoded(std::vector<footage::Lost> gaps, const std::vector<std::int64_t>& coded_us,
                                     std::int64_t slack_us, std::ptrdiff_t few);

/// The gaps without those before the first sound and behind the last one: a clip's sound may begin late and end early,
/// and a decoder may need a tenth of a second to begin. They stay where more than that was recorded. Pure.
std::vector<footage::Lost> within_sound(std::vector<footage::Lost> gaps, const std::vector<Shown>& decoded,
                                        const std::vector<std::int64_t>& coded_us);

/// Of all of them in any order, those that touch as one. One that has no length stays by itself.
std::vector<footage::Lost> merged(std::vector<footage::Lost> lost);

}  // namespace dadcam::measure

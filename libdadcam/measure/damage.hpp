#pragma once

#include <cstdint>
#include <libdadcam/footage/span.hpp>
#include <vector>

namespace dadcam::measure {

/// A stretch of a clip, as a film shows it. Microseconds, as all here.
struct Shown {
    std::int64_t from_us = 0, until_us = 0;
};

/// Where within what is shown the picture before stands still: when pictures were decoded, sorted; how long one is
/// shown. Pure.
std::vector<footage::Lost> gaps_in(const std::vector<std::int64_t>& decoded_us, Shown shown, double picture_us);

/// Those of the gaps in which a picture was recorded, though none was decoded: when all lie in the file, in any order.
/// What a file lost as a whole, and so does not name, counts from half a second on: a phone's pictures may be a little
/// farther apart. Pure.
std::vector<footage::Lost> undecoded(std::vector<footage::Lost> gaps, const std::vector<std::int64_t>& coded_us,
                                     double picture_us);

/// Of all of them in any order, those that touch as one.
std::vector<footage::Lost> merged(std::vector<footage::Lost> lost);

}  // namespace dadcam::measure

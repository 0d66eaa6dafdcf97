#pragma once

#include <cstdint>
#include <libdadcam/footage/span.hpp>
#include <vector>

namespace dadcam::measure {

/// A stretch of a clip, as a film shows it. Microseconds, as all here.
struct Shown {
    std::int64_t from_us = 0, until_us = 0;
};

/// Where within what is shown no picture was decoded though one was recorded, so that the one before stands still:
/// when pictures were decoded, sorted; when all lie in the file, in any order; how long one is shown. What a file lost
/// as a whole, and so does not name, counts from half a second on: a phone's pictures may be a little farther apart.
/// Pure.
std::vector<footage::Lost> undecoded(const std::vector<std::int64_t>& decoded_us,
                                     const std::vector<std::int64_t>& coded_us, Shown shown, double picture_us);

/// Of all of them in any order, those that touch as one.
std::vector<footage::Lost> merged(std::vector<footage::Lost> lost);

}  // namespace dadcam::measure

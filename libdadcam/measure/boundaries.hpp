#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Where a stream of pictures can be cut without decoding it.
namespace dadcam::measure {

/// A picture, in the order in which they are decoded. In ticks.
struct Step {
    std::int64_t pts = 0;
    std::int64_t dts = 0;
    bool is_key = false;  ///< it is decoded by itself, and so is what follows it and is shown later
};

/// A cut, in ticks.
struct Boundary {
    std::int64_t time = 0;  ///< what is shown before lies on one side of it, what is shown from there on on the other
    /// When the last picture before an exit is decoded, and the first one of an entry: as late as it can be, where what
    /// is decoded behind it is left out.
    std::int64_t dts = 0;
};

struct Boundaries {
    std::vector<Boundary> entries;  ///< from which on all can be decoded and shown; the beginning is one
    std::vector<Boundary> exits;    ///< up to which all can: nothing is decoded before an exit and shown behind it
};

/// `leaves_out_leading`: what is decoded behind a key picture and shown before it is left out, as it may refer to what
/// is decoded before that, and nothing refers to it that is shown later; else it can be decoded, too, and stays. The
/// first picture's always stays. The second field of a picture is a step of its own, shown when the first one is. Pure.
Boundaries boundaries_of(std::span<const Step> steps, bool leaves_out_leading);

}  // namespace dadcam::measure

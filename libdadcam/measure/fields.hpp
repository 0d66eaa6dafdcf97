#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <optional>

namespace dadcam::measure {

/// Which packets are second fields: H.264 may code each field of an interlaced picture as a picture of its own, one
/// after the other (ISO/IEC 14496-10, 3.30), and a camcorder's stream has a packet for each.
class FieldPairs {
public:
    explicit FieldPairs(const footage::Facts& facts);
    /// Of each packet, in the order in which they are decoded, by when it is shown, in ticks: whether it is the second
    /// field of the picture that the packet before it began.
    bool is_second(std::int64_t pts);

private:
    double farthest_ = 0;                ///< of a second field from its first one; 0 where there are none
    std::optional<std::int64_t> first_;  ///< of the packet before, unless it was a second one
};

}  // namespace dadcam::measure

#include <libdadcam/measure/fields.hpp>

namespace dadcam::measure {

FieldPairs::FieldPairs(const footage::Facts& facts) {
    constexpr double kPart = 0.75;  // of a picture: between half of one and a whole one
    if (facts.codec == "h264" && footage::interlaced(facts) && facts.rate.positive() && facts.time_base.positive())
        farthest_ = kPart / facts.rate.value() / facts.time_base.value();
}

bool FieldPairs::is_second(std::int64_t pts) {
    const bool second = first_ && pts > *first_ && static_cast<double>(pts - *first_) < farthest_;
    first_ = second ? std::nullopt : std::optional(pts);
    return second;
}

}  // namespace dadcam::measure

// What ffprobe says of a clip, which is as wild as the clip.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/footage/probe.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using dadcam::footage::Facts;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::optional<Facts> accepted(std::string_view json) {
    try {
        return dadcam::footage::read_probe(json);
    } catch (const dadcam::Error& error) {
        require(error.category() == dadcam::Category::input_not_found && !error.message().empty());
        return std::nullopt;
    }
}

bool fits(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    return !__builtin_mul_overflow(a, b, &product);
}

/// The start on a grid of half pictures, as the filter graph reckons it in 64 bits.
void check_clock(const Facts& facts) {
    require(facts.time_base.positive());
    require(fits(facts.time_base.den, 2) && fits(facts.time_base.num, 2));
    require(fits(facts.start_pts, facts.time_base.num * 2));
}

/// What the timeline and ffmpeg's arguments take for granted of a clip.
void check(const Facts& facts) {
    require(facts.width > 0 && facts.width <= 16384 && facts.height > 0 && facts.height <= 16384);
    require(facts.sample_aspect.value() > 0.2 && facts.sample_aspect.value() < 5);
    require(facts.rotation == 0 || facts.rotation == 90 || facts.rotation == 180 || facts.rotation == 270);
    require(facts.duration_us >= 0);                                     // 0: it is measured
    require(facts.rate.positive() || facts.rate == dadcam::Rational{});  // 0/1: unknown
    require(!facts.sound || (facts.sound->sample_rate > 0 && facts.sound->channels > 0));
    check_clock(facts);
    const auto shown = dadcam::footage::display_size(facts);
    require(shown.width > 0 && shown.height > 0);
}

/// A library keeps the facts as JSON text, without what only the first look at a file needs.
void check_stored(Facts facts) {
    facts.duration_us = std::max<std::int64_t>(1, facts.duration_us);
    facts.leading.reset();
    facts.reordered = 0;
    facts.is_begin_doubtful = false;
    facts.first_picture = {};
    require(nlohmann::json::parse(nlohmann::json(facts).dump()).get<Facts>() == facts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    if (const auto facts = accepted(json)) {
        check(*facts);
        check_stored(*facts);
    }
    return 0;
}

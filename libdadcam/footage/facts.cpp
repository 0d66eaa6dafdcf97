#include <algorithm>
#include <cmath>
#include <libdadcam/footage/facts.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::footage {
namespace {

nlohmann::json as_json(const std::optional<Sound>& sound) {
    if (!sound) return nullptr;
    return {{"stream", sound->stream},
            {"codec", sound->codec},
            {"sampleRate", sound->sample_rate},
            {"channels", sound->channels},
            {"startUs", sound->start_us}};
}

std::optional<Sound> as_sound(const nlohmann::json& json) {
    if (json.is_null()) return std::nullopt;
    return Sound{json.at("stream").get<int>(), json.at("codec").get<std::string>(),
                 json.at("sampleRate").get<std::int64_t>(), json.at("channels").get<int>(),
                 json.at("startUs").get<std::int64_t>()};
}

Rational as_rational(const nlohmann::json& json) {
    return parse_rational(json.get<std::string>());
}

}  // namespace

bool interlaced(const Facts& facts) {
    return facts.field_order == "tt" || facts.field_order == "bb" || facts.field_order == "tb" ||
           facts.field_order == "bt";
}

Size display_size(const Facts& facts) {
    const double aspect = facts.sample_aspect.positive() ? facts.sample_aspect.value() : 1.0;
    double width = facts.width;
    double height = facts.height;
    if (aspect >= 1)
        width *= aspect;
    else
        height /= aspect;
    if (facts.rotation == 90 || facts.rotation == 270) std::swap(width, height);
    return {std::max(1, static_cast<int>(std::lround(width))), std::max(1, static_cast<int>(std::lround(height)))};
}

void to_json(nlohmann::json& json, const Facts& facts) {
    json = {{"container", facts.container},
            {"stream", facts.stream},
            {"codec", facts.codec},
            {"width", facts.width},
            {"height", facts.height},
            {"sampleAspect", to_string(facts.sample_aspect)},
            {"rotation", facts.rotation},
            {"pixelFormat", facts.pixel_format},
            {"fieldOrder", facts.field_order},
            {"colorRange", facts.color_range},
            {"colorSpace", facts.color_space},
            {"colorPrimaries", facts.color_primaries},
            {"colorTransfer", facts.color_transfer},
            {"rate", to_string(facts.rate)},
            {"timeBase", to_string(facts.time_base)},
            {"startPts", facts.start_pts},
            {"startUs", facts.start_us},
            {"containerStartUs", facts.container_start_us},
            {"durationUs", facts.duration_us},
            {"sound", as_json(facts.sound)},
            {"creationTime", facts.creation_time ? nlohmann::json(*facts.creation_time) : nlohmann::json()}};
}

void from_json(const nlohmann::json& json, Facts& facts) {
    json.at("container").get_to(facts.container);
    json.at("stream").get_to(facts.stream);
    json.at("codec").get_to(facts.codec);
    json.at("width").get_to(facts.width);
    json.at("height").get_to(facts.height);
    facts.sample_aspect = as_rational(json.at("sampleAspect"));
    json.at("rotation").get_to(facts.rotation);
    json.at("pixelFormat").get_to(facts.pixel_format);
    json.at("fieldOrder").get_to(facts.field_order);
    json.at("colorRange").get_to(facts.color_range);
    json.at("colorSpace").get_to(facts.color_space);
    json.at("colorPrimaries").get_to(facts.color_primaries);
    json.at("colorTransfer").get_to(facts.color_transfer);
    facts.rate = as_rational(json.at("rate"));
    facts.time_base = as_rational(json.at("timeBase"));
    json.at("startPts").get_to(facts.start_pts);
    json.at("startUs").get_to(facts.start_us);
    json.at("containerStartUs").get_to(facts.container_start_us);
    json.at("durationUs").get_to(facts.duration_us);
    facts.sound = as_sound(json.at("sound"));
    const auto& created = json.at("creationTime");
    facts.creation_time = created.is_null() ? std::nullopt : std::optional(created.get<std::string>());
}

}  // namespace dadcam::footage

#include <algorithm>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/whole_number.hpp>
#include <limits>
#include <utility>

namespace dadcam::footage {
namespace {

nlohmann::json as_json(const std::optional<std::string>& text) {
    return text ? nlohmann::json(*text) : nlohmann::json();
}

nlohmann::json as_json(const Camera& camera) {
    return {{"make", camera.make}, {"model", camera.model}, {"serial", camera.serial}, {"firmware", camera.firmware}};
}

Camera as_camera(const nlohmann::json& json) {
    return {json.value("make", std::string()), json.value("model", std::string()), json.value("serial", std::string()),
            json.value("firmware", std::string())};
}

std::optional<std::string> as_text(const nlohmann::json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return found->get<std::string>();
}

nlohmann::json as_json(const std::optional<Sound>& sound) {
    if (!sound) return nullptr;
    return {{"stream", sound->stream},     {"codec", sound->codec},        {"sampleRate", sound->sample_rate},
            {"channels", sound->channels}, {"streamId", sound->stream_id}, {"layout", sound->layout},
            {"startUs", sound->start_us},  {"endUs", sound->end_us},       {"tracks", sound->tracks}};
}

/// Of a field that an earlier version did not write.
std::int64_t whole_number_or_none(const nlohmann::json& json, const char* field) {
    const auto found = json.find(field);
    return found == json.end() ? 0 : whole_number(*found).get<std::int64_t>();
}

std::optional<Sound> as_sound(const nlohmann::json& json) {
    if (json.is_null()) return std::nullopt;
    return Sound{whole_number(json.at("stream")).get<int>(),
                 json.at("codec").get<std::string>(),
                 whole_number(json.at("sampleRate")).get<std::int64_t>(),
                 whole_number(json.at("channels")).get<int>(),
                 whole_number(json.at("startUs")).get<std::int64_t>(),
                 json.value("streamId", std::string()),
                 json.value("layout", std::string()),
                 whole_number_or_none(json, "endUs"),
                 json.contains("tracks") ? whole_number(json.at("tracks")).get<int>() : 1};
}

Rational as_rational(const nlohmann::json& json) {
    return parse_rational(json.get<std::string>());
}

/// Within what a recording can have, so that no arithmetic on it overflows. No narrower than what read_probe takes in:
/// a clip that could be stored but not read again would lock the whole library.
bool is_believable(const Facts& facts) {
    constexpr std::int64_t kLongest = 10'000'000LL * 1'000'000;  // microseconds
    constexpr std::int64_t kFarthestStart = 2'000'000'000LL * 1'000'000;
    constexpr std::int64_t kLargestTerm = std::numeric_limits<std::int32_t>::max();
    constexpr int kLargestSide = 65536;
    const auto within = [](std::int64_t value, std::int64_t least, std::int64_t most) {
        return value >= least && value <= most;
    };
    const auto terms = [&](Rational value) {
        return within(value.num, 0, kLargestTerm) && within(value.den, 1, kLargestTerm) && value.value() <= 1e6;
    };
    const auto time = [&](std::int64_t us) { return within(us, -kFarthestStart, kFarthestStart); };
    const bool sound =
        !facts.sound || (is_stream_id(facts.sound->stream_id) && within(facts.sound->sample_rate, 1, 10'000'000) &&
                         within(facts.sound->channels, 1, 1024) && facts.sound->tracks > 0 &&
                         time(facts.sound->start_us) && time(facts.sound->end_us));
    return sound && is_stream_id(facts.stream_id) && within(facts.width, 1, kLargestSide) &&
           within(facts.height, 1, kLargestSide) && is_believable_aspect(facts.sample_aspect) && terms(facts.rate) &&
           terms(facts.time_base) && facts.time_base.num > 0 && within(facts.duration_us, 1, kLongest) &&
           within(facts.claimed_us, 0, kLongest) && within(facts.lost_us, 0, kLongest) &&
           std::all_of(facts.damaged.begin(), facts.damaged.end(),
                       [&](auto lost) { return within(lost.at_us, 0, kLongest) && within(lost.us, 0, kLongest); }) &&
           within(facts.recovery_us.value_or(0), 0, kLongest) && facts.pictures >= 0 && facts.tracks > 0 &&
           time(facts.start_us) && time(facts.container_start_us) &&
           std::abs(static_cast<double>(facts.start_pts) * facts.time_base.value()) <= 2e9;
}

}  // namespace

bool is_stream_id(const std::string& text) {
    constexpr std::size_t kLongestId = 19;
    return text.size() <= kLongestId && text.find_first_not_of("0123456789abcdefx") == std::string::npos;
}

bool interlaced(const Facts& facts) {
    return facts.field_order == "tt" || facts.field_order == "bb" || facts.field_order == "tb" ||
           facts.field_order == "bt";
}

bool is_end_lost(const Facts& facts) {
    return std::any_of(facts.damaged.begin(), facts.damaged.end(), [](const auto& lost) { return lost.us == 0; });
}

bool top_field_first(const Facts& facts) {
    return facts.field_order == "tt" || (facts.field_order == "tb" && facts.container != "mxf");
}

bool is_believable_aspect(Rational sample_aspect) {
    return sample_aspect.positive() && sample_aspect.value() > 0.2 && sample_aspect.value() < 5;
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

void to_json(nlohmann::json& json, const Lost& lost) {
    json = {{"atUs", lost.at_us}, {"us", lost.us}};
}

void from_json(const nlohmann::json& json, Lost& lost) {
    whole_number(json.at("atUs")).get_to(lost.at_us);
    whole_number(json.at("us")).get_to(lost.us);
}

void to_json(nlohmann::json& json, const Facts& facts) {
    json = {{"version", kFactsVersion},
            {"container", facts.container},
            {"stream", facts.stream},
            {"streamId", facts.stream_id},
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
            {"claimedUs", facts.claimed_us},
            {"pictures", facts.pictures},
            {"hasStart", facts.has_start},
            {"measured", facts.measured},
            {"sound", as_json(facts.sound)},
            {"creationTime", as_json(facts.creation_time)}};
    if (facts.creation_date) json["creationDate"] = *facts.creation_date;
    if (facts.date_recorded) json["dateRecorded"] = *facts.date_recorded;
    if (facts.camera != Camera{}) json["camera"] = as_json(facts.camera);
    if (facts.wide) json["wide"] = *facts.wide;
    if (facts.lost_us > 0) json["lostUs"] = facts.lost_us;
    if (!facts.damaged.empty()) json["damaged"] = facts.damaged;
    if (facts.tracks > 1) json["tracks"] = facts.tracks;
    if (facts.is_last_short) json["isLastShort"] = true;
    if (facts.recovery_us) json["recoveryUs"] = *facts.recovery_us;
}

void from_json(const nlohmann::json& json, Facts& facts) {
    if (json.value("version", 1) > kFactsVersion) {
        throw Error(Category::general, "A clip's entry was written by a newer dadcam.",
                    "Use the newer dadcam, or add the file again with: dadcam ingest");
    }
    json.at("container").get_to(facts.container);
    whole_number(json.at("stream")).get_to(facts.stream);
    facts.stream_id = json.value("streamId", std::string());
    json.at("codec").get_to(facts.codec);
    whole_number(json.at("width")).get_to(facts.width);
    whole_number(json.at("height")).get_to(facts.height);
    facts.sample_aspect = as_rational(json.at("sampleAspect"));
    whole_number(json.at("rotation")).get_to(facts.rotation);
    json.at("pixelFormat").get_to(facts.pixel_format);
    json.at("fieldOrder").get_to(facts.field_order);
    json.at("colorRange").get_to(facts.color_range);
    json.at("colorSpace").get_to(facts.color_space);
    json.at("colorPrimaries").get_to(facts.color_primaries);
    json.at("colorTransfer").get_to(facts.color_transfer);
    facts.rate = as_rational(json.at("rate"));
    facts.time_base = as_rational(json.at("timeBase"));
    whole_number(json.at("startPts")).get_to(facts.start_pts);
    whole_number(json.at("startUs")).get_to(facts.start_us);
    whole_number(json.at("containerStartUs")).get_to(facts.container_start_us);
    whole_number(json.at("durationUs")).get_to(facts.duration_us);
    facts.claimed_us = whole_number_or_none(json, "claimedUs");
    facts.lost_us = whole_number_or_none(json, "lostUs");
    facts.damaged = json.value("damaged", nlohmann::json::array()).get<std::vector<Lost>>();
    facts.pictures = whole_number_or_none(json, "pictures");
    if (json.contains("tracks")) whole_number(json.at("tracks")).get_to(facts.tracks);
    facts.is_last_short = json.value("isLastShort", false);
    facts.has_start = json.value("hasStart", true);
    facts.measured = json.value("measured", false);
    facts.sound = as_sound(json.at("sound"));
    const auto& created = json.at("creationTime");
    facts.creation_time = created.is_null() ? std::nullopt : std::optional(created.get<std::string>());
    facts.creation_date = as_text(json, "creationDate");
    facts.date_recorded = as_text(json, "dateRecorded");
    facts.camera = as_camera(json.value("camera", nlohmann::json::object()));
    if (const auto wide = json.find("wide"); wide != json.end()) facts.wide = wide->get<bool>();
    if (json.contains("recoveryUs")) facts.recovery_us = whole_number(json.at("recoveryUs")).get<std::int64_t>();
    if (!is_believable(facts)) {
        throw Error(Category::general, "What the library says about a clip cannot be right.",
                    "Another program has changed the database. Add the file again with: dadcam ingest");
    }
}

}  // namespace dadcam::footage

#include <algorithm>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/span.hpp>
#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::footage {
namespace {

using process::Part;

nlohmann::json as_json(Part part) {
    return {part.begin, part.end};
}

Part as_part(const nlohmann::json& json) {
    return {whole_number(json.at(0)).get<std::int64_t>(), whole_number(json.at(1)).get<std::int64_t>()};
}

bool is_believable(const Span& span) {
    const auto part = [](Part one) { return one.begin >= 0 && one.begin <= one.end; };
    const auto before = [](const KeyPicture& a, const KeyPicture& b) { return a.us < b.us && a.byte < b.byte; };
    return part(span.pictures) && part(span.sounds) && !span.keys.empty() && span.keys.front().us <= 0 &&
           std::is_sorted(span.keys.begin(), span.keys.end(), before) &&
           span.keys.front().byte >= span.pictures.begin && span.keys.back().byte < span.pictures.end;
}

}  // namespace

KeyPicture key_before(const Span& span, std::int64_t us) {
    const auto after = std::upper_bound(span.keys.begin(), span.keys.end(), us,
                                        [](std::int64_t time, const KeyPicture& key) { return time < key.us; });
    return after == span.keys.begin() ? span.keys.front() : *(after - 1);
}

void to_json(nlohmann::json& json, const Hole& hole) {
    json = Lost{hole.at_us, hole.us};
}

void from_json(const nlohmann::json& json, Hole& hole) {
    const auto stretch = json.get<Lost>();
    hole = {stretch.at_us, stretch.us};
}

void to_json(nlohmann::json& json, const Span& span) {
    auto keys = nlohmann::json::array();
    for (const auto& key : span.keys) {
        keys.push_back(key.us);
        keys.push_back(key.byte);
    }
    json = {{"facts", span.facts},
            {"pictures", as_json(span.pictures)},
            {"sounds", as_json(span.sounds)},
            {"clockCounts", span.clock_counts},
            {"keys", std::move(keys)}};
    if (span.sound_is_spliced) json["soundIsSpliced"] = true;
    if (!span.holes.empty()) json["holes"] = span.holes;
}

void from_json(const nlohmann::json& json, Span& span) {
    json.at("facts").get_to(span.facts);
    span.pictures = as_part(json.at("pictures"));
    span.sounds = as_part(json.at("sounds"));
    json.at("clockCounts").get_to(span.clock_counts);
    span.sound_is_spliced = json.value("soundIsSpliced", false);
    span.holes = json.value("holes", nlohmann::json::array()).get<std::vector<Hole>>();
    span.keys.clear();
    const auto& keys = json.at("keys");
    for (std::size_t at = 0; at + 1 < keys.size(); at += 2) {
        span.keys.push_back(
            {whole_number(keys[at]).get<std::int64_t>(), whole_number(keys[at + 1]).get<std::int64_t>()});
    }
    // What was measured before pictures of another size were cut off cleanly has the next span's first ones, too.
    std::erase_if(span.keys, [&](const auto& key) { return key.byte >= span.pictures.end; });
    if (!is_believable(span)) {
        throw Error(Category::general, "A clip's measurements cannot be right.",
                    "Another program has changed the database. Add the file again with: dadcam ingest");
    }
}

void to_json(nlohmann::json& json, const Measurement& measurement) {
    json = {{"spans", measurement.spans}, {"lost", measurement.lost}};
}

void from_json(const nlohmann::json& json, Measurement& measurement) {
    json.at("spans").get_to(measurement.spans);
    json.at("lost").get_to(measurement.lost);
}

}  // namespace dadcam::footage

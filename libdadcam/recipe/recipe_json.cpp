#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/plain_name.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::recipe {
namespace {

nlohmann::json overlay_json(const std::optional<DateOverlay>& overlay) {
    if (!overlay) return nullptr;
    return {{"format", overlay->format},
            {"position", name(overlay->corner)},
            {"milliseconds", overlay->milliseconds ? nlohmann::json(*overlay->milliseconds) : nlohmann::json()}};
}

template <typename Value>
nlohmann::json optional_json(const std::optional<Value>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
}

template <typename Value>
std::optional<Value> optional_value(const nlohmann::json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return found->get<Value>();
}

std::optional<DateOverlay> read_overlay(const nlohmann::json& json) {
    const auto found = json.find("dateOverlay");
    if (found == json.end() || found->is_null()) return std::nullopt;
    return DateOverlay{found->at("format").get<std::string>(), parse_corner(found->at("position").get<std::string>()),
                       optional_whole(*found, "milliseconds")};
}

std::uint64_t seed_in(const nlohmann::json& json) {
    if (whole_number(json).is_number_unsigned()) return json.get<std::uint64_t>();
    const auto seed = json.get<std::int64_t>();
    if (seed < 0) throw Error(Category::usage, fmt::format("{} is not a seed.", seed), "Give a number from 0 on.");
    return static_cast<std::uint64_t>(seed);
}

}  // namespace

void to_json(nlohmann::json& json, const Recipe& recipe) {
    json = {{"name", recipe.name},
            {"mode", name(recipe.mode)},
            {"from", optional_json(recipe.from)},
            {"to", optional_json(recipe.until)},
            {"events", recipe.events},
            {"cameras", recipe.cameras},
            {"tags", recipe.tags},
            {"include", recipe.include},
            {"order", name(recipe.order)},
            {"seed", recipe.seed},
            {"outputPreset", recipe.preset},
            {"transition", name(recipe.transition)},
            {"transitionMs", recipe.transition_ms},
            {"fit", name(recipe.fit)},
            {"lutId", optional_json(recipe.lut)},
            {"dateOverlay", overlay_json(recipe.date_overlay)},
            {"maxClipMs", optional_json(recipe.max_clip_ms)},
            {"resolution",
             recipe.resolution ? fmt::format("{}x{}", recipe.resolution->width, recipe.resolution->height) : "auto"},
            {"fps", recipe.rate ? to_string(*recipe.rate) : "auto"}};
    add_to(json, recipe.sound);
    add_to(json, recipe.labels);
    if (!recipe.list.empty()) json["list"] = recipe.list;
    if (recipe.listed_from) json["listedFrom"] = name(*recipe.listed_from);
}

void from_json(const nlohmann::json& json, Recipe& recipe) {
    json.at("name").get_to(recipe.name);
    recipe.mode = parse_mode(json.at("mode").get<std::string>());
    recipe.from = optional_value<std::string>(json, "from");
    recipe.until = optional_value<std::string>(json, "to");
    json.at("events").get_to(recipe.events);
    for (auto& event : recipe.events) event = footage::plain_name(event);
    recipe.cameras = json.value("cameras", std::vector<std::string>());
    json.at("tags").get_to(recipe.tags);
    json.at("include").get_to(recipe.include);
    recipe.order = parse_order(json.at("order").get<std::string>());
    recipe.seed = seed_in(json.at("seed"));
    json.at("outputPreset").get_to(recipe.preset);
    recipe.transition = parse_transition(json.value("transition", "hard_cut"));
    recipe.transition_ms = optional_whole(json, "transitionMs").value_or(0);
    recipe.fit = parse_fit(json.value("fit", "pad"));
    recipe.lut = optional_value<std::string>(json, "lutId");
    recipe.date_overlay = read_overlay(json);
    recipe.max_clip_ms = optional_whole(json, "maxClipMs");
    recipe.resolution = parse_resolution(json.at("resolution").get<std::string>());
    recipe.rate = parse_rate(json.at("fps").get<std::string>());
    recipe.sound = sound_mix_in(json);
    recipe.labels = labels_in(json);
    recipe.list = json.value("list", EditList());
    if (const auto from = optional_value<std::string>(json, "listedFrom")) recipe.listed_from = parse_mode(*from);
    validate(recipe);
}

}  // namespace dadcam::recipe

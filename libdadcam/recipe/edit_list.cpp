#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/recipe/edit_list.hpp>
#include <libdadcam/recipe/window.hpp>
#include <libdadcam/whole_number.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::recipe {
namespace {

nlohmann::json clip_json(const ListedClip& clip) {
    nlohmann::json json = {
        {"clipId", clip.id}, {"contentId", clip.content_id}, {"path", footage::name_as_json(clip.path)}};
    if (clip.from_ms) json["fromMs"] = *clip.from_ms;
    if (clip.until_ms) json["toMs"] = *clip.until_ms;
    return json;
}

ListedClip clip_in(const nlohmann::json& json) {
    ListedClip clip;
    whole_number(json.at("clipId")).get_to(clip.id);
    if (clip.id < 1) {
        throw Error(Category::usage, fmt::format("{} is not a clip's number.", clip.id),
                    "`dadcam clips` lists the clips there are.");
    }
    json.at("contentId").get_to(clip.content_id);
    clip.path = footage::as_name(json.at("path"));
    clip.from_ms = optional_whole(json, "fromMs");
    clip.until_ms = optional_whole(json, "toMs");
    validate(Window{clip.from_ms, clip.until_ms});
    return clip;
}

}  // namespace

void to_json(nlohmann::json& json, const ListEntry& entry) {
    const auto* card = std::get_if<Card>(&entry);
    json = card != nullptr ? nlohmann::json{{"card", *card}} : clip_json(std::get<ListedClip>(entry));
}

void from_json(const nlohmann::json& json, ListEntry& entry) {
    const auto card = json.find("card");
    if (card != json.end()) {
        entry = card->get<Card>();
    } else {
        entry = clip_in(json);
    }
}

}  // namespace dadcam::recipe

#include <libdadcam/error.hpp>
#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::render {
namespace {

/// Made clip by clip, as it is written.
std::vector<footage::Clip> read_inputs(const std::string& text) {
    std::vector<footage::Clip> inputs;
    const auto rest =
        nlohmann::json::parse(text, [&](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
            if (depth != 1 || event != nlohmann::json::parse_event_t::object_end) return true;
            inputs.push_back(value.get<footage::Clip>());
            return false;
        });
    // What is no array of objects is refused as it would be as a tree.
    return rest.empty() && rest.is_array() ? inputs : rest.get<std::vector<footage::Clip>>();
}

std::optional<SnapshotLut> read_lut(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    const auto json = nlohmann::json::parse(*text);
    return SnapshotLut{json.at("name").get<std::string>(), json.at("contentId").get<std::string>()};
}

std::vector<SnapshotMusic> read_music(const nlohmann::json& recipe) {
    std::vector<SnapshotMusic> music;
    for (const auto& piece : recipe.value("musicInputs", nlohmann::json::array()))
        music.push_back({footage::as_name(piece.at("path")), piece.at("contentId").get<std::string>()});
    return music;
}

}  // namespace

Snapshot read_snapshot(const library::RunSnapshot& texts) {
    try {
        const auto recipe = nlohmann::json::parse(texts.recipe);
        if (recipe.value("snapshotVersion", 1) > kSnapshotVersion) {
            throw Error(Category::general, "The export was recorded by a newer dadcam.",
                        "Use the newer dadcam, or export the recipe again.");
        }
        Snapshot snapshot{recipe.get<recipe::Recipe>(),
                          recipe.at("preset").get<recipe::Preset>(),
                          read_inputs(texts.inputs),
                          nlohmann::json::parse(texts.settings).get<timeline::FilmFormat>(),
                          read_lut(texts.luts),
                          recipe.value("zone", Zone().name()),
                          read_music(recipe)};
        snapshot.sequence =
            recipe::read_sequence(recipe.value("sequence", nlohmann::json::array()), snapshot.inputs.size());
        if (!snapshot.inputs.empty()) return snapshot;
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::general, "The export's snapshot cannot be read.", "Export the recipe again.",
                    error.what());
    }
    throw Error(Category::general, "The export's snapshot holds no clips.", "Export the recipe again.");
}

}  // namespace dadcam::render

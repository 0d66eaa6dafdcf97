#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::render {
namespace {

/// A JSON array, made and read clip by clip: as a tree, thousands of them take many times the memory.
std::string write_inputs(const std::vector<footage::Clip>& inputs) {
    std::string text = "[";
    for (const auto& clip : inputs) {
        if (text.size() > 1) text += ',';
        text += nlohmann::json(clip).dump();
    }
    return text + "]";
}

nlohmann::json music_json(const std::vector<SnapshotMusic>& music) {
    auto json = nlohmann::json::array();
    for (const auto& [path, content_id] : music)
        json.push_back({{"path", footage::name_as_json(path)}, {"contentId", content_id}});
    return json;
}

}  // namespace

library::RunSnapshot write_snapshot(const Snapshot& snapshot) {
    nlohmann::json recipe = snapshot.recipe;
    recipe["preset"] = snapshot.preset;
    recipe["snapshotVersion"] = kSnapshotVersion;
    recipe["zone"] = snapshot.zone;
    if (!snapshot.sequence.empty()) recipe["sequence"] = snapshot.sequence;
    if (!snapshot.music.empty()) recipe["musicInputs"] = music_json(snapshot.music);
    library::RunSnapshot texts{recipe.dump(), write_inputs(snapshot.inputs), nlohmann::json(snapshot.format).dump(),
                               std::nullopt};
    if (snapshot.lut) {
        texts.luts = nlohmann::json{{"name", snapshot.lut->name}, {"contentId", snapshot.lut->content_id}}.dump();
    }
    return texts;
}

}  // namespace dadcam::render

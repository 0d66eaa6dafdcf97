#include <libdadcam/footage/clip.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::footage {

void to_json(nlohmann::json& json, const Clip& clip) {
    json = {{"clipId", clip.id},
            {"path", clip.path},
            {"contentId", clip.content_id},
            {"sizeBytes", clip.state.size_bytes},
            {"mtimeNs", clip.state.mtime_ns},
            {"facts", clip.facts},
            {"recordedAt", clip.recorded.time},
            {"recordedAtSource", clip.recorded.source},
            {"recordedAtEstimated", clip.recorded.estimated},
            {"event", clip.event}};
}

void from_json(const nlohmann::json& json, Clip& clip) {
    json.at("clipId").get_to(clip.id);
    json.at("path").get_to(clip.path);
    json.at("contentId").get_to(clip.content_id);
    json.at("sizeBytes").get_to(clip.state.size_bytes);
    json.at("mtimeNs").get_to(clip.state.mtime_ns);
    json.at("facts").get_to(clip.facts);
    json.at("recordedAt").get_to(clip.recorded.time);
    json.at("recordedAtSource").get_to(clip.recorded.source);
    json.at("recordedAtEstimated").get_to(clip.recorded.estimated);
    json.at("event").get_to(clip.event);
}

}  // namespace dadcam::footage

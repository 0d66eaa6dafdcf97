#include <libdadcam/footage/clip.hpp>
#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/whole_number.hpp>

namespace dadcam::footage {

std::int64_t begin_of(const Clip& clip, const Span* span) {
    std::int64_t at = 0;
    for (const auto& one : clip.spans) {
        if (&one == span) return at;
        at += one.facts.duration_us;
    }
    return 0;
}

const std::string& rendering_id(const Clip& clip) {
    return clip.whole_id.empty() ? clip.content_id : clip.whole_id;
}

void to_json(nlohmann::json& json, const Clip& clip) {
    json = {{"clipId", clip.id},
            {"path", name_as_json(clip.path)},
            {"contentId", clip.content_id},
            {"sizeBytes", clip.state.size_bytes},
            {"mtimeNs", clip.state.mtime_ns},
            {"facts", clip.facts},
            {"recordedAt", clip.recorded.time},
            {"recordedAtSource", clip.recorded.source},
            {"recordedAtEstimated", clip.recorded.estimated},
            {"event", name_as_json(clip.event)}};
    if (!clip.recorded.local.empty()) json["recordedLocal"] = clip.recorded.local;
    if (!clip.sampled_id.empty()) json["sampledId"] = clip.sampled_id;
    if (!clip.whole_id.empty()) json["wholeId"] = clip.whole_id;
    if (!clip.spans.empty()) json["spans"] = clip.spans;
}

void from_json(const nlohmann::json& json, Clip& clip) {
    whole_number(json.at("clipId")).get_to(clip.id);
    clip.path = as_name(json.at("path"));
    json.at("contentId").get_to(clip.content_id);
    whole_number(json.at("sizeBytes")).get_to(clip.state.size_bytes);
    whole_number(json.at("mtimeNs")).get_to(clip.state.mtime_ns);
    json.at("facts").get_to(clip.facts);
    json.at("recordedAt").get_to(clip.recorded.time);
    clip.recorded.local = json.value("recordedLocal", std::string());
    json.at("recordedAtSource").get_to(clip.recorded.source);
    json.at("recordedAtEstimated").get_to(clip.recorded.estimated);
    clip.event = as_name(json.at("event"));
    clip.sampled_id = json.value("sampledId", std::string());
    clip.whole_id = json.value("wholeId", std::string());
    clip.spans = json.value("spans", std::vector<Span>());
}

}  // namespace dadcam::footage

#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_text.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/measure/measure.hpp>
#include <map>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json clip_json(const library::Library& library, const footage::Clip& clip, const Zone& zone) {
    const auto& facts = clip.facts;
    Json document{{"id", clip.id}, {"path", library.located(clip.path).string()}, {"event", clip.event}};
    document.update(recorded_json(clip.recorded, zone));
    document.update({{"camera", clip.camera.empty() ? Json() : Json(clip.camera)},
                     {"durationMs", facts.duration_us / 1000},
                     {"durationMeasured", measure::has_sure_length(facts)},
                     {"width", facts.width},
                     {"height", facts.height},
                     {"sampleAspect", to_string(facts.sample_aspect)},
                     {"rotation", facts.rotation},
                     {"fps", to_string(facts.rate)},
                     {"codec", facts.codec},
                     {"fieldOrder", facts.field_order},
                     {"colorTransfer", facts.color_transfer},
                     {"hasAudio", facts.sound.has_value()},
                     {"sizeBytes", clip.state.size_bytes},
                     {"contentId", clip.content_id},
                     {"tags", clip.tags}});
    return document;
}

Json recorded_json(const footage::RecordedAt& recorded, const Zone& zone) {
    return {{"recordedAt", recorded.time},
            {"recordedLocal", footage::local_text(recorded, zone)},
            {"recordedAtSource", recorded.source},
            {"recordedAtEstimated", recorded.estimated}};
}

std::string recorded_text(const footage::RecordedAt& recorded, const Zone& zone) {
    auto text = footage::local_text(recorded, zone).substr(0, 16);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return fmt::format("{}{}", recorded.estimated ? "~" : "", text);
}

std::string from_where(const footage::RecordedAt& recorded) {
    static const std::map<std::string, std::string> kWords{{"user", "as you said"},
                                                           {"quicktime", "the camera's own date in the file"},
                                                           {"stream", "what the camera wrote into the recording"},
                                                           {"container", "the file's creation time"},
                                                           {"side_file", "a file beside it"},
                                                           {"file_name", "its name"},
                                                           {"folder_name", "its folder's name"},
                                                           {"mtime", "when the file was last changed"}};
    const auto words = kWords.find(recorded.source);
    return fmt::format("{}{}", words == kWords.end() ? recorded.source : words->second,
                       recorded.estimated ? "; an estimate" : "");
}

std::string length_of(const footage::Facts& facts) {
    return fmt::format("{}{}", measure::has_sure_length(facts) ? "" : "~",
                       clock(static_cast<double>(facts.duration_us) / 1e6));
}

bool is_missing(const library::Library& library, const footage::Clip& clip) {
    std::error_code error;
    return !std::filesystem::is_regular_file(library.located(clip.path), error);
}

}  // namespace dadcam::app

#include <libdadcam/error.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::library {

std::optional<footage::Measurement> find_measurement(Library& library, const std::string& content_id, int version) {
    auto query = prepare(library.database(),
                         "SELECT value FROM measurements WHERE content_id = ? AND kind = 'index' AND version = ?",
                         content_id, version);
    if (!query.executeStep()) return std::nullopt;
    try {
        auto found = nlohmann::json::parse(query.getColumn(0).getString()).get<footage::Measurement>();
        if (!found.spans.empty()) return found;
    } catch (const nlohmann::json::exception&) {
    } catch (const Error&) {
    }
    return std::nullopt;  // it is measured anew
}

void keep_measurement(Library& library, const std::string& content_id, int version,
                      const footage::Measurement& measurement, const footage::Facts& together) {
    execute(library.database(),
            "INSERT OR REPLACE INTO measurements (content_id, kind, version, value, created_at)"
            " VALUES (?, 'index', ?, ?, ?)",
            content_id, version, nlohmann::json(measurement).dump(), now_utc());
    execute(library.database(), "UPDATE clips SET facts = ? WHERE coalesce(whole_id, content_id) = ?",
            nlohmann::json(together).dump(), content_id);
}

footage::Measurement measure_clip(Library& library, const footage::Clip& clip, const std::string& ffprobe,
                                  const std::string& ffmpeg, const process::Stop& stop) {
    const auto& id = footage::rendering_id(clip);
    if (auto known = find_measurement(library, id, measure::kVersion)) return std::move(*known);
    auto made = measure::measure(ffprobe, ffmpeg, library.located(clip.path), clip.facts, stop);
    keep_measurement(library, id, measure::kVersion, made, measure::together(made));
    return made;
}

}  // namespace dadcam::library

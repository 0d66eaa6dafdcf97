#include <apps/render/json_lines.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace dadcam::app {

namespace {

using Json = nlohmann::ordered_json;

Json rounded(double value) {
    return std::round(value * 1000) / 1000;
}

Json rounded(const std::optional<double>& value) {
    return value ? rounded(*value) : Json(nullptr);
}

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

void write_line(std::ostream& out, const Json& object) {
    out << object.dump(-1, ' ', true, Json::error_handler_t::replace) << '\n' << std::flush;
}

}  // namespace

void JsonLines::progress(const render::Progress& progress) {
    Json line{{"event", "progress"},
              {"runId", progress.run_id},
              {"status", render::name(progress.stage)},
              {"progressPercent", progress.percent},
              {"currentOperation", progress.operation},
              {"framesCompleted", progress.frames_completed},
              {"framesTotal", progress.frames_total},
              {"elapsedSecs", rounded(progress.elapsed_seconds)},
              {"estimatedRemainingSecs", rounded(progress.remaining_seconds)},
              {"speed", rounded(progress.speed)}};
    if (verbose_) {
        line["workers"] = Json::array();
        for (const auto& [segment, clips, completed, total] : progress.workers) {
            line["workers"].push_back(
                {{"segmentIndex", segment}, {"clips", clips}, {"framesCompleted", completed}, {"framesTotal", total}});
        }
    }
    write_line(terminal_.out, line);
}

void JsonLines::note(const std::string& text) {
    write_line(terminal_.out, {{"event", "note"}, {"message", text}});
}

void JsonLines::completed(const render::Outcome& outcome) {
    write_line(terminal_.out, {{"event", "completed"},
                               {"runId", outcome.run_id},
                               {"name", outcome.run_name},
                               {"success", outcome.success},
                               {"outputPath", or_null(outcome.output_path)},
                               {"outputSizeBytes", or_null(outcome.output_size_bytes)},
                               {"durationMs", or_null(outcome.duration_ms)},
                               {"framesTotal", outcome.frames_total},
                               {"segmentsTotal", outcome.segments_total},
                               {"segmentsReused", outcome.segments_reused},
                               {"elapsedSecs", rounded(outcome.elapsed_seconds)},
                               {"errorMessage", or_null(outcome.error_message)},
                               {"errorCategory", or_null(outcome.error_category)},
                               {"advice", or_null(outcome.advice)},
                               {"leftOut", outcome.left_out}});
}

}  // namespace dadcam::app

#include <apps/run_text.hpp>
#include <libdadcam/library/render_lock.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json optional_json(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json path_json(const library::Library& library, const std::optional<std::string>& stored) {
    return stored ? Json(library.located(*stored).string()) : Json();
}

}  // namespace

Json run_json(const library::Library& library, const library::Run& run, bool nobody_renders) {
    return {{"id", run.id},
            {"recipeId", optional_json(run.recipe_id)},
            {"name", run.name},
            {"status", name(run.status)},
            {"interrupted", run.status == library::RunStatus::rendering && nobody_renders},
            {"progress", run.progress},
            {"outputPath", path_json(library, run.output_path)},
            {"outputSizeBytes", optional_json(run.output_size_bytes)},
            {"outputDurationMs", optional_json(run.output_duration_ms)},
            {"thumbnailPath", path_json(library, run.thumbnail_path)},
            {"totalClips", run.total_clips},
            {"totalDurationMs", run.total_duration_ms},
            {"framesTotal", run.frames_total},
            {"framesCompleted", run.frames_completed},
            {"currentOperation", optional_json(run.current_operation)},
            {"lastProgressAt", optional_json(run.last_progress_at)},
            {"errorMessage", optional_json(run.error_message)},
            {"errorCategory", optional_json(run.error_category)},
            {"createdAt", run.created_at},
            {"startedAt", optional_json(run.started_at)},
            {"completedAt", optional_json(run.completed_at)},
            {"recipeName", run.recipe_name},
            {"mode", run.mode},
            {"outputPreset", run.output_preset},
            {"lutId", nullptr},
            {"pipelineVersion", run.pipeline_version},
            {"ffmpegVersion", run.ffmpeg_version},
            {"resumedFromRunId", optional_json(run.resumed_from)}};
}

std::string indicator(const library::Run& run, bool nobody_renders) {
    switch (run.status) {
        case library::RunStatus::pending:
            return "[PENDING]";
        case library::RunStatus::rendering:
            return nobody_renders ? "[INTERRUPTED]" : "[RUNNING]";
        case library::RunStatus::completed:
            return "[OK]";
        case library::RunStatus::failed:
            return "[FAIL]";
        case library::RunStatus::cancelled:
            return "[CANCELLED]";
    }
    return "[?]";
}

bool nobody_renders(const library::Library& library) {
    return library::RenderLock::acquire(library).has_value();
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/run_text.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json optional_json(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

/// For eyes and scripts only: nothing is opened by it, so that a row of somebody else's can be shown as it is.
Json path_json(const library::Library& library, const std::optional<std::string>& stored) {
    return stored ? Json((library.root() / *stored).lexically_normal().string()) : Json();
}

bool is_old(const std::optional<std::string>& time, std::chrono::system_clock::time_point now) {
    constexpr std::chrono::seconds kStale{60};
    const auto then = time ? parse_utc(*time) : std::nullopt;
    return then && now - *then > kStale;
}

}  // namespace

Observation observe(const Context& context, const library::Library& library) {
    return {library::WorkLock::is_held(library, library::Work::rendering), context.now};
}

Condition condition(const library::Run& run, const Observation& observed) {
    switch (run.status) {
        case library::RunStatus::pending:
            return Condition::pending;
        case library::RunStatus::rendering:
            if (!observed.somebody_renders) return Condition::interrupted;
            return is_old(run.last_progress_at, observed.now) ? Condition::stalled : Condition::running;
        case library::RunStatus::completed:
            return Condition::ok;
        case library::RunStatus::failed:
            return run.error_category == name(Category::interrupted) ? Condition::interrupted : Condition::failed;
        case library::RunStatus::cancelled:
            return Condition::cancelled;
    }
    return Condition::failed;
}

std::string indicator(Condition condition) {
    switch (condition) {
        case Condition::pending:
            return "[PENDING]";
        case Condition::running:
            return "[RUNNING]";
        case Condition::stalled:
            return "[STALLED]";
        case Condition::interrupted:
            return "[INTERRUPTED]";
        case Condition::ok:
            return "[OK]";
        case Condition::failed:
            return "[FAIL]";
        case Condition::cancelled:
            return "[CANCELLED]";
    }
    return "[?]";
}

std::string advice(const library::Run& run, Condition condition) {
    switch (condition) {
        case Condition::pending:
            return fmt::format("Render it with: dadcam export --run {}", run.id);
        case Condition::stalled:
            return fmt::format(
                "No progress since {}. If it does not recover: dadcam export-cancel {}, then dadcam resume {}",
                run.last_progress_at.value_or(""), run.id, run.id);
        case Condition::interrupted:
        case Condition::failed:
        case Condition::cancelled:
            if (run.resumed_by) return fmt::format("Continued by export {}.", *run.resumed_by);
            return fmt::format("Continue with: dadcam resume {}", run.id);
        case Condition::running:
        case Condition::ok:
            return {};
    }
    return {};
}

Json run_json(const library::Library& library, const library::Run& run, const Observation& observed) {
    const auto seen = condition(run, observed);
    return {{"id", run.id},
            {"recipeId", optional_json(run.recipe_id)},
            {"name", run.name},
            {"status", name(run.status)},
            {"interrupted", seen == Condition::interrupted},
            {"stalled", seen == Condition::stalled},
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
            {"resumedFromRunId", optional_json(run.resumed_from)},
            {"resumedByRunId", optional_json(run.resumed_by)}};
}

}  // namespace dadcam::app

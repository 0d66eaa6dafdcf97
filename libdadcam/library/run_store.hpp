#pragma once

#include <libdadcam/error.hpp>
#include <libdadcam/library/library.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::library {

enum class RunStatus { pending, rendering, completed, failed, cancelled };

std::string_view name(RunStatus status);
/// Error(usage) naming the ones there are.
RunStatus parse_run_status(std::string_view text);

/// What a run is made from, as JSON texts.
struct RunSnapshot {
    std::string recipe;
    std::string inputs;
    std::string settings;
    std::optional<std::string> luts;
};

/// A clip's window on the film, as stored.
struct RunItem {
    std::optional<std::int64_t> clip_id;
    std::string path;
    std::int64_t start_frame = 0;
    std::int64_t frames = 0;
};

/// What a run renders: its snapshot, and what follows from it.
struct RunContents {
    RunSnapshot snapshot;
    std::int64_t total_duration_ms = 0;
    std::int64_t frames_total = 0;
    std::vector<RunItem> items;
};

/// What was asked for on the command line and holds for a resume, too.
struct Wishes {
    std::optional<std::string> path;  ///< -o, as stored
    bool replace = false;             ///< --force
    bool skip_broken = false;         ///< --on-error skip
};

/// A run to be recorded.
struct NewRun {
    std::optional<std::int64_t> recipe_id;
    std::string name;
    int pipeline_version = 0;
    std::string ffmpeg_version;
    Wishes wishes;
    std::optional<std::int64_t> resumed_from;
    RunContents contents;
    std::optional<std::string> owner{};  ///< host and process that renders it from the first moment; else it is pending
};

/// A run without its snapshots, which can be large.
struct Run {
    std::int64_t id = 0;
    std::optional<std::int64_t> recipe_id;
    std::string recipe_name;
    std::string name;
    RunStatus status = RunStatus::pending;
    std::int64_t progress = 0;
    std::string mode;
    std::string output_preset;
    std::string output_extension;  ///< without the dot
    Wishes wishes;
    bool wished_here = false;             ///< this person has named `wishes.path`
    std::vector<std::string> left_out{};  ///< what is not in the film: clips, by stored path, or parts of them
    std::optional<std::string> output_path;
    std::optional<std::int64_t> output_size_bytes;
    std::optional<std::string> output_content_id;
    std::optional<std::int64_t> output_duration_ms;
    std::optional<std::string> thumbnail_path;
    std::int64_t total_clips = 0;
    std::int64_t total_duration_ms = 0;
    std::optional<std::string> current_operation;
    std::int64_t frames_total = 0;
    std::int64_t frames_completed = 0;
    std::optional<std::string> last_progress_at;
    std::optional<std::string> error_message;
    std::optional<std::string> error_category;
    std::optional<std::string> error_detail;
    std::int64_t pipeline_version = 0;
    std::string ffmpeg_version;
    std::optional<std::int64_t> resumed_from;
    std::optional<std::int64_t> resumed_by;  ///< the newest that took it up
    std::string created_at;
    std::optional<std::string> started_at;
    std::optional<std::string> completed_at;
};

/// The film, when it is in place.
struct RunOutput {
    std::string path;  ///< as stored
    std::int64_t size_bytes = 0;
    std::int64_t duration_ms = 0;
    std::optional<std::string> thumbnail_path;
    std::string content_id{};
    std::optional<std::string> content_hash{};  ///< of the whole film, where a later run may copy it
    std::string film_key{};                     ///< what it was joined from, and how
};

/// Adds a pending run with its items and its place in the queue, in one transaction. Returns its id.
std::int64_t create_run(Library& library, const NewRun& run);

/// Records how a run that was pending is rendered now: with which contents, wishes and ffmpeg.
void adopt_run(Library& library, std::int64_t id, const NewRun& run);

/// Gives a run that is not final other contents: a clip was left out, or has changed. Its segments go.
void replace_contents(Library& library, std::int64_t id, const RunContents& contents);

/// Error(general) when there is none.
Run find_run(Library& library, std::int64_t id);
RunSnapshot run_snapshot(Library& library, std::int64_t id);
std::vector<RunItem> run_items(Library& library, std::int64_t id);

/// Newest first: the highest number, whatever the clock said. `limit`, `offset`: rows.
std::vector<Run> history(Library& library, std::optional<RunStatus> status, std::int64_t limit, std::int64_t offset);

/// SQL: the ids of the runs that wait to be resumed. They failed or were cancelled, no other run has taken them up, and
/// their recipe has made no film since, by whatever run: a rerun is of the same recipe, but a draft is no film. A
/// recipe that was deleted is known by what the runs have kept of it.
extern const char* const kResumableRuns;

/// The newest of them.
std::optional<Run> find_resumable(Library& library);

/// pending → rendering. False when the run was not pending any more. `owner`: host and process.
bool start_run(Library& library, std::int64_t id, const std::string& owner);
/// rendering → completed. False when the run was not rendering any more.
bool complete_run(Library& library, std::int64_t id, const RunOutput& output);
/// rendering or pending → failed, or cancelled for Category::cancelled. False when it was final already. Its segments
/// that were rendering go along.
bool end_run(Library& library, std::int64_t id, const Error& error);

void record_left_out(Library& library, std::int64_t id, const std::vector<std::string>& stored_paths);

/// Runs that are `rendering`. When nobody holds the lock for rendering, they are interrupted ones.
std::vector<Run> rendering_runs(Library& library);

/// The rows only, with items, segments and logs; what is in the segment store stays.
void delete_run(Library& library, std::int64_t id);

}  // namespace dadcam::library

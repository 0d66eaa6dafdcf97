#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::library {
namespace {

constexpr std::array<std::pair<RunStatus, std::string_view>, 5> kStatuses{{{RunStatus::pending, "pending"},
                                                                           {RunStatus::rendering, "rendering"},
                                                                           {RunStatus::completed, "completed"},
                                                                           {RunStatus::failed, "failed"},
                                                                           {RunStatus::cancelled, "cancelled"}}};

constexpr const char* kColumns =
    "SELECT id, recipe_id, iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.name'), '') AS "
    "recipe_name, name, status, progress,"
    " iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.mode'), '') AS mode,"
    " iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.outputPreset'), '') AS output_preset, "
    " iif(json_valid(recipe_snapshot), json_extract(recipe_snapshot, '$.preset.extension'), '') AS output_extension, "
    "requested_path, replace_output,"
    " skip_broken, left_out, output_path, output_size_bytes, output_content_id, output_duration_ms,"
    " thumbnail_path, total_clips, total_duration_ms,"
    " current_operation, frames_total, frames_completed, last_progress_at, error_message, error_category, error_detail,"
    " pipeline_version, ffmpeg_version, resumed_from_run_id, created_at, started_at, completed_at,"
    " (SELECT max(id) FROM export_runs AS next WHERE next.resumed_from_run_id = export_runs.id) AS resumed_by"
    " FROM export_runs ";

/// An array of texts; nothing for anything else.
std::vector<std::string> read_names(const std::optional<std::string>& text) {
    std::vector<std::string> names;
    const auto json = nlohmann::json::parse(text.value_or("[]"), nullptr, false);
    for (const auto& name : json) {
        if (name.is_string()) names.push_back(name.get<std::string>());
    }
    return names;
}

/// pending → rendering, within a transaction.
bool begin(SQLite::Database& database, std::int64_t id, const std::string& owner) {
    const auto now = now_utc();
    execute(database, "UPDATE jobs SET owner = ? WHERE run_id = ?", owner, id);
    return execute(database,
                   "UPDATE export_runs SET status = 'rendering', started_at = ?, last_progress_at = ?"
                   " WHERE id = ? AND status = 'pending'",
                   now, now, id) == 1;
}

Run read_run(const Library& library, SQLite::Statement& row) {
    Run run;
    run.id = row.getColumn("id").getInt64();
    run.recipe_id = optional_integer(row, "recipe_id");
    run.recipe_name = optional_text(row, "recipe_name").value_or("");
    run.name = row.getColumn("name").getString();
    run.status = parse_run_status(row.getColumn("status").getString());
    run.progress = row.getColumn("progress").getInt64();
    run.mode = optional_text(row, "mode").value_or("");
    run.output_preset = optional_text(row, "output_preset").value_or("");
    run.output_extension = optional_text(row, "output_extension").value_or("");
    run.wishes = {optional_text(row, "requested_path"), row.getColumn("replace_output").getInt() != 0,
                  row.getColumn("skip_broken").getInt() != 0};
    run.left_out = read_names(optional_text(row, "left_out"));
    if (run.wishes.path) {
        // The leave to replace what is there is believed as the place is: only if this person gave it.
        const bool replace = run.wishes.replace && library.has_noted(run.id, *run.wishes.path, true);
        run.wished_here = replace || library.has_noted(run.id, *run.wishes.path, false);
        run.wishes.replace = replace;
    }
    run.output_path = optional_text(row, "output_path");
    run.output_size_bytes = optional_integer(row, "output_size_bytes");
    run.output_content_id = optional_text(row, "output_content_id");
    run.output_duration_ms = optional_integer(row, "output_duration_ms");
    run.thumbnail_path = optional_text(row, "thumbnail_path");
    run.total_clips = row.getColumn("total_clips").getInt64();
    run.total_duration_ms = row.getColumn("total_duration_ms").getInt64();
    run.current_operation = optional_text(row, "current_operation");
    run.frames_total = row.getColumn("frames_total").getInt64();
    run.frames_completed = row.getColumn("frames_completed").getInt64();
    run.last_progress_at = optional_text(row, "last_progress_at");
    run.error_message = optional_text(row, "error_message");
    run.error_category = optional_text(row, "error_category");
    run.error_detail = optional_text(row, "error_detail");
    run.pipeline_version = row.getColumn("pipeline_version").getInt64();
    run.ffmpeg_version = row.getColumn("ffmpeg_version").getString();
    run.resumed_from = optional_integer(row, "resumed_from_run_id");
    run.resumed_by = optional_integer(row, "resumed_by");
    run.created_at = row.getColumn("created_at").getString();
    run.started_at = optional_text(row, "started_at");
    run.completed_at = optional_text(row, "completed_at");
    return run;
}

std::vector<Run> read_runs(const Library& library, SQLite::Statement query) {
    std::vector<Run> runs;
    while (query.executeStep()) runs.push_back(read_run(library, query));
    return runs;
}

void add_items(SQLite::Database& database, std::int64_t run_id, const std::vector<RunItem>& items) {
    SQLite::Statement insert(database,
                             "INSERT INTO export_run_items (run_id, item_index, clip_id, path, start_frame, frames)"
                             " VALUES (?, ?, (SELECT id FROM clips WHERE id = ?), ?, ?, ?)");
    for (std::size_t index = 0; index < items.size(); ++index) {
        insert.reset();
        int position = 0;
        const auto& item = items[index];
        bind_value(insert, ++position, run_id);
        bind_value(insert, ++position, index);
        bind_value(insert, ++position, item.clip_id);
        bind_value(insert, ++position, item.path);
        bind_value(insert, ++position, item.start_frame);
        bind_value(insert, ++position, item.frames);
        insert.exec();
    }
}

[[noreturn]] void no_such_run(std::int64_t id) {
    throw Error(Category::general, fmt::format("There is no export {}.", id), "`dadcam export-history` lists them.");
}

}  // namespace

// Two questions, so that each has its index.
const char* const kResumableRuns = R"(
SELECT r.id FROM export_runs AS r WHERE r.status IN ('failed', 'cancelled')
AND NOT EXISTS (SELECT 1 FROM export_runs AS next WHERE next.resumed_from_run_id = r.id)
AND NOT EXISTS (SELECT 1 FROM export_runs AS later
                WHERE later.recipe_id = r.recipe_id AND later.id > r.id AND later.status = 'completed'
                AND (iif(json_valid(later.recipe_snapshot), later.recipe_snapshot ->> '$.outputPreset', '') IS NOT 'draft'
                  OR iif(json_valid(r.recipe_snapshot), r.recipe_snapshot ->> '$.outputPreset', '') IS 'draft'))
AND NOT (r.recipe_id IS NULL AND EXISTS (SELECT 1 FROM export_runs AS later
         WHERE later.status = 'completed' AND later.id > r.id AND later.recipe_snapshot = r.recipe_snapshot)))";

std::string_view name(RunStatus status) {
    return std::find_if(kStatuses.begin(), kStatuses.end(), [&](const auto& row) { return row.first == status; })
        ->second;
}

RunStatus parse_run_status(std::string_view text) {
    for (const auto& [status, name] : kStatuses) {
        if (name == text) return status;
    }
    throw Error(Category::usage, fmt::format("There is no status \"{}\".", text),
                "Use one of: pending, rendering, completed, failed, cancelled.");
}

std::int64_t create_run(Library& library, const NewRun& run) {
    auto& database = library.database();
    const auto& contents = run.contents;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const auto now = now_utc();
    execute(database,
            "INSERT INTO export_runs (library_id, recipe_id, name, recipe_snapshot, inputs_snapshot,"
            " normalized_settings, luts_manifest, pipeline_version, ffmpeg_version, requested_path, replace_output,"
            " skip_broken, total_clips, total_duration_ms, frames_total, resumed_from_run_id, created_at)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            library.id(), run.recipe_id, run.name, contents.snapshot.recipe, contents.snapshot.inputs,
            contents.snapshot.settings, contents.snapshot.luts, run.pipeline_version, run.ffmpeg_version,
            run.wishes.path, run.wishes.replace, run.wishes.skip_broken, contents.items.size(),
            contents.total_duration_ms, contents.frames_total, run.resumed_from, now);
    const auto id = database.getLastInsertRowid();
    execute(database, "INSERT INTO jobs (run_id, created_at) VALUES (?, ?)", id, now);
    add_items(database, id, contents.items);
    if (run.wishes.path) library.note_place(id, *run.wishes.path, run.wishes.replace);
    if (run.owner) begin(database, id, *run.owner);
    transaction.commit();
    return id;
}

void replace_contents(Library& library, std::int64_t id, const RunContents& contents) {
    auto& database = library.database();
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    execute(database, "DELETE FROM export_run_segments WHERE run_id = ?", id);
    execute(database, "DELETE FROM export_run_items WHERE run_id = ?", id);
    execute(database,
            "UPDATE export_runs SET inputs_snapshot = ?, luts_manifest = ?, total_clips = ?, total_duration_ms = ?, "
            "frames_total = ?,"
            " frames_completed = 0 WHERE id = ? AND status IN ('pending', 'rendering')",
            contents.snapshot.inputs, contents.snapshot.luts, contents.items.size(), contents.total_duration_ms,
            contents.frames_total, id);
    add_items(database, id, contents.items);
    transaction.commit();
}

void adopt_run(Library& library, std::int64_t id, const NewRun& run) {
    execute(library.database(),
            "UPDATE export_runs SET replace_output = ?, skip_broken = ?, ffmpeg_version = ?, pipeline_version = ?"
            " WHERE id = ? AND status = 'rendering'",
            run.wishes.replace, run.wishes.skip_broken, run.ffmpeg_version, run.pipeline_version, id);
    if (run.wishes.path) library.note_place(id, *run.wishes.path, run.wishes.replace);
    replace_contents(library, id, run.contents);
}

Run find_run(Library& library, std::int64_t id) {
    auto query = prepare(library.database(), fmt::format("{}WHERE id = ?", kColumns), id);
    if (!query.executeStep()) no_such_run(id);
    return read_run(library, query);
}

RunSnapshot run_snapshot(Library& library, std::int64_t id) {
    auto query = prepare(
        library.database(),
        "SELECT recipe_snapshot, inputs_snapshot, normalized_settings, luts_manifest FROM export_runs WHERE id = ?",
        id);
    if (!query.executeStep()) no_such_run(id);
    return {query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString(),
            optional_text(query, "luts_manifest")};
}

std::vector<RunItem> run_items(Library& library, std::int64_t id) {
    std::vector<RunItem> items;
    auto query = prepare(library.database(),
                         "SELECT clip_id, path, start_frame, frames FROM export_run_items WHERE run_id = ?"
                         " ORDER BY item_index",
                         id);
    while (query.executeStep()) {
        items.push_back({optional_integer(query, "clip_id"), query.getColumn("path").getString(),
                         query.getColumn("start_frame").getInt64(), query.getColumn("frames").getInt64()});
    }
    return items;
}

std::vector<Run> history(Library& library, std::optional<RunStatus> status, std::int64_t limit, std::int64_t offset) {
    constexpr const char* kOrder = "ORDER BY id DESC LIMIT ? OFFSET ?";
    auto& database = library.database();
    if (!status) return read_runs(library, prepare(database, fmt::format("{}{}", kColumns, kOrder), limit, offset));
    return read_runs(library, prepare(database, fmt::format("{}WHERE status = ? {}", kColumns, kOrder),
                                      std::string(name(*status)), limit, offset));
}

std::optional<Run> find_resumable(Library& library) {
    auto query =
        prepare(library.database(), fmt::format("{}WHERE id = (SELECT max(id) FROM ({}))", kColumns, kResumableRuns));
    return query.executeStep() ? std::optional(read_run(library, query)) : std::nullopt;
}

bool start_run(Library& library, std::int64_t id, const std::string& owner) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const bool hit = begin(library.database(), id, owner);
    if (hit) transaction.commit();
    return hit;
}

bool complete_run(Library& library, std::int64_t id, const RunOutput& output) {
    return execute(library.database(),
                   "UPDATE export_runs SET status = 'completed', progress = 100, frames_completed = frames_total,"
                   " current_operation = 'Export completed', output_path = ?, output_size_bytes = ?,"
                   " output_content_id = ?,"
                   " output_duration_ms = ?, thumbnail_path = ?, completed_at = ?"
                   " WHERE id = ? AND status = 'rendering'",
                   output.path, output.size_bytes, output.content_id, output.duration_ms, output.thumbnail_path,
                   now_utc(), id) == 1;
}

bool end_run(Library& library, std::int64_t id, const Error& error) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const std::string status{error.category() == Category::cancelled ? "cancelled" : "failed"};
    const auto now = now_utc();
    const bool hit =
        execute(library.database(),
                "UPDATE export_runs SET status = ?, error_message = ?, error_category = ?, error_detail = ?,"
                " output_size_bytes = NULL, output_content_id = NULL, output_duration_ms = NULL,"
                " thumbnail_path = NULL, completed_at = ? WHERE id = ? AND status IN ('pending', 'rendering')",
                status, error.message(), std::string(name(error.category())), error.detail(), now, id) == 1;
    execute(library.database(),
            "UPDATE export_run_segments SET status = ?, completed_at = ? WHERE run_id = ? AND status = 'rendering'",
            status, now, id);
    if (hit) transaction.commit();
    return hit;
}

void record_left_out(Library& library, std::int64_t id, const std::vector<std::string>& stored_paths) {
    const auto text = nlohmann::json(stored_paths).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    execute(library.database(), "UPDATE export_runs SET left_out = ? WHERE id = ?", text, id);
}

std::vector<Run> rendering_runs(Library& library) {
    return read_runs(library,
                     prepare(library.database(), fmt::format("{}WHERE status = 'rendering' ORDER BY id", kColumns)));
}

void delete_run(Library& library, std::int64_t id) {
    execute(library.database(), "DELETE FROM export_runs WHERE id = ?", id);
}

}  // namespace dadcam::library

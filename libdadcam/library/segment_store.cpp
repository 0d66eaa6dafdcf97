#include <fmt/format.h>

#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {

std::string segment_path(const std::string& key) {
    const auto digest = key.substr(key.find(':') + 1);
    return fmt::format("{}/segments/{}/{}.mov", kFolder, digest.substr(0, 2), digest);
}

std::optional<StoredSegment> find_segment(Library& library, const std::string& key) {
    auto query = prepare(library.database(), "SELECT path, bytes, frames, samples FROM segments WHERE key = ?", key);
    if (!query.executeStep()) return std::nullopt;
    StoredSegment segment{key, query.getColumn(0).getString(), query.getColumn(1).getInt64(),
                          query.getColumn(2).getInt64(), query.getColumn(3).getInt64()};
    // The row may come from anywhere; the only place that a segment can lie in is the one that its key gives.
    std::error_code error;
    const auto file = library.located(segment_path(key));
    const bool agrees = segment.path == segment_path(key) &&
                        std::filesystem::symlink_status(file, error).type() == std::filesystem::file_type::regular &&
                        std::filesystem::file_size(file, error) == static_cast<std::uintmax_t>(segment.bytes);
    return agrees ? std::optional(segment) : std::nullopt;
}

void add_run_segments(Library& library, std::int64_t run_id, const std::vector<RunSegment>& segments) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(library.database(),
                             "INSERT INTO export_run_segments (run_id, segment_index, key, clip_count, duration_ms,"
                             " start_frame, frames_total, samples_total, tmp_output_path, final_output_path)"
                             " VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const auto& segment = segments[index];
        insert.reset();
        int position = 0;
        bind_value(insert, ++position, run_id);
        bind_value(insert, ++position, index);
        bind_value(insert, ++position, segment.key);
        bind_value(insert, ++position, segment.clip_count);
        bind_value(insert, ++position, segment.duration_ms);
        bind_value(insert, ++position, segment.start_frame);
        bind_value(insert, ++position, segment.frames_total);
        bind_value(insert, ++position, segment.samples_total);
        bind_value(insert, ++position, segment.tmp_output_path);
        bind_value(insert, ++position, segment.final_output_path);
        insert.exec();
    }
    transaction.commit();
}

std::vector<RunSegment> run_segments(Library& library, std::int64_t run_id) {
    std::vector<RunSegment> segments;
    auto query =
        prepare(library.database(),
                "SELECT key, clip_count, duration_ms, start_frame, frames_total, frames_completed,"
                " samples_total, status, reused, tmp_output_path, final_output_path, error_message, started_at,"
                " completed_at FROM export_run_segments WHERE run_id = ? ORDER BY segment_index",
                run_id);
    while (query.executeStep()) {
        segments.push_back({query.getColumn("key").getString(), query.getColumn("clip_count").getInt64(),
                            query.getColumn("duration_ms").getInt64(), query.getColumn("start_frame").getInt64(),
                            query.getColumn("frames_total").getInt64(), query.getColumn("frames_completed").getInt64(),
                            query.getColumn("samples_total").getInt64(), query.getColumn("status").getString(),
                            query.getColumn("reused").getInt() != 0, query.getColumn("tmp_output_path").getString(),
                            query.getColumn("final_output_path").getString(), optional_text(query, "error_message"),
                            optional_text(query, "started_at"), optional_text(query, "completed_at")});
    }
    return segments;
}

void start_segment(Library& library, std::int64_t run_id, std::size_t index) {
    execute(
        library.database(),
        "UPDATE export_run_segments SET status = 'rendering', started_at = ? WHERE run_id = ? AND segment_index = ?",
        now_utc(), run_id, index);
}

void complete_segment(Library& library, std::int64_t run_id, std::size_t index, const StoredSegment& segment) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const auto now = now_utc();
    execute(library.database(),
            "INSERT INTO segments (key, path, bytes, frames, samples, created_at, last_used_at) VALUES (?,?,?,?,?,?,?)"
            " ON CONFLICT (key) DO UPDATE SET path = excluded.path, bytes = excluded.bytes, frames = excluded.frames,"
            " samples = excluded.samples, last_used_at = excluded.last_used_at",
            segment.key, segment.path, segment.bytes, segment.frames, segment.samples, now, now);
    execute(library.database(),
            "UPDATE export_run_segments SET status = 'completed', frames_completed = frames_total, completed_at = ?"
            " WHERE run_id = ? AND segment_index = ?",
            now, run_id, index);
    transaction.commit();
}

void reuse_segment(Library& library, std::int64_t run_id, std::size_t index, const std::string& key) {
    const auto now = now_utc();
    execute(library.database(), "UPDATE segments SET last_used_at = ? WHERE key = ?", now, key);
    execute(library.database(),
            "UPDATE export_run_segments SET status = 'completed', reused = 1, frames_completed = frames_total,"
            " completed_at = ? WHERE run_id = ? AND segment_index = ?",
            now, run_id, index);
}

void fail_segment(Library& library, std::int64_t run_id, std::size_t index, const std::string& message) {
    execute(library.database(),
            "UPDATE export_run_segments SET status = 'failed', error_message = ?, completed_at = ?"
            " WHERE run_id = ? AND segment_index = ?",
            message, now_utc(), run_id, index);
}

}  // namespace dadcam::library

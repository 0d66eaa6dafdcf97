#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {

namespace {

namespace fs = std::filesystem;

/// Why the file is not the one that was recorded; empty when it is.
std::string unlike(StoredSegment& segment, const fs::path& file, Check check,
                   const std::function<void(std::string_view)>& each) {
    std::error_code error;
    if (fs::is_symlink(file.parent_path(), error)) return "its folder is a link to somewhere else";
    const auto type = fs::symlink_status(file, error).type();
    if (type == fs::file_type::not_found) return "its file is gone";
    if (type != fs::file_type::regular) return "its file is not a regular file";
    const auto state = footage::file_state(file);
    if (state.size_bytes != segment.bytes) return "its file has another size";
    const bool touched = state.mtime_ns != segment.mtime_ns;
    if ((touched || check == Check::contents) && footage::content_hash(file, each) != segment.content_hash) {
        return "its file has other contents";
    }
    segment.mtime_ns = state.mtime_ns;
    return {};
}

}  // namespace

std::string segment_name(const std::string& key) {
    const auto digits = hash_digits(key);
    if (digits.empty()) {
        throw Error(Category::general, fmt::format("{} is not the key of a segment.", key),
                    "Another program has changed the database. Nothing was read or written there.");
    }
    return fmt::format("{}/{}.mov", digits.substr(0, 2), digits);
}

std::string segment_path(const std::string& key) {
    return fmt::format("{}/segments/{}", kFolder, segment_name(key));
}

std::vector<fs::path> segment_folders(const Library& library) {
    std::vector folders{library.segments()};
    if (library.store()) folders.push_back(library.folder("segments"));
    return folders;
}

fs::path segment_file(const Library& library, const std::string& key) {
    const auto name = segment_name(key);
    const auto folders = segment_folders(library);
    std::error_code error;
    for (const auto& folder : folders) {
        // A list for the concat demuxer can name nothing by its whole path that has a line's end in it.
        if (folder != folders.front() && folder.string().find_first_of("\n\r") != std::string::npos) continue;
        if (fs::exists(fs::symlink_status(folder / name, error))) return folder / name;
    }
    return folders.front() / name;
}

Lookup find_segment(Library& library, const std::string& key, Check check,
                    const std::function<void(std::string_view)>& each) {
    auto query = prepare(library.database(),
                         "SELECT path, bytes, frames, mtime_ns, content_hash FROM segments WHERE key = ?", key);
    if (!query.executeStep()) return {};
    StoredSegment segment{key,
                          query.getColumn(0).getString(),
                          query.getColumn(1).getInt64(),
                          query.getColumn(2).getInt64(),
                          query.getColumn(3).getInt64(),
                          optional_text(query, "content_hash").value_or("")};
    // The row may come from anywhere; the only place that a segment can lie in is the one that its key gives.
    if (segment.path != segment_path(key)) return {std::nullopt, "its row names another file"};
    const auto recorded = segment.mtime_ns;
    if (auto reason = unlike(segment, segment_file(library, key), check, each); !reason.empty()) {
        return {std::nullopt, std::move(reason)};
    }
    if (segment.mtime_ns != recorded) {
        execute(library.database(), "UPDATE segments SET mtime_ns = ? WHERE key = ?", segment.mtime_ns, key);
    }
    return {std::move(segment)};
}

void add_run_segments(Library& library, std::int64_t run_id, const std::vector<RunSegment>& segments) {
    SQLite::Transaction transaction(library.database(), SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(library.database(),
                             "INSERT INTO export_run_segments (run_id, segment_index, key, clip_count, duration_ms,"
                             " start_frame, frames_total, samples_total, final_output_path)"
                             " VALUES (?,?,?,?,?,?,?,?,?)");
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
        bind_value(insert, ++position, segment.final_output_path);
        insert.exec();
    }
    transaction.commit();
}

std::vector<RunSegment> run_segments(Library& library, std::int64_t run_id) {
    std::vector<RunSegment> segments;
    auto query = prepare(library.database(),
                         "SELECT key, clip_count, duration_ms, start_frame, frames_total, frames_completed,"
                         " samples_total, status, reused, final_output_path, error_message, started_at,"
                         " completed_at FROM export_run_segments WHERE run_id = ? ORDER BY segment_index",
                         run_id);
    while (query.executeStep()) {
        segments.push_back({query.getColumn("key").getString(), query.getColumn("clip_count").getInt64(),
                            query.getColumn("duration_ms").getInt64(), query.getColumn("start_frame").getInt64(),
                            query.getColumn("frames_total").getInt64(), query.getColumn("frames_completed").getInt64(),
                            query.getColumn("samples_total").getInt64(), query.getColumn("status").getString(),
                            query.getColumn("reused").getInt() != 0, query.getColumn("final_output_path").getString(),
                            optional_text(query, "error_message"), optional_text(query, "started_at"),
                            optional_text(query, "completed_at")});
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
    execute(library.database(), "DELETE FROM segments WHERE path = ? AND key <> ?", segment.path, segment.key);
    execute(library.database(),
            "INSERT INTO segments (key, path, bytes, frames, mtime_ns, content_hash, created_at, last_used_at)"
            " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (key) DO UPDATE SET path = excluded.path, bytes = excluded.bytes,"
            " frames = excluded.frames, mtime_ns = excluded.mtime_ns,"
            " content_hash = excluded.content_hash, last_used_at = excluded.last_used_at",
            segment.key, segment.path, segment.bytes, segment.frames, segment.mtime_ns, segment.content_hash, now, now);
    execute(library.database(),
            "UPDATE export_run_segments SET status = 'completed', frames_completed = frames_total, completed_at = ?"
            " WHERE run_id = ? AND segment_index = ?",
            now, run_id, index);
    transaction.commit();
}

void reuse_segment(Library& library, std::int64_t run_id, std::size_t index, const std::string& key) {
    const auto now = now_utc();
    execute(library.database(), "UPDATE segments SET last_used_at = ?, hits = hits + 1 WHERE key = ?", now, key);
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

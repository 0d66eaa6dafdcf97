#pragma once

#include <functional>
#include <libdadcam/library/library.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::library {

/// A finished segment in the store.
struct StoredSegment {
    std::string key;
    std::string path;  ///< as segment_path() has it
    std::int64_t bytes = 0;
    std::int64_t frames = 0;
    std::int64_t mtime_ns = 0;
    std::string content_hash{};  ///< of the whole file
};

/// What the store has under a key: a segment that can be used, or why there is none.
struct Lookup {
    std::optional<StoredSegment> segment;
    std::string lost{};  ///< what became of its file; empty when there was no such segment
    explicit operator bool() const { return segment.has_value(); }
};

/// A segment of a run.
struct RunSegment {
    std::string key;
    std::int64_t clip_count = 0;
    std::int64_t duration_ms = 0;
    std::int64_t start_frame = 0;
    std::int64_t frames_total = 0;
    std::int64_t frames_completed = 0;
    std::int64_t samples_total = 0;
    std::string status = "pending";
    bool reused = false;
    std::string final_output_path;
    std::optional<std::string> error_message;
    std::optional<std::string> started_at;
    std::optional<std::string> completed_at;
};

/// A segment's name in a folder of segments: ab/abcd….mov. Error(general) for what cannot be a key: a row that somebody
/// else wrote.
std::string segment_name(const std::string& key);
/// How rows name its file: .dadcam/segments/ab/abcd….mov, wherever the store is, for no row names an outside place.
std::string segment_path(const std::string& key);
/// The folders that segments lie in: the one that they are written into, first, and the library's own, in which those
/// are that were made before the store was put elsewhere.
std::vector<std::filesystem::path> segment_folders(const Library& library);
/// The segment's file, in the first of these folders that has one; in the first, where none has.
std::filesystem::path segment_file(const Library& library, const std::string& key);

/// How a segment's file is looked at: its size always; its contents when its time is not the recorded one, or always.
enum class Check { touched, contents };

/// The row, when there is one and its file agrees with it. A file that was touched, or came with a copy of the library,
/// but has the same contents is taken, and its new time recorded.
/// `each` is handed what is read of its contents, and may throw to end that.
Lookup find_segment(Library& library, const std::string& key, Check check = Check::touched,
                    const std::function<void(std::string_view)>& each = {});

void add_run_segments(Library& library, std::int64_t run_id, const std::vector<RunSegment>& segments);
std::vector<RunSegment> run_segments(Library& library, std::int64_t run_id);

void start_segment(Library& library, std::int64_t run_id, std::size_t index);
/// A rendered file is in place: into the store, and the run's segment is completed, in one transaction.
void complete_segment(Library& library, std::int64_t run_id, std::size_t index, const StoredSegment& segment);
/// A segment of the store serves this run.
void reuse_segment(Library& library, std::int64_t run_id, std::size_t index, const std::string& key);
void fail_segment(Library& library, std::int64_t run_id, std::size_t index, const std::string& message);

}  // namespace dadcam::library

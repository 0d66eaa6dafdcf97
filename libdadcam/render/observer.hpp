#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::render {

/// Where an export is that is not over: the guide's ExportStatus. How it ended is in the outcome.
enum class Stage { starting, encoding, finalizing };

/// The name used in JSON: "starting", "encoding" …
std::string_view name(Stage stage);

/// A segment that is being rendered.
struct Worker {
    std::size_t segment = 0;  ///< from 0, on the film
    std::string clips;        ///< "a.mov, b.mov and 3 more"
    std::int64_t frames_completed = 0;
    std::int64_t frames_total = 0;
};

/// One moment of an export. At most four a second are sent, but for the first of a stage; none later than 250 ms after
/// ffmpeg wrote its block.
struct Progress {
    std::int64_t run_id = 0;
    Stage stage = Stage::starting;
    int percent = 0;        ///< never goes down; 100 only when the film is in place
    std::string operation;  ///< "Encoding clip 3 of 15"
    std::int64_t frames_completed = 0;
    std::int64_t frames_total = 0;
    double elapsed_seconds = 0;
    std::optional<double> remaining_seconds;  ///< absent until it means something
    std::optional<double> speed;              ///< film seconds per second of wall time, recent; absent until known
    std::vector<Worker> workers{};            ///< in the film's order
};

/// How an export ended.
struct Outcome {
    std::int64_t run_id = 0;
    std::string run_name;
    bool success = false;
    std::optional<std::string> output_path;  ///< absolute
    std::optional<std::int64_t> output_size_bytes;
    std::optional<std::int64_t> duration_ms;
    std::int64_t frames_total = 0;
    std::int64_t segments_total = 0;
    std::int64_t segments_reused = 0;
    double elapsed_seconds = 0;
    std::optional<std::string> error_message;
    std::optional<std::string> error_category;
    std::optional<std::string> advice;    ///< what to do after a failure
    std::vector<std::string> left_out{};  ///< what is not in the film: clips, by stored path, or parts of them
    int exit_code = 0;                    ///< that tells the same, as dadcam(1) lists them
};

/// Through which progress leaves the library. Called from the coordinator's thread only.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void progress(const Progress& progress) = 0;
    /// A line for a person: a clip that has changed since, a thumbnail that could not be made.
    virtual void note(const std::string& text) = 0;
    /// However it ended.
    virtual void completed(const Outcome& outcome) = 0;
};

}  // namespace dadcam::render

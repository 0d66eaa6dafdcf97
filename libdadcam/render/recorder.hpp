#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_progress.hpp>
#include <libdadcam/render/meter.hpp>
#include <libdadcam/render/observer.hpp>
#include <optional>
#include <string>

namespace dadcam::render {

/// Keeps a run's progress in the database: at most once a second, because each time costs the disk something and
/// nobody looks there more often, but for the first of a stage, which also tells what the one before it came to. Less
/// often on a network, where without a write-ahead log each time is flushed twice.
class Recorder {
public:
    /// Both outlive it.
    Recorder(library::Library& library, std::int64_t run, const Meter& meter)
        : library_(library),
          run_(run),
          meter_(meter),
          throttle_(std::chrono::seconds{library.host() != nullptr ? 3 : 1}) {}

    void segment(std::size_t index, Frames frames) { segments_[index] = frames; }
    /// What has ended has a record of its own.
    void segment_ended(std::size_t index) { segments_.erase(index); }

    void progress(Stage stage, const std::string& operation);
    /// True when what was too early for progress() is to be kept.
    bool is_due() const { return throttle_.due(Clock::now()); }
    void record(const std::string& operation);
    /// How far it came that does not go on. Why it does not is worth more than what goes wrong here.
    void record_last(const std::string& operation);

private:
    library::Library& library_;
    std::int64_t run_;
    const Meter& meter_;
    Throttle throttle_;
    std::optional<Stage> stage_;
    std::map<std::size_t, Frames> segments_;  ///< what is not in the database yet
};

}  // namespace dadcam::render

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/damage.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/meter.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dadcam::render {

/// A segment to render.
struct Task {
    Encoding encoding;
    std::filesystem::path temporary;
    std::filesystem::path destination;
    Measured expected;
    std::function<std::vector<Damage>()> look_for_damage{};  ///< asked when ffmpeg reported an error, but went on
};

/// What a worker tells the coordinator.
struct News {
    enum class Kind { started, progress, finished };
    Kind kind = Kind::progress;
    std::size_t segment = 0;
    Frames frames;               ///< of a progress
    Encoded encoded;             ///< of a finish; when it succeeded the file is in its place
    footage::FileState state{};  ///< of that file
    std::string content_hash{};
    std::vector<Damage> damage{};
};

/// Threads that run one ffmpeg each, task after task, in order. They touch files and programs only: database and
/// observer are the coordinator's.
class Workers {
public:
    /// Segments, in the order in which they are begun. `task_of` and `may_begin`, which is asked again until it says
    /// so, are called by the workers.
    Workers(
        std::vector<std::size_t> segments, std::function<Task(std::size_t)> task_of, unsigned count,
        const process::Stop& stop, std::function<bool(std::size_t)> may_begin = [](std::size_t) { return true; });
    /// Ends what still runs.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// The next news; of a segment's progress only the newest. Nothing at the deadline, or when all is told.
    std::optional<News> next(Clock::time_point deadline);
    /// True when every worker has ended and all is told.
    bool exhausted();
    /// No further task is begun, and those in flight are ended.
    void abort() { aborted_ = true; }

private:
    void work();
    News perform(std::size_t segment);
    Encoded render_whole(std::size_t segment, const Task& task);
    void tell(News news);

    std::vector<std::size_t> segments_;
    std::function<Task(std::size_t)> task_of_;
    std::function<bool(std::size_t)> may_begin_;
    const process::Stop& stop_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> aborted_{false};
    std::mutex mutex_;
    std::condition_variable told_;
    std::deque<News> news_;
    std::map<std::size_t, Frames> progress_;
    unsigned at_work_ = 0;
    std::vector<std::jthread> threads_;  // last: joined before what they use is gone
};

}  // namespace dadcam::render

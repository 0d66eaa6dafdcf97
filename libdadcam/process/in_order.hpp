#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <libdadcam/process/stop.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dadcam::process {

/// How many files are looked into at once: one for each core, but two at least, as much of the time goes into waiting
/// for the disk.
inline unsigned usual_threads() {
    return std::max(2U, std::thread::hardware_concurrency());
}

/// Does `count` jobs on several threads and hands their results over in the jobs' order, however long each takes. A job
/// does not throw: what went wrong is part of its result. It watches the stop that it is given, which is also requested
/// when nobody waits for results any more.
template <typename Result>
class InOrder {
public:
    using Job = std::function<Result(std::size_t, const Stop&)>;

    InOrder(std::size_t count, unsigned threads, Job job, const Stop& stop) : job_(std::move(job)), stop_(&stop) {
        const auto most = std::max<std::size_t>(1, std::min<std::size_t>(threads, count));
        for (std::size_t i = 0; i < most; ++i) threads_.emplace_back([this, count] { work(count); });
    }
    ~InOrder() { stop_.request(); }
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;

    /// Nothing when all are given, or after a stop all that were done. While it waits it calls `meanwhile` ten times a
    /// second, on the caller's thread.
    std::optional<Result> next(const std::function<void()>& meanwhile = [] {}) {
        std::unique_lock lock(mutex_);
        const auto is_ready = [this] { return done_.contains(given_) || finished_ == threads_.size(); };
        while (!ready_.wait_for(lock, std::chrono::milliseconds{100}, is_ready)) {
            lock.unlock();
            meanwhile();
            lock.lock();
        }
        if (done_.empty()) return std::nullopt;
        auto first = done_.extract(done_.begin());
        given_ = first.key() + 1;
        return std::move(first.mapped());
    }

private:
    void work(std::size_t count) {
        for (std::size_t at = next_++; at < count && !stop_.requested(); at = next_++) {
            auto result = job_(at, stop_);
            const std::lock_guard lock(mutex_);
            done_.emplace(at, std::move(result));
            ready_.notify_one();
        }
        const std::lock_guard lock(mutex_);
        ++finished_;
        ready_.notify_one();
    }

    Job job_;
    Stop stop_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    std::condition_variable ready_;
    std::map<std::size_t, Result> done_;  ///< by the job's number
    std::size_t given_ = 0;               ///< the next one to hand over
    std::size_t finished_ = 0;            ///< threads that are through
    std::vector<std::jthread> threads_;   // last: joined before what they use is gone
};

}  // namespace dadcam::process

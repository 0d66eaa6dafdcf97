#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/workers.hpp>
#include <utility>

namespace dadcam::render {
namespace {

constexpr std::chrono::milliseconds kBetweenTries{50};

Error wrong_length(const Measured& expected, const Measured& found, const std::string& log) {
    const bool is_short = found.frames < expected.frames;
    return Error(Category::encoding_error,
                 is_short ? "A clip ends long before its end: it is truncated or damaged."
                          : "ffmpeg reported success, but what it wrote is not what was asked for.",
                 "Repair the clip, tag it `bad` and export again, or leave it out with --on-error skip.",
                 fmt::format("Expected {} frames and {} samples, found {} and {}.\n{}", expected.frames.count,
                             expected.samples.count, found.frames.count, found.samples.count, log));
}

}  // namespace

Workers::Workers(std::vector<std::size_t> segments, std::function<Task(std::size_t)> task_of, unsigned count,
                 const process::Stop& stop, std::function<bool(std::size_t)> may_begin)
    : segments_(std::move(segments)), task_of_(std::move(task_of)), may_begin_(std::move(may_begin)), stop_(stop) {
    const auto threads = std::clamp<std::size_t>(segments_.size(), 1, std::max(1U, count));
    at_work_ = static_cast<unsigned>(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
    abort();
}

std::optional<News> Workers::next(Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    told_.wait_until(lock, deadline, [this] { return !news_.empty() || !progress_.empty() || at_work_ == 0; });
    // A start is told before its progress, and a finish takes what is left of it along.
    if (!news_.empty()) {
        News news = std::move(news_.front());
        news_.pop_front();
        return news;
    }
    if (progress_.empty()) return std::nullopt;
    const auto [segment, frames] = *progress_.begin();
    progress_.erase(progress_.begin());
    return News{News::Kind::progress, segment, frames, {}};
}

bool Workers::exhausted() {
    const std::lock_guard lock(mutex_);
    return at_work_ == 0 && news_.empty() && progress_.empty();
}

void Workers::work() {
    for (std::size_t at = next_++; at < segments_.size() && !aborted_ && !stop_.requested(); at = next_++) {
        while (!may_begin_(segments_[at]))
            if (aborted_ || stop_.requested_within(kBetweenTries)) break;
        if (aborted_ || stop_.requested()) break;
        tell({News::Kind::started, segments_[at], {}, {}});
        tell(perform(segments_[at]));
    }
    const std::lock_guard lock(mutex_);
    --at_work_;
    told_.notify_one();
}

News Workers::perform(std::size_t segment) {
    News news{News::Kind::finished, segment, {}, {}};
    try {
        const Task task = task_of_(segment);
        library::AtomicFile file(task.destination, task.temporary);
        news.encoded = render_whole(segment, task);
        if (const auto& error = news.encoded.error) {
            news.encoded.error = or_disk_full(*error, task.temporary.parent_path());
            return news;
        }
        if (task.look_for_damage && is_damage_likely(news.encoded.log)) news.damage = task.look_for_damage();
        news.content_hash = footage::content_hash(task.temporary);
        file.commit();
        news.state = footage::file_state(task.destination);
    } catch (const Error& error) {
        news.encoded.error = error;
    } catch (const std::exception& error) {
        news.encoded.error =
            Error(Category::general, "A segment could not be finished.", "Run it again.", error.what());
    }
    return news;
}

/// Into the temporary file, and counts what it holds.
Encoded Workers::render_whole(std::size_t segment, const Task& task) {
    const EncodingListener listener{[&](const ffmpeg::ProgressReport& report) {
                                        if (!report.frame) return;
                                        const std::lock_guard lock(mutex_);
                                        progress_[segment] = {*report.frame};
                                        told_.notify_one();
                                    },
                                    {},
                                    [this] { return !aborted_; }};
    auto encoded = encode(task.encoding, listener, stop_);
    if (!encoded.success()) return encoded;
    try {
        const auto found = index_of(task.temporary).measured;
        if (found != task.expected) encoded.error = wrong_length(task.expected, found, encoded.log);
    } catch (const Error& error) {
        encoded.error = error;
    }
    return encoded;
}

void Workers::tell(News news) {
    const std::lock_guard lock(mutex_);
    if (news.kind == News::Kind::finished) progress_.erase(news.segment);
    news_.push_back(std::move(news));
    told_.notify_one();
}

}  // namespace dadcam::render

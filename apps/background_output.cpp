#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apps/background_output.hpp>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>

namespace dadcam::app {
namespace {

constexpr std::size_t kMuchOutput = 4096;

/// What is written at once: whole lines, if possible, and no more than a pipe takes as a whole or not at all. So who
/// reads a pipe when the program is gone finds no half of a line.
std::string_view first_of(std::string_view bytes) {
    if (bytes.size() <= PIPE_BUF) return bytes;
    const auto line = bytes.rfind('\n', PIPE_BUF - 1);
    return bytes.substr(0, line == std::string_view::npos ? PIPE_BUF : line + 1);
}

/// Waits for the reader. Returns how many bytes it took; 0 when it takes none any more.
std::size_t write_some(int descriptor, std::string_view bytes) {
    for (;;) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno == EAGAIN) {  // somebody who has the descriptor, too, does not want to wait
            pollfd entry{descriptor, POLLOUT, 0};
            ::poll(&entry, 1, -1);
        } else if (errno != EINTR) {
            return 0;
        }
    }
}

struct Pipe {
    std::size_t unread = 0;
    std::size_t capacity = 0;
};

std::optional<Pipe> pipe_behind(int descriptor) {
    struct stat facts {};
    int unread = 0;
    if (::fstat(descriptor, &facts) != 0 || !S_ISFIFO(facts.st_mode)) return std::nullopt;
    const int capacity = ::fcntl(descriptor, F_GETPIPE_SZ);
    if (capacity <= 0 || ::ioctl(descriptor, FIONREAD, &unread) != 0) return std::nullopt;
    return Pipe{static_cast<std::size_t>(unread), static_cast<std::size_t>(capacity)};
}

}  // namespace

struct BackgroundWriter::Queue {
    struct Entry {
        int descriptor;
        std::string bytes;
        std::size_t written = 0;
    };

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Entry> entries;  ///< the first one is being written
    std::size_t waiting = 0;    ///< bytes
    std::set<int> failed;
    bool closed = false;
    std::optional<std::chrono::steady_clock::time_point> patience_ends;

    void add(int descriptor, std::string_view bytes) {
        if (failed.contains(descriptor)) return;
        const bool fits = !entries.empty() && entries.back().descriptor == descriptor &&
                          entries.back().bytes.size() + bytes.size() <= kMuchOutput;
        if (!fits) entries.push_back({descriptor, {}});
        entries.back().bytes += bytes;
        waiting += bytes.size();
        changed.notify_all();
    }

    void note_written(std::size_t count) {
        auto& first = entries.front();
        first.written += count;
        waiting -= count;
        if (count == 0)
            fail(first.descriptor);
        else if (first.written == first.bytes.size())
            entries.pop_front();
        changed.notify_all();
    }

    void fail(int descriptor) {
        failed.insert(descriptor);
        std::erase_if(entries, [&](const Entry& entry) {
            if (entry.descriptor != descriptor) return false;
            waiting -= entry.bytes.size() - entry.written;
            return true;
        });
    }

    /// The thread.
    void write_all() {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return closed || !entries.empty(); });
            if (closed) return;
            const auto& first = entries.front();
            const auto descriptor = first.descriptor;
            const std::string part(first_of(std::string_view(first.bytes).substr(first.written)));
            lock.unlock();
            const auto count = write_some(descriptor, part);
            lock.lock();
            note_written(count);
        }
    }
};

BackgroundWriter::BackgroundWriter() : queue_(std::make_shared<Queue>()) {}

BackgroundWriter::~BackgroundWriter() {
    if (!thread_.joinable()) return;
    std::unique_lock lock(queue_->mutex);
    const bool is_idle = queue_->entries.empty();
    queue_->closed = true;
    queue_->changed.notify_all();
    lock.unlock();
    if (is_idle)
        thread_.join();
    else
        thread_.detach();
}

void BackgroundWriter::write(int descriptor, std::string_view bytes) {
    if (bytes.empty()) return;
    const std::lock_guard lock(queue_->mutex);
    queue_->add(descriptor, bytes);
    if (!thread_.joinable()) thread_ = std::thread([queue = queue_] { queue->write_all(); });
}

bool BackgroundWriter::has_failed(int descriptor) const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->failed.contains(descriptor);
}

std::size_t BackgroundWriter::waiting() const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->waiting;
}

bool BackgroundWriter::drain(const process::Stop& stop) {
    using SteadyClock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds kLook{20};  // a request to stop wakes nobody here
    constexpr std::chrono::seconds kPatience{1};
    std::unique_lock lock(queue_->mutex);
    auto& ends = queue_->patience_ends;  // of all who wait, so that a command waits for a stalled reader once
    while (!queue_->entries.empty()) {
        queue_->changed.wait_for(lock, kLook);
        if (stop.requested() && !ends) ends = SteadyClock::now() + kPatience;
        if (ends && SteadyClock::now() >= *ends) return queue_->entries.empty();
    }
    return true;
}

bool OutputBuffer::is_behind() const {
    const auto waiting = writer_->waiting() + text_.size();
    const auto pipe = pipe_behind(descriptor_);
    // Of a pipe only a part is filled with what may be left out: what may not then finds room, whether it is read or
    // not.
    return pipe ? waiting + pipe->unread > pipe->capacity / 4 : waiting > kMuchOutput;
}

std::streamsize OutputBuffer::xsputn(const char* bytes, std::streamsize count) {
    const std::string_view added(bytes, static_cast<std::size_t>(count));
    text_ += added;
    const bool has_line = flushed_ == Flushed::by_line && added.find('\n') != std::string_view::npos;
    return (has_line || text_.size() >= kMuchOutput) && sync() != 0 ? 0 : count;
}

OutputBuffer::int_type OutputBuffer::overflow(int_type byte) {
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    const char character = traits_type::to_char_type(byte);
    return xsputn(&character, 1) == 1 ? byte : traits_type::eof();
}

int OutputBuffer::sync() {
    writer_->write(descriptor_, text_);
    text_.clear();
    return writer_->has_failed(descriptor_) ? -1 : 0;
}

}  // namespace dadcam::app

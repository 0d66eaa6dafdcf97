#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <libdadcam/process/feed.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/units.hpp>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dadcam::render {

/// The sound of a segment: all of its file's.
struct SoundSource {
    std::filesystem::path segment;
    Samples samples;
};

/// The film's sound, encoded by one ffmpeg while the pictures are still being rendered: it is fed the PCM sound of each
/// segment, in the film's order, as soon as that is in the store.
class Soundtrack {
public:
    /// `encoding` reads PCM on its standard input and writes `file`.
    Soundtrack(Encoding encoding, std::filesystem::path file, std::vector<SoundSource> sources,
               const process::Stop& stop);
    /// Ends what still runs.
    ~Soundtrack();
    Soundtrack(const Soundtrack&) = delete;
    Soundtrack& operator=(const Soundtrack&) = delete;

    /// The segment is in its place.
    void there(std::size_t segment);
    /// What went wrong, as soon as it is known.
    std::optional<Error> failure();
    /// Waits until the file is whole; `on_wait` is called at least every 100 ms, and may throw to end that. Throws the
    /// Error of what went wrong. Returns what ffmpeg said.
    std::string finish(const std::function<void()>& on_wait);

private:
    void encode_all();
    void feed_all();
    bool wait_for(std::size_t segment);
    void pour(const SoundSource& source);
    std::int64_t amount();
    void end(std::optional<Error> error);

    Encoding encoding_;
    std::filesystem::path file_;
    std::vector<SoundSource> sources_;
    const process::Stop& stop_;
    process::Feed feed_;
    std::atomic<std::int64_t> amount_{0};  ///< grows with what is fed, and while there is nothing to feed
    std::atomic<bool> waiting_{true};
    std::atomic<bool> ended_{false};  ///< by itself, by a failure or because it is not wanted any more

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<bool> there_;
    bool fed_ = false;  ///< all of it
    bool encoded_ = false;
    std::string log_;
    std::optional<Error> failure_;
    std::jthread encoder_, feeder_;  // last: joined before what they use is gone
};

}  // namespace dadcam::render

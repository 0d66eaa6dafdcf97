#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <libdadcam/units.hpp>
#include <mutex>
#include <span>
#include <vector>

namespace dadcam::render {

/// The sound of a segment: all of its file's.
struct SoundSource {
    std::filesystem::path segment;
    Samples samples;
};

/// How often whoever waits for sound is asked whether it is still wanted.
inline constexpr std::chrono::milliseconds kSoundTick{100};

/// The clips' sound, as it lies in the film's segments, while these are still being rendered.
class SegmentSound {
public:
    /// In the film's order.
    explicit SegmentSound(std::vector<SoundSource> sources);

    Samples length() const { return starts_.back(); }
    /// The segment is in its place, or in `file`.
    void there(std::size_t segment, const std::filesystem::path& file);
    /// Nobody wants any more of it: whoever waits is told so.
    void end();

    /// Asked every 100 ms while one waits; false: it is not wanted any more.
    using Idle = std::function<bool()>;
    /// Gets a stretch, of a third of a second at the most, and where on the film it begins; it may change it. False: no
    /// more.
    using Take = std::function<bool(std::span<std::int16_t> pcm, Samples from)>;

    /// Until the segments are there that hold [from, to). False when it is not wanted any more.
    bool wait_for(Samples from, Samples to, const Idle& idle);
    /// Hands over [from, to), as it comes. False when not all of it was wanted. Error(encoding_error) when a segment
    /// does not hold what it should.
    bool read(Samples from, Samples to, const Idle& idle, const Take& take);

private:
    std::size_t segment_at(Samples position) const;
    bool wait_for_segment(std::size_t segment, const Idle& idle);

    std::vector<SoundSource> sources_;
    std::vector<Samples> starts_;  ///< of the segments, and the film's end
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<bool> there_;
    bool ended_ = false;
};

}  // namespace dadcam::render

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <libdadcam/process/feed.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/encoder.hpp>
#include <string>
#include <string_view>

namespace dadcam::render {

/// What writes to the standard input of a running ffmpeg.
class Sink {
public:
    explicit Sink(process::Feed& feed) : feed_(feed) {}

    /// Waits until all but the last 64 KB is handed over. False when it is not wanted any more.
    bool write(std::string_view bytes);
    /// The rest.
    bool flush();
    /// For who has nothing to write yet: asked now and then, it keeps ffmpeg from counting as stalled. False when
    /// nothing is wanted any more.
    bool idle();

    /// Grows with what is written, and while there is nothing to write.
    std::int64_t amount() const { return amount_; }
    void close() { wanted_ = false; }

private:
    process::Feed& feed_;
    std::string block_;
    std::atomic<std::int64_t> amount_{0};
    std::atomic<bool> wanted_{true};
};

/// What it is when not all of the sound was there, or was read.
Error sound_not_whole(const std::string& detail);

/// encode(), while `pour`, in a thread of its own, writes all that ffmpeg is to read; false when it was not all. What
/// `pour` throws is how it went, and so is that ffmpeg did not want all of it.
Encoded encode_fed(Encoding encoding, const std::function<bool(Sink&)>& pour, const EncodingListener& listener,
                   const process::Stop& stop);

}  // namespace dadcam::render

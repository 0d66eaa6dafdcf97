#include <libdadcam/render/fed_encoder.hpp>
#include <mutex>
#include <thread>

namespace dadcam::render {
namespace {

/// Why the pouring thread failed, for the other one to read.
class Failure {
public:
    void fail(Error error) {
        const std::lock_guard lock(mutex_);
        failure_ = std::move(error);
    }
    std::optional<Error> failure() {
        const std::lock_guard lock(mutex_);
        return failure_;
    }

private:
    std::mutex mutex_;
    std::optional<Error> failure_;
};

}  // namespace

Error sound_not_whole(const std::string& detail) {
    return Error(Category::encoding_error, "The film's sound is incomplete.",
                 "Run it again; finished segments are kept. A launcher must pass on standard input.", detail);
}

bool Sink::write(std::string_view bytes) {
    constexpr std::size_t kBlock = 64U << 10U;
    block_ += bytes;
    return block_.size() < kBlock || flush();
}

bool Sink::flush() {
    if (!feed_.write(block_, [this] { return wanted_.load(); })) return false;
    amount_ += static_cast<std::int64_t>(block_.size());
    block_.clear();
    return true;
}

bool Sink::idle() {
    ++amount_;
    return wanted_;
}

Encoded encode_fed(Encoding encoding, const std::function<bool(Sink&)>& pour, const EncodingListener& listener,
                   const process::Stop& stop) {
    process::Feed feed;
    Sink sink(feed);
    Failure pouring;
    bool poured = false;
    std::thread pourer([&] {
        try {
            poured = pour(sink) && sink.flush();
            feed.end();
        } catch (const Error& error) {
            pouring.fail(error);
        } catch (const std::exception& error) {
            pouring.fail(
                Error(Category::general, "The film's sound could not be read.", "Run it again.", error.what()));
        }
    });
    encoding.command.input = &feed;
    auto encoded =
        encode(encoding,
               {listener.on_report, [&] { return sink.amount() + (listener.amount ? listener.amount() : 0); },
                [&] { return !pouring.failure() && (!listener.keep_going || listener.keep_going()); }},
               stop);
    sink.close();
    pourer.join();
    if (const auto failure = pouring.failure()) {
        encoded.error = failure;
    } else if (encoded.success() && !poured) {
        encoded.error = sound_not_whole("ffmpeg ended before it had read all.\n" + encoded.log);
    }
    return encoded;
}

}  // namespace dadcam::render

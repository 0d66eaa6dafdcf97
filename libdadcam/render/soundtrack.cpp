#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/soundtrack.hpp>

namespace dadcam::render {
namespace {

constexpr std::chrono::milliseconds kTick{100};

Error not_whole(const std::string& detail) {
    return Error(Category::encoding_error, "The film's sound is not whole.",
                 "Run it again: finished segments are kept. A launcher has to hand on standard input.", detail);
}

}  // namespace

Soundtrack::Soundtrack(Encoding encoding, std::filesystem::path file, std::vector<SoundSource> sources,
                       const process::Stop& stop)
    : encoding_(std::move(encoding)),
      file_(std::move(file)),
      sources_(std::move(sources)),
      stop_(stop),
      there_(sources_.size()) {
    encoding_.command.input = &feed_;
    encoder_ = std::jthread([this] { encode_all(); });
    feeder_ = std::jthread([this] { feed_all(); });
}

Soundtrack::~Soundtrack() {
    end(std::nullopt);
}

void Soundtrack::there(std::size_t segment) {
    const std::lock_guard lock(mutex_);
    there_[segment] = true;
    changed_.notify_all();
}

std::optional<Error> Soundtrack::failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
}

std::string Soundtrack::finish(const std::function<void()>& on_wait) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kTick, [this] { return encoded_ || failure_; })) {
        lock.unlock();
        on_wait();
        lock.lock();
    }
    if (failure_) throw Error(*failure_);
    Samples expected;
    for (const auto& source : sources_) expected += source.samples;
    const auto found = index_of(file_).measured.samples;
    if (found != expected) throw not_whole(fmt::format("{} samples, not {}", found.count, expected.count));
    return log_;
}

void Soundtrack::encode_all() {
    auto encoded = encode(encoding_, {{}, [this] { return amount(); }, [this] { return !ended_; }}, stop_);
    const std::lock_guard lock(mutex_);
    encoded_ = encoded.success();
    log_ = std::move(encoded.log);
    if (!failure_ && encoded.error) failure_ = encoded.error;
    if (!failure_ && !fed_) failure_ = not_whole("ffmpeg ended before it had read all.\n" + log_);
    ended_ = true;
    changed_.notify_all();
}

void Soundtrack::feed_all() {
    try {
        for (std::size_t segment = 0; segment < sources_.size(); ++segment) {
            if (!wait_for(segment)) return;
            pour(sources_[segment]);
        }
        {
            const std::lock_guard lock(mutex_);
            fed_ = !ended_;
        }
        feed_.end();
    } catch (const Error& error) {
        end(error);
    } catch (const std::exception& error) {
        end(Error(Category::general, "The film's sound could not be read.", "Run it again.", error.what()));
    }
}

/// False when it is not wanted any more.
bool Soundtrack::wait_for(std::size_t segment) {
    std::unique_lock lock(mutex_);
    waiting_ = true;
    changed_.wait(lock, [&] { return there_[segment] || ended_; });
    waiting_ = false;
    return !ended_;
}

void Soundtrack::pour(const SoundSource& source) {
    constexpr std::int64_t kSampleBytes = 4;  // stereo, 16 bits
    const auto index = index_of(source.segment);
    std::ifstream in(source.segment, std::ios::binary);
    std::string buffer;
    std::int64_t poured = 0;
    for (const auto& [offset, bytes] : index.sound) {
        buffer.resize(static_cast<std::size_t>(bytes));
        if (!in.seekg(offset) || !in.read(buffer.data(), bytes)) throw not_whole(source.segment.string());
        if (!feed_.write(buffer, [this] { return !ended_; })) return;
        poured += bytes;
        amount_ += bytes;
    }
    if (poured == source.samples.count * kSampleBytes) return;
    throw not_whole(fmt::format("{} holds {} bytes of sound, not {}", source.segment.string(), poured,
                                source.samples.count * kSampleBytes));
}

/// For the watchdog: while there is nothing to read, ffmpeg does not stand still.
std::int64_t Soundtrack::amount() {
    return waiting_ ? ++amount_ : amount_.load();
}

void Soundtrack::end(std::optional<Error> error) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(error);
    ended_ = true;
    changed_.notify_all();
}

}  // namespace dadcam::render

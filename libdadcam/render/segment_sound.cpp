#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <libdadcam/render/fed_encoder.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/segment_sound.hpp>
#include <libdadcam/sound/loudness.hpp>

namespace dadcam::render {
namespace {

using sound::kSampleBytes;

constexpr std::int64_t kStretch = 1 << 14;  // samples

std::vector<Samples> starts_of(const std::vector<SoundSource>& sources) {
    std::vector<Samples> starts{{}};
    for (const auto& source : sources) starts.push_back(starts.back() + source.samples);
    return starts;
}

/// The sound of one segment, from a sample of it on, as it lies in the file: in many short runs of bytes.
class SegmentReader {
public:
    SegmentReader(std::filesystem::path path, Samples samples, Samples from)
        : path_(std::move(path)), in_(path_, std::ios::binary), chunks_(index_of(path_).sound) {
        std::int64_t bytes = 0;
        for (const auto& chunk : chunks_) bytes += chunk.bytes;
        if (bytes != samples.count * kSampleBytes) {
            throw sound_not_whole(
                fmt::format("{} holds {} bytes of sound, not {}", path_.string(), bytes, samples.count * kSampleBytes));
        }
        skipped_ = from.count * kSampleBytes;
        while (chunk_ < chunks_.size() && skipped_ >= chunks_[chunk_].bytes) skipped_ -= chunks_[chunk_++].bytes;
    }

    /// All of them; the segment has so many.
    void read(std::span<std::int16_t> pcm) {
        auto* to = reinterpret_cast<char*>(pcm.data());
        for (auto left = static_cast<std::int64_t>(pcm.size_bytes()); left > 0;) {
            const auto& [offset, bytes] = chunks_[chunk_];
            const auto some = std::min(left, bytes - skipped_);
            if (!in_.seekg(offset + skipped_) || !in_.read(to, some)) throw sound_not_whole(path_.string());
            to += some;
            left -= some;
            skipped_ += some;
            if (skipped_ == bytes) {
                skipped_ = 0;
                ++chunk_;
            }
        }
    }

private:
    std::filesystem::path path_;
    std::ifstream in_;
    std::vector<Chunk> chunks_;
    std::size_t chunk_ = 0;
    std::int64_t skipped_ = 0;  ///< bytes of the chunk
};

}  // namespace

SegmentSound::SegmentSound(std::vector<SoundSource> sources)
    : sources_(std::move(sources)), starts_(starts_of(sources_)), there_(sources_.size()) {}

void SegmentSound::there(std::size_t segment, const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    if (!file.empty()) sources_[segment].segment = file;
    there_[segment] = true;
    changed_.notify_all();
}

void SegmentSound::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

bool SegmentSound::wait_for(Samples from, Samples to, const Idle& idle) {
    for (auto segment = segment_at(from); segment < sources_.size() && starts_[segment] < to; ++segment)
        if (!wait_for_segment(segment, idle)) return false;
    return true;
}

bool SegmentSound::read(Samples from, Samples to, const Idle& idle, const Take& take) {
    std::vector<std::int16_t> pcm;
    for (auto segment = segment_at(from); segment < sources_.size() && starts_[segment] < to; ++segment) {
        if (!wait_for_segment(segment, idle)) return false;
        auto at = std::max(from, starts_[segment]);
        const auto end = std::min(to, starts_[segment + 1]);
        SegmentReader reader(sources_[segment].segment, sources_[segment].samples, at - starts_[segment]);
        while (at < end) {
            const auto some = std::min(kStretch, (end - at).count);
            pcm.resize(static_cast<std::size_t>(some) * sound::kChannels);
            reader.read(pcm);
            if (!take(pcm, at)) return false;
            at += Samples{some};
        }
    }
    return true;
}

std::size_t SegmentSound::segment_at(Samples position) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), position);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
}

bool SegmentSound::wait_for_segment(std::size_t segment, const Idle& idle) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kSoundTick, [&] { return there_[segment] || ended_; }))
        if (idle && !idle()) return false;
    return !ended_;
}

}  // namespace dadcam::render

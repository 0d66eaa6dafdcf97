#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/soundtrack.hpp>

namespace dadcam::render {
namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr std::int64_t kSampleBytes = 4;  // stereo, 16 bits

std::vector<Samples> starts_of(const std::vector<SoundSource>& sources) {
    std::vector<Samples> starts{{}};
    for (const auto& source : sources) starts.push_back(starts.back() + source.samples);
    return starts;
}

/// The next packet of a part; an empty one at its end.
std::string next_packet(std::istream& in) {
    std::string packet(ffmpeg::kAdtsHeaderBytes, '\0');
    if (!in.read(packet.data(), static_cast<std::streamsize>(packet.size()))) {
        if (in.gcount() == 0) return {};
        throw sound_not_whole("A part of it ends within a packet.");
    }
    const auto bytes = ffmpeg::adts_packet_bytes(packet);
    if (!bytes) throw sound_not_whole("A part of it is not ADTS.");
    packet.resize(*bytes);
    if (in.read(packet.data() + ffmpeg::kAdtsHeaderBytes,
                static_cast<std::streamsize>(*bytes - ffmpeg::kAdtsHeaderBytes))) {
        return packet;
    }
    throw sound_not_whole("A part of it ends within a packet.");
}

}  // namespace

Soundtrack::Soundtrack(SoundJob job, const process::Stop& stop)
    : job_(std::move(job)),
      starts_(starts_of(job_.sources)),
      stop_(stop),
      there_(job_.sources.size()),
      encoded_(job_.parts.size()) {
    const auto encoders = std::min<std::size_t>(job_.encoders, job_.parts.size());
    for (std::size_t i = 0; i < encoders; ++i) encoders_.emplace_back([this] { work(); });
}

Soundtrack::~Soundtrack() {
    end(std::nullopt);
}

void Soundtrack::there(std::size_t segment, const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    if (!file.empty()) job_.sources[segment].segment = file;
    there_[segment] = true;
    changed_.notify_all();
}

std::optional<Error> Soundtrack::failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
}

std::string Soundtrack::words() {
    const std::lock_guard lock(mutex_);
    return words_;
}

bool Soundtrack::pour(Sink& sink) {
    if (job_.parts.empty()) return pour_samples({}, length(), sink);
    for (std::size_t part = 0; part < job_.parts.size(); ++part) {
        if (!wait_for(encoded_, part, &sink)) break;
        if (!pour_packets(part, sink)) return false;
        if (part + 1 == job_.parts.size()) return true;
    }
    if (const auto error = failure()) throw Error(*error);
    return false;
}

void Soundtrack::wait(const std::function<void()>& on_wait) {
    std::unique_lock lock(mutex_);
    const auto over = [this] {
        return failure_ || std::find(encoded_.begin(), encoded_.end(), false) == encoded_.end();
    };
    while (!changed_.wait_for(lock, kTick, over)) {
        lock.unlock();
        on_wait();
        lock.lock();
    }
    if (failure_) throw Error(*failure_);
}

/// One encoder at a time: the next part, as soon as it may begin.
void Soundtrack::work() {
    for (auto part = next_++; part < job_.parts.size(); part = next_++) {
        if (!wait_for_segments(job_.parts[part])) return;
        const auto encoded = encode_part(part);
        if (encoded.error) return end(or_disk_full(*encoded.error, job_.folder));
        const std::lock_guard lock(mutex_);
        if (words_.empty()) words_ = encoded.log;
        encoded_[part] = true;
        changed_.notify_all();
    }
}

bool Soundtrack::wait_for_segments(const ffmpeg::SoundPart& part) {
    const auto first = segment_at(part.from);
    const auto last = job_.ahead ? first : segment_at(part.from + part.samples - Samples{1});
    for (auto segment = first; segment <= last; ++segment) {
        if (!wait_for(there_, segment, nullptr)) return false;
    }
    return true;
}

Encoded Soundtrack::encode_part(std::size_t part) {
    const auto& [from, samples, skipped, kept] = job_.parts[part];
    const auto pour = [&, from = from, to = from + samples](Sink& sink) { return pour_samples(from, to, sink); };
    return encode_fed(job_.encoding_to(file_of(part)), pour, {{}, {}, [this] { return !ended_; }}, stop_);
}

bool Soundtrack::pour_samples(Samples from, Samples to, Sink& sink) {
    for (auto segment = segment_at(from); segment < job_.sources.size() && starts_[segment] < to; ++segment) {
        if (!wait_for(there_, segment, &sink)) return false;
        const auto first = std::max(from, starts_[segment]), end = std::min(to, starts_[segment + 1]);
        if (!pour_segment(segment, first - starts_[segment], end - starts_[segment], sink)) return false;
    }
    return true;
}

bool Soundtrack::pour_segment(std::size_t segment, Samples from, Samples to, Sink& sink) {
    const auto& [path, samples] = job_.sources[segment];
    std::ifstream in(path, std::ios::binary);
    std::string buffer;
    std::int64_t at = 0;
    for (const auto& [offset, bytes] : index_of(path).sound) {
        const auto first = std::clamp(from.count * kSampleBytes - at, std::int64_t{0}, bytes);
        const auto end = std::clamp(to.count * kSampleBytes - at, first, bytes);
        at += bytes;
        if (first == end) continue;
        buffer.resize(static_cast<std::size_t>(end - first));
        if (!in.seekg(offset + first) || !in.read(buffer.data(), end - first)) throw sound_not_whole(path.string());
        if (!sink.write(buffer)) return false;
    }
    if (at == samples.count * kSampleBytes) return true;
    throw sound_not_whole(
        fmt::format("{} holds {} bytes of sound, not {}", path.string(), at, samples.count * kSampleBytes));
}

/// Those that are the film's; but the others have to be there, too.
bool Soundtrack::pour_packets(std::size_t part, Sink& sink) {
    const auto& expected = job_.parts[part];
    std::ifstream in(file_of(part), std::ios::binary);
    std::int64_t packets = 0;
    for (auto packet = next_packet(in); !packet.empty(); packet = next_packet(in), ++packets) {
        if (packets < expected.skipped || packets >= expected.skipped + expected.kept) continue;
        if (!sink.write(packet)) return false;
    }
    if (packets == expected.encoded()) return true;
    throw sound_not_whole(fmt::format("Part {} has {} packets, not {}.", part + 1, packets, expected.encoded()));
}

std::filesystem::path Soundtrack::file_of(std::size_t part) const {
    return job_.folder / fmt::format("{}.aac", part);
}

/// False when it is not wanted any more.
bool Soundtrack::wait_for(const std::vector<bool>& what, std::size_t index, Sink* sink) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kTick, [&] { return what[index] || ended_; })) {
        if (sink != nullptr && !sink->idle()) return false;
    }
    return !ended_;
}

std::size_t Soundtrack::segment_at(Samples position) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), position);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
}

void Soundtrack::end(std::optional<Error> error) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(error);
    ended_ = true;
    changed_.notify_all();
}

}  // namespace dadcam::render

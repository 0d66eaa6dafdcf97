#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/soundtrack.hpp>

namespace dadcam::render {
namespace {

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
    : job_(std::move(job)), stop_(stop), clips_(std::move(job_.sources)), encoded_(job_.parts.size()) {
    if (job_.mixer)
        mixer_.emplace(std::move(*job_.mixer), clips_, stop, [this](Error error) { fail(std::move(error)); });
    const auto encoders = std::min<std::size_t>(job_.encoders, job_.parts.size());
    for (std::size_t i = 0; i < encoders; ++i) encoders_.emplace_back([this] { work(); });
}

Soundtrack::~Soundtrack() {
    end(std::nullopt);
}

void Soundtrack::there(std::size_t segment, const std::filesystem::path& file) {
    clips_.there(segment, file);
}

std::optional<Error> Soundtrack::failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
}

std::optional<Samples> Soundtrack::used_to() {
    if (mixer_ || !job_.ahead) return std::nullopt;
    if (job_.parts.empty()) return Samples{poured_};
    const std::lock_guard lock(mutex_);
    const auto first = std::find(encoded_.begin(), encoded_.end(), false);
    if (first == encoded_.end()) return clips_.length();
    return job_.parts[static_cast<std::size_t>(first - encoded_.begin())].from;
}

std::string Soundtrack::words() {
    const std::lock_guard lock(mutex_);
    return words_;
}

bool Soundtrack::pour(Sink& sink) {
    if (job_.parts.empty() && pour_samples({}, clips_.length(), sink)) return true;
    for (std::size_t part = 0; part < job_.parts.size(); ++part) {
        if (!wait_for(part, sink)) break;
        if (!pour_packets(part, sink)) return false;
        library::remove_quietly(file_of(part));
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
    while (!changed_.wait_for(lock, kSoundTick, over)) {
        lock.unlock();
        on_wait();
        lock.lock();
    }
    if (failure_) throw Error(*failure_);
    lock.unlock();
    // The music's decoder goes through a launcher, too.
    const auto go_on = [&] {
        on_wait();
        return is_wanted();
    };
    if (mixer_) mixer_->wait_for({}, go_on);
    if (const auto error = failure()) throw Error(*error);
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
    const auto wanted = [this] { return is_wanted(); };
    const auto end = part.from + part.samples;
    if (job_.ahead) return clips_.wait_for(part.from, part.from + Samples{1}, wanted);
    return clips_.wait_for(part.from, end, wanted) && (!mixer_ || mixer_->wait_for(end, wanted));
}

Encoded Soundtrack::encode_part(std::size_t part) {
    const auto& [from, samples, skipped, kept] = job_.parts[part];
    const auto pour = [&, from = from, to = from + samples](Sink& sink) { return pour_samples(from, to, sink); };
    return encode_fed(job_.encoding_to(file_of(part)), pour, {{}, {}, [this] { return !ended_; }}, stop_);
}

bool Soundtrack::pour_samples(Samples from, Samples to, Sink& sink) {
    const auto idle = [&] { return sink.idle() && is_wanted(); };
    return clips_.read(from, to, idle, [&](std::span<std::int16_t> pcm, Samples at) {
        if (mixer_) {
            const Samples count{static_cast<std::int64_t>(pcm.size() / sound::kChannels)};
            if (!mixer_->wait_for(at + count, idle)) return false;
            mixer_->apply(pcm, at);
        }
        if (!sink.write({reinterpret_cast<const char*>(pcm.data()), pcm.size_bytes()})) return false;
        if (job_.parts.empty()) poured_ = at.count + static_cast<std::int64_t>(pcm.size() / sound::kChannels);
        return true;
    });
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

/// Until it is encoded. False when it is not wanted any more.
bool Soundtrack::wait_for(std::size_t part, Sink& sink) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kSoundTick, [&] { return encoded_[part] || ended_; }))
        if (!sink.idle()) return false;
    return !ended_;
}

std::vector<std::string> Soundtrack::remarks(const std::function<std::string(const sound::Voice&)>& name_of) const {
    return mixer_ ? mixer_->remarks(name_of) : std::vector<std::string>();
}

void Soundtrack::fail(std::optional<Error> error) {
    {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::move(error);
        ended_ = true;
        changed_.notify_all();
    }
    clips_.end();
}

void Soundtrack::end(std::optional<Error> error) {
    fail(std::move(error));
    if (mixer_) mixer_->end();
}

}  // namespace dadcam::render

#include <fmt/format.h>

#include <chrono>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/mixer.hpp>
#include <utility>

namespace dadcam::render {
namespace {

constexpr std::int64_t kShortestTrack = kSampleRate / 2;
constexpr std::size_t kMostRemarks = 100;

std::string sentence_of(const std::string& name, const sound::Loudness& loudness, const sound::Gain& gain) {
    const auto level = fmt::format("{} has {:.1f} LUFS", name, loudness.integrated);
    switch (gain.limit) {
        case sound::Gain::Limit::most:
            return fmt::format("{}: it was made louder by {:.1f} dB, the most that dadcam does.", level, gain.decibels);
        case sound::Gain::Limit::peak:
            return fmt::format("{}: because of its peaks, it was changed by only {:+.1f} dB.", level, gain.decibels);
        case sound::Gain::Limit::near_silence:
        case sound::Gain::Limit::none:
            break;
    }
    return {};
}

}  // namespace

Mixer::Mixer(MixerJob job, SegmentSound& clips, const process::Stop& stop, std::function<void(Error)> on_failure)
    : job_(std::move(job)),
      clips_(clips),
      stop_(stop),
      on_failure_(std::move(on_failure)),
      gauge_(job_.voices, clips.length()),
      thread_([this] { work(); }) {}

Mixer::~Mixer() {
    end();
}

void Mixer::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

bool Mixer::wait_for(Samples until, const SegmentSound::Idle& idle) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kSoundTick,
                              [&] { return ended_ || (finish_ && gauge_.done() >= finish_->needs(until)); }))
        if (idle && !idle()) return false;
    return !ended_;
}

void Mixer::work() {
    try {
        auto music = decode_music();
        {
            const std::lock_guard lock(mutex_);
            finish_.emplace(job_.mix, gauge_, std::move(music));
            changed_.notify_all();
        }
        if (!job_.mix.clip_sound) return;
        clips_.read(
            {}, clips_.length(), [this] { return wanted(); },
            [this](std::span<std::int16_t> pcm, Samples) {
                gauge_.add(pcm);
                const std::lock_guard lock(mutex_);
                changed_.notify_all();
                return wanted();
            });
    } catch (const Error& error) {
        fail(error);
    } catch (const std::exception& error) {
        fail(Error(Category::general, "The film's sound could not be made.", "Run it again.", error.what()));
    }
}

void Mixer::fail(const Error& error) {
    on_failure_(error);
    end();
}

std::optional<sound::Music> Mixer::decode_music() {
    std::vector<sound::Track> tracks;
    for (const auto& [name, decoding, pcm] : job_.music) {
        const auto decoded = encode(decoding, {{}, {}, [this] { return wanted(); }}, stop_);
        if (!wanted()) return std::nullopt;
        const auto folder = pcm.parent_path();
        if (decoded.error) throw or_disk_full(*decoded.error, folder);
        if (!decoded.log.empty()) words_.push_back(fmt::format("Of the music {}:\n{}", name, decoded.log));
        auto track = sound::measured_track(pcm);
        if (track.samples.count < kShortestTrack) {
            throw Error(Category::encoding_error, fmt::format("{} is too short to be music.", name),
                        "Choose a piece that is at least half a second long.", decoded.log);
        }
        tracks.push_back(std::move(track));
    }
    if (tracks.empty()) return std::nullopt;
    return sound::Music(std::move(tracks), clips_.length(), job_.mix.music_once, job_.mix.music_level);
}

std::vector<std::string> Mixer::remarks(const std::function<std::string(const sound::Voice&)>& name_of) const {
    auto remarks = words_;
    if (!job_.mix.loudness || !job_.mix.clip_sound) return remarks;
    for (std::size_t voice = 0; voice < gauge_.voices().size() && remarks.size() < kMostRemarks; ++voice) {
        auto sentence = sentence_of(name_of(gauge_.voices()[voice]), gauge_.loudness(voice), finish_->gain(voice));
        if (!sentence.empty()) remarks.push_back(std::move(sentence));
    }
    return remarks;
}

}  // namespace dadcam::render

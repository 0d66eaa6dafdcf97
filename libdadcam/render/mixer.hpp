#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <libdadcam/error.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/recipe/sound_mix.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/segment_sound.hpp>
#include <libdadcam/sound/finish.hpp>
#include <libdadcam/sound/gauge.hpp>
#include <libdadcam/sound/voice.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace dadcam::render {

/// A piece of music that has to be decoded first.
struct MusicSource {
    std::string name;   ///< for a person
    Encoding decoding;  ///< writes PCM into `pcm`
    std::filesystem::path pcm;
};

/// What is to be made of the clips' sound.
struct MixerJob {
    recipe::SoundMix mix;
    std::vector<sound::Voice> voices;
    std::vector<MusicSource> music;
};

/// Makes the film's sound of the clips': decodes the music, looks at the clips' sound from the film's beginning to its
/// end as it comes, and then whoever asks is given what is heard at a place. See sound::Finish.
class Mixer {
public:
    /// All that it is given outlives it. `on_failure` is called by a thread of its own.
    Mixer(MixerJob job, SegmentSound& clips, const process::Stop& stop, std::function<void(Error)> on_failure);
    /// Ends what still runs.
    ~Mixer();
    Mixer(const Mixer&) = delete;
    Mixer& operator=(const Mixer&) = delete;

    /// Until what lies before `until` can be finished. False when that is not wanted any more.
    bool wait_for(Samples until, const SegmentSound::Idle& idle);
    /// Only of what was waited for.
    void apply(std::span<std::int16_t> pcm, Samples from) const { finish_->apply(pcm, from); }
    /// Nobody wants any more of it.
    void end();
    /// What ffmpeg said of the music, and what is heard at another level than was asked for. Once all was applied.
    std::vector<std::string> remarks(const std::function<std::string(const sound::Voice&)>& name_of) const;

private:
    void work();
    void fail(const Error& error);
    std::optional<sound::Music> decode_music();
    bool wanted() const { return !ended_; }

    MixerJob job_;
    SegmentSound& clips_;
    const process::Stop& stop_;
    std::function<void(Error)> on_failure_;
    sound::Gauge gauge_;
    std::optional<sound::Finish> finish_;  ///< once the music is there
    std::vector<std::string> words_;
    std::atomic<bool> ended_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::jthread thread_;  // last: joined before what it uses is gone
};

}  // namespace dadcam::render

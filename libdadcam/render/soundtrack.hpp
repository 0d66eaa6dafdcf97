#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <libdadcam/ffmpeg/film_sound.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/fed_encoder.hpp>
#include <libdadcam/render/mixer.hpp>
#include <libdadcam/render/segment_sound.hpp>
#include <libdadcam/units.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace dadcam::render {

struct SoundJob {
    std::vector<SoundSource> sources;      ///< in the film's order
    std::vector<ffmpeg::SoundPart> parts;  ///< none: the film's sound is that of the segments
    std::filesystem::path folder;          ///< for the parts
    /// Reads PCM on its standard input and writes AAC, as ADTS.
    std::function<Encoding(const std::filesystem::path& file)> encoding_to;
    unsigned encoders = 1;  ///< at a time
    /// An encoder begins with the first segment of its part. False: it waits for all of them, so that it holds no place
    /// in a launcher's queue that the segments may be waiting for.
    bool ahead = true;
    std::optional<MixerJob> mixer{};  ///< nothing: the film's sound is the clips' own
};

/// The film's sound, made while the pictures are still being rendered: each of its parts is encoded by an ffmpeg that
/// is fed the PCM sound of the segments, in the film's order, as soon as they are in the store.
class Soundtrack {
public:
    Soundtrack(SoundJob job, const process::Stop& stop);
    /// Ends what still runs.
    ~Soundtrack();
    Soundtrack(const Soundtrack&) = delete;
    Soundtrack& operator=(const Soundtrack&) = delete;

    /// The segment is in its place, or in `file`.
    void there(std::size_t segment, const std::filesystem::path& file = {});
    /// What went wrong, as soon as it is known.
    std::optional<Error> failure();
    /// Up to where all of it is encoded, or poured where it is not, so that what lies before is not read again. Nothing
    /// where a mixer reads it from its beginning, or where it is not read before all of it is there.
    std::optional<Samples> used_to();
    /// Waits until all is encoded; `on_wait` is called at least every 100 ms, and may throw to end that. Throws the
    /// Error of what went wrong.
    void wait(const std::function<void()>& on_wait);
    /// Writes all of it, as soon as it is made: packets, or PCM where nothing is encoded. False when the sink does not
    /// want it any more. Once: what was poured is gone. Throws the Error of what went wrong.
    bool pour(Sink& sink);
    /// What the encoders said.
    std::string words();
    /// What a mixer has to say, for the log. Once all was poured.
    std::vector<std::string> remarks(const std::function<std::string(const sound::Voice&)>& name_of) const;

private:
    void work();
    bool wait_for_segments(const ffmpeg::SoundPart& part);
    Encoded encode_part(std::size_t part);
    bool pour_samples(Samples from, Samples to, Sink& sink);
    bool pour_packets(std::size_t part, Sink& sink);
    std::filesystem::path file_of(std::size_t part) const;
    bool wait_for(std::size_t part, Sink& sink);
    bool is_wanted() const { return !ended_; }
    void fail(std::optional<Error> error);
    void end(std::optional<Error> error);

    SoundJob job_;
    const process::Stop& stop_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> ended_{false};  ///< by a failure, or because it is not wanted any more
    SegmentSound clips_;
    std::atomic<std::int64_t> poured_{0};  ///< samples, where nothing is encoded

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<bool> encoded_;
    std::string words_;
    std::optional<Error> failure_;
    std::optional<Mixer> mixer_;
    std::vector<std::jthread> encoders_;  // last: joined before what they use is gone
};

}  // namespace dadcam::render

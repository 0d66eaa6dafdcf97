#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/render/scratch.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/render/soundtrack.hpp>
#include <libdadcam/render/thumbnail.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dadcam::render {

/// What the coordinator wants to hear of an assembly.
struct AssemblyListener {
    std::function<void()> on_news;
    std::function<bool()> keep_going;  ///< false: cancelled
    std::function<void(const std::string& level, const std::string& text)> log;
    std::function<void(const std::string& text)> warn;  ///< of a film that is in its place: does not throw
};

/// What is assembled. All of it outlives the assembly.
struct AssemblyJob {
    library::Library& library;
    const library::Run& run;
    const Snapshot& snapshot;
    const Plan& plan;
    const RenderTools& tools;
    const RenderOptions& options;
    unsigned jobs;
    const process::Stop& stop;
};

/// Makes the film of a run's segments: its sound is encoded while they are still being rendered, and joined with them;
/// where pictures are copied, it is joined with those meanwhile. Every method throws the Error of what failed; then
/// nothing stays.
class Assembly {
public:
    Assembly(const AssemblyJob& job, AssemblyListener listener);
    /// Ends what still runs.
    ~Assembly();
    Assembly(const Assembly&) = delete;
    Assembly& operator=(const Assembly&) = delete;

    /// The same film may be there already, of an earlier run: true when it was copied, and nothing has to be rendered.
    /// Never where pictures are copied.
    bool copy_earlier();

    /// A segment is in the store.
    void segment_there(std::size_t index);
    /// See Soundtrack::used_to(); nothing, too, where segments are wanted for more than their sound.
    std::optional<Samples> sound_used_to();
    /// How much of the film is joined, where its pictures are copied.
    Frames copied() const;
    /// Of the sound, or of joining, as soon as it is known.
    std::optional<Error> failure();
    /// What made a segment or joining fail so: a clip that changed or went away under a copied film, or a full disk.
    Error cause_of(const Error& error) const;

    /// Once every segment is there, or an earlier film was copied: joins, makes a picture at 10 % of the film, and puts
    /// both into their places: the film last, and announced in the database before. Without a picture, which gives a
    /// line in the log, a film is whole, too.
    library::RunOutput finish();

private:
    ffmpeg::Film film() const;
    std::vector<ffmpeg::SoundPart> sound_parts() const;
    bool copies_pictures() const { return recipe::copies_pictures(job_.snapshot.preset); }
    void begin_sound();
    std::optional<MixerJob> mixer_job() const;
    void begin_picture();
    void begin_joining();
    void finish_joining();
    void log_sound(const AssemblyListener& listener);
    std::string written(const char* name, const std::string& text) const;
    void make_whole();
    void join(const AssemblyListener& listener);
    std::optional<std::string> hash_of_film();
    Encoding picture_encoding() const;
    Encoding picture_of_clip(Frames at, const std::string& output) const;
    std::string copy_of(const std::filesystem::path& film);
    void listen();

    AssemblyJob job_;
    AssemblyListener listener_;
    std::filesystem::path place_;
    library::AtomicFile file_;
    ffmpeg::FilmText text_;
    std::string key_;
    std::optional<std::string> content_hash_;  ///< of what was copied
    Scratch folder_;                           ///< for what is there while it is being made
    std::int64_t pictures_;                    ///< that are copied
    std::optional<Soundtrack> sound_;
    std::optional<Thumbnail> thumbnail_;
    std::vector<std::pair<std::string, std::string>> said_;  ///< for the log, while it is being joined
    std::atomic<bool> given_up_{false};
    std::atomic<std::int64_t> joined_pictures_{0};
    std::shared_future<void> joined_;  // last: over before what it uses is gone
};

}  // namespace dadcam::render

#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/render/assembly.hpp>
#include <libdadcam/render/inventory.hpp>
#include <libdadcam/render/job.hpp>
#include <libdadcam/render/meter.hpp>
#include <libdadcam/render/observer.hpp>
#include <libdadcam/render/recorder.hpp>
#include <libdadcam/render/sound_ahead.hpp>
#include <libdadcam/render/workers.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dadcam::render {

/// What outlives an attempt at a run, after which some clips are left out and the rest is tried again.
struct Attempt {
    MeterHistory history;
    std::set<std::string> rendered;  ///< keys of the segments that this run rendered and the store did not have
};

/// Renders the film of a job whose run is recorded. While it does, it alone touches the database and
/// the observer.
class Coordinator {
public:
    /// All that it is given outlives it.
    Coordinator(library::Library& library, const Job& job, Observer& observer, const process::Stop& stop,
                Attempt& attempt);

    /// The steps, in order: segments recorded, the store asked, what is missing rendered, the film joined.
    /// Throws the Error of the first that fails; finished segments stay in the store.
    library::RunOutput render();

    std::int64_t segments() const { return static_cast<std::int64_t>(job_.plan.segments.size()); }
    std::int64_t reused() const { return static_cast<std::int64_t>(inventory_.there.size()); }
    MeterHistory history() const { return meter_.history(); }

    /// After a failure that may be a clip's: the inputs, in order, that cannot be rendered by themselves. Empty when it
    /// was not about a clip; Error when it was the launcher's.
    std::vector<std::size_t> broken_clips();

private:
    void take_from_store();
    void log_again(std::vector<std::string> sentences);
    void check_disk();
    Task task_for(std::size_t index) const;
    void render_segments();
    void look_after_sound(Workers& workers);
    void drop_used_sound();
    void take(const News& news);
    void log_words(const News& news);
    void finish(const News& news);
    void fail(const News& news);
    bool go_on();
    AssemblyListener assembly_listener();
    void publish_joining();
    bool copies_pictures() const { return recipe::copies_pictures(job_.snapshot.preset); }
    void count_copied();

    std::string operation() const;
    void publish(Stage stage, const std::string& operation);
    void log(const std::string& level, const std::string& text);

    library::Library& library_;
    const library::Run run_;
    const Job& job_;
    Observer& observer_;
    process::Stop stop_;  ///< of this run: also requested through the database
    Clock::time_point looked_for_cancel_{};
    unsigned jobs_;  ///< how many of ffmpeg at once
    Meter meter_;
    Throttle throttle_{std::chrono::milliseconds{250}};
    Recorder recorder_;
    SoundAhead ahead_;
    Inventory inventory_;
    /// The first that is not about a clip, else the first: what was ended because of it is not one.
    std::optional<Error> failure_;
    std::vector<std::size_t> failed_segments_;
    std::optional<Assembly> assembly_;
    Attempt& attempt_;
    std::int64_t warnings_ = 0;  ///< segments that were rendered, but with words from ffmpeg
};

}  // namespace dadcam::render

#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/assembly.hpp>
#include <libdadcam/render/meter.hpp>
#include <libdadcam/render/observer.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/render/workers.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dadcam::render {

/// One execution of a run: the coordinator. It alone touches the database, the clock and the observer. `rendered`: the
/// keys of the segments that this run rendered and the store did not have, in earlier attempts and in this one.
class Execution {
public:
    Execution(library::Library& library, library::Run run, Snapshot snapshot, const RenderTools& tools,
              const RenderOptions& options, Observer& observer, const process::Stop& stop, const MeterHistory& before,
              std::set<std::string>& rendered);

    /// The steps, in order: segments recorded, the store asked, what is missing rendered, the film joined.
    /// Throws the Error of the first that fails; finished segments stay in the store.
    library::RunOutput render();

    std::int64_t segments() const { return static_cast<std::int64_t>(plan_.segments.size()); }
    std::int64_t reused() const { return static_cast<std::int64_t>(there_.size()); }
    Frames frames() const { return plan_.frames(); }
    MeterHistory history() const { return meter_.history(); }

    /// After a failure: the inputs, in order, that cannot be rendered by themselves. Each clip of a failed segment is
    /// decoded alone to find out. Empty when the failure was not about a clip.
    std::vector<std::size_t> broken_clips();

private:
    void record_segments();
    std::vector<library::Lookup> look_into_store();
    std::vector<std::size_t> take_from_store();
    void check_disk();
    Task task_for(std::size_t index) const;
    std::string input_name(const footage::Clip& clip) const;
    void render_segments(const std::vector<std::size_t>& missing);
    void look_after_sound(Workers& workers);
    void take(const News& news);
    void log_words(const News& news);
    void finish(const News& news);
    void fail(const News& news);
    bool renders_alone(std::size_t clip);
    bool go_on();
    void explain(std::size_t segment, const std::string& reason);
    void log_explanations();
    AssemblyListener assembly_listener();
    std::string joining() const;

    std::string clips_of(const timeline::Segment& segment) const;
    std::string operation() const;
    void publish(Stage stage, const std::string& operation);
    void log(const std::string& level, const std::string& text);

    library::Library& library_;
    library::Run run_;
    Snapshot snapshot_;
    const RenderTools& tools_;
    const RenderOptions& options_;
    Observer& observer_;
    process::Stop stop_;  ///< of this run: also requested through the database
    Clock::time_point looked_for_cancel_{};
    Plan plan_;
    unsigned jobs_;  ///< how many of ffmpeg at once
    Meter meter_;
    Throttle throttle_;
    std::map<std::size_t, std::vector<std::size_t>> twins_;  ///< segments with the key of an earlier one
    std::map<std::size_t, Frames> unrecorded_;               ///< progress that is not in the database yet
    std::optional<Error> failure_;                           ///< the first: what was ended because of it is not one
    std::vector<std::size_t> failed_segments_;
    std::vector<std::optional<std::int64_t>> sizes_;  ///< of the segments that are in the store
    std::vector<std::size_t> there_;                  ///< segments that need no rendering
    std::optional<Assembly> assembly_;
    std::vector<std::string> explanations_;  ///< why finished segments are rendered again
    std::set<std::string>& rendered_;
    std::set<std::string> news_;  ///< keys that the store did not have
    std::int64_t warnings_ = 0;   ///< segments that were rendered, but with words from ffmpeg
};

}  // namespace dadcam::render

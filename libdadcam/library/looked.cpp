#include <libdadcam/footage/glimpse.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/library/looked.hpp>
#include <libdadcam/measure/true_length.hpp>

namespace dadcam::library {
namespace {

/// A larger file is measured before its first export: taking in a card is not to wait for it. Bytes.
constexpr std::int64_t kMeasuredAtOnce = 64 << 20;

/// A library keeps no clip whose length nothing tells yet, as that of a file whose end was lost.
bool is_measured_at_once(const footage::Clip& clip) {
    return measure::is_to_be_measured(clip.facts) &&
           (clip.state.size_bytes <= kMeasuredAtOnce || clip.facts.duration_us == 0);
}

/// In the middle of what is long and no program's. Error(cancelled).
void end_on(const process::Stop& stop) {
    if (stop.requested()) throw Error(Category::cancelled, "Cancelled.");
}

}  // namespace

Looked look_into(const Unknown& file, const IngestOptions& options, const footage::Clock& clock,
                 const process::Stop& stop) {
    const auto& path = file.path;
    Looked looked{path, {}, {}, {}, false};
    try {
        looked.clip.state = footage::file_state(path);
        if (looked.clip.state.size_bytes == 0) {
            looked.reason = "it is empty";
            looked.is_no_video = true;
            return looked;
        }
        looked.clip.content_id = footage::content_identity(path);
        looked.clip.sampled_id = footage::sampled_identity(path);
        if (file.touched && looked.clip.sampled_id != file.known_sample)
            looked.clip.whole_id = footage::content_hash(path, [&](std::string_view) { end_on(stop); });
        looked.clip.facts = measure::look_into(options.ffprobe, options.ffmpeg, path, stop);
        looked.clip.recorded = footage::date_of(path, looked.clip.facts, looked.clip.state.mtime_ns, clock);
        looked.clip.camera = footage::name_of(looked.clip.facts.camera);
        if (looked.clip.camera.empty()) looked.clip.camera = footage::card_of(path);
        if (is_measured_at_once(looked.clip)) {
            looked.measured = measure::measure(options.ffprobe, options.ffmpeg, path, looked.clip.facts, stop);
            looked.clip.facts = measure::together(*looked.measured, looked.clip.facts.wide);
        }
        looked.clip.event = footage::event_of(path);
    } catch (const Error& error) {
        looked.reason = error.message();
        if (error.category() == Category::tool_missing) looked.no_tool = error;
        looked.is_no_video = error.message() == footage::kNoVideoStream ||
                             (error.category() == Category::input_not_found && footage::is_no_video(path));
    } catch (const std::exception& error) {
        looked.reason = error.what();
    }
    return looked;
}

}  // namespace dadcam::library

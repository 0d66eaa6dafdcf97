#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/render/measured.hpp>

namespace dadcam::render {
namespace {

double seconds(std::int64_t us) {
    return static_cast<double>(us) / 1e6;
}

void take(footage::Clip& clip, footage::Measurement measurement, MeasureNotes& notes) {
    clip.facts = measure::together(measurement);
    clip.spans = std::move(measurement.spans);
    for (const auto& lost : measurement.lost) {
        notes.lost.push_back(lost.us > 0 ? fmt::format("{}: {:.2f} s at {:.2f} s cannot be decoded, and are left out.",
                                                       clip.path, seconds(lost.us), seconds(lost.at_us))
                                         : fmt::format("{}: what comes at {:.2f} s cannot be decoded, and is left out.",
                                                       clip.path, seconds(lost.at_us)));
    }
}

}  // namespace

MeasureNotes measure_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools, bool leave_out,
                            const std::function<bool(const footage::Clip&)>& wanted, const process::Stop& stop) {
    MeasureNotes notes;
    std::erase_if(snapshot.inputs, [&](footage::Clip& clip) {
        if (!clip.spans.empty() || !measure::is_to_be_measured(clip.facts) || !wanted(clip)) return false;
        try {
            take(clip, library::measure_clip(library, clip, tools.ffprobe, tools.ffmpeg.path, stop), notes);
            return false;
        } catch (const Error& error) {
            if (error.category() != Category::input_not_found) throw;
            if (!leave_out || snapshot.inputs.size() == 1) {
                throw Error(Category::input_not_found, fmt::format("{}: {}.", clip.path, error.message()),
                            "Tag the clip `bad`, or leave it out with --on-error skip.", error.detail());
            }
            notes.left_out.push_back(clip.path);
            return true;
        }
    });
    return notes;
}

}  // namespace dadcam::render

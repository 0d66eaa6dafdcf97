#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/shape.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/render/measured.hpp>

namespace dadcam::render {
namespace {

double seconds(std::int64_t us) {
    return static_cast<double>(us) / 1e6;
}

/// Takes the measurement over; `left_out`: what it lost.
void take(footage::Clip& clip, footage::Measurement measurement, std::vector<std::string>& left_out) {
    for (const auto& lost : measurement.lost) left_out.push_back(with_time(clip, lost));
    take_spans(clip, std::move(measurement));
}

}  // namespace

std::string with_time(const footage::Clip& clip, footage::Lost lost, std::string_view of) {
    return lost.us > 0
               ? fmt::format("{} ({:.2f} s{} at {:.2f} s)", clip.path, seconds(lost.us), of, seconds(lost.at_us))
               : fmt::format("{} (what comes at {:.2f} s)", clip.path, seconds(lost.at_us));
}

void take_spans(footage::Clip& clip, footage::Measurement measurement) {
    clip.facts = measure::together(measurement, clip.facts.wide);
    clip.spans = std::move(measurement.spans);
    for (auto& span : clip.spans) footage::take_shape(span.facts, clip.facts.wide);
}

std::vector<std::string> measure_inputs(library::Library& library, Snapshot& snapshot, const RenderTools& tools,
                                        bool leave_out, const std::function<bool(const footage::Clip&)>& wanted,
                                        const std::function<void(double)>& on_progress, const process::Stop& stop) {
    std::vector<std::string> left_out;
    std::vector<const footage::Clip*> clips;
    for (const auto& clip : snapshot.inputs) {
        if (clip.spans.empty() && measure::is_to_be_measured(clip.facts) && wanted(clip)) clips.push_back(&clip);
    }
    const library::Measuring measuring{tools.ffprobe, tools.ffmpeg.path, on_progress};
    auto measured = library::measure_clips(library, clips, measuring, stop);
    const auto broken = static_cast<std::size_t>(
        std::count_if(measured.begin(), measured.end(), [](const auto& one) { return one.failure.has_value(); }));
    const bool is_any_left = broken < snapshot.inputs.size();
    std::vector<bool> gone;
    std::size_t at = 0;
    const auto is_gone = [&](footage::Clip& clip) {
        if (at == clips.size() || clips[at] != &clip) {
            if (clip.facts.lost_us > 0 && wanted(clip)) left_out.push_back(with_time(clip, {0, clip.facts.lost_us}));
            return false;
        }
        auto& [found, failure, known] = measured[at++];
        if (found) {
            take(clip, std::move(*found), left_out);
            return false;
        }
        if (!leave_out || !is_any_left) {
            throw Error(Category::input_not_found, fmt::format("{}: {}.", clip.path, failure->message()),
                        "Tag the clip `bad`, or leave it out with --on-error skip.", failure->detail());
        }
        left_out.push_back(clip.path);
        return true;
    };
    for (auto& clip : snapshot.inputs) gone.push_back(is_gone(clip));
    if (std::find(gone.begin(), gone.end(), true) != gone.end()) take_off(snapshot, gone);
    return left_out;
}

}  // namespace dadcam::render

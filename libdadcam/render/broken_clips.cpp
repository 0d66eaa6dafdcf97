#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/render/broken_clips.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/timeline/timeline.hpp>
#include <set>

namespace dadcam::render {
namespace {

/// What the film shows of a clip, as a film of its own.
recipe::Sequence windows_of(const recipe::Sequence& sequence, std::size_t clip) {
    recipe::Sequence windows;
    for (const auto& entry : sequence) {
        const auto* shown = std::get_if<recipe::Shown>(&entry);
        if (shown != nullptr && shown->clip == clip)
            windows.push_back(recipe::Shown{0, shown->from_ms, shown->until_ms});
    }
    return windows;
}

/// Renders what the film shows of a clip by itself, without keeping anything, and counts its frames.
bool renders_alone(const library::Library& library, const Job& job, std::size_t clip,
                   const std::function<bool()>& keep_going, const process::Stop& stop) {
    const Snapshot alone{job.snapshot.recipe,
                         job.snapshot.preset,
                         {job.snapshot.inputs[clip]},
                         job.snapshot.format,
                         job.snapshot.lut,
                         job.snapshot.zone,
                         {},
                         windows_of(job.snapshot.sequence, clip)};
    Plan plan;
    plan.items = timeline::lay_out(alone.recipe, alone.inputs, alone.format.rate, alone.sequence);
    auto tools = job.tools;
    tools.ffmpeg.launcher.clear();
    const auto arguments = ffmpeg::decode_arguments(film_of(library, alone, plan, tools), timeline::uncut(plan.items),
                                                    input_names(library));
    const auto encoded = encode(encoding_of(tools, job.options, arguments, "-"), {{}, {}, keep_going}, stop);
    if (encoded.error && !about_a_clip(*encoded.error)) throw Error(*encoded.error);
    const bool is_counted = !recipe::copies_pictures(alone.preset);  // else only the sound is read
    return encoded.success() && (!is_counted || encoded.last.frame == plan.frames().count);
}

std::set<std::size_t> clips_read_by(const Plan& plan, const std::vector<std::size_t>& segments) {
    std::set<std::size_t> clips;
    for (const auto segment : segments) {
        for (const auto& piece : plan.segments[segment].pieces) {
            const auto& item = plan.items[piece.item];
            if (const auto clip = timeline::clip_read_by(item.source)) clips.insert(*clip);
            // A piece that begins with a fade reads the end of the item before it.
            if (piece.item == 0 || item.fade_in.count == 0) continue;
            if (const auto clip = timeline::clip_read_by(plan.items[piece.item - 1].source)) clips.insert(*clip);
        }
    }
    return clips;
}

}  // namespace

bool about_a_clip(const Error& error) {
    return error.category() == Category::encoding_error || error.category() == Category::timeout ||
           error.category() == Category::input_not_found;
}

std::vector<std::size_t> find_broken_clips(const library::Library& library, const Job& job,
                                           const std::vector<std::size_t>& failed_segments,
                                           const std::function<bool()>& keep_going, const process::Stop& stop) {
    std::vector<std::size_t> broken;
    for (const auto clip : clips_read_by(job.plan, failed_segments)) {
        if (!renders_alone(library, job, clip, keep_going, stop)) broken.push_back(clip);
        if (stop.requested()) throw cancelled();
    }
    return broken;
}

}  // namespace dadcam::render

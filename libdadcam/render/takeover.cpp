#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/render/takeover.hpp>

namespace dadcam::render {
namespace {

std::string what_changed_for_all(const library::Run& old, const Snapshot& before, const Snapshot& now,
                                 const RenderTools& tools) {
    if (old.pipeline_version != ffmpeg::kPipelineVersion) return "this dadcam renders differently";
    if (old.ffmpeg_version != tools.ffmpeg.version) {
        return fmt::format("ffmpeg has changed from {} to {}", old.ffmpeg_version, tools.ffmpeg.version);
    }
    if (before.lut && now.lut && before.lut->content_id != now.lut->content_id) {
        return fmt::format("the LUT {} has changed", now.lut->name);
    }
    return {};
}

}  // namespace

Takeover::Takeover(library::Library& library, std::int64_t old_run, const Snapshot& now, const RenderTools& tools)
    : knows_(true) {
    const auto old = library::find_run(library, old_run);
    const auto before = read_snapshot(library::run_snapshot(library, old_run));
    general_ = what_changed_for_all(old, before, now, tools);
    for (const auto& clip : now.inputs) changed_.insert(footage::rendering_id(clip));
    for (const auto& clip : before.inputs) changed_.erase(footage::rendering_id(clip));
    for (const auto& row : library::run_segments(library, old_run)) status_[row.key] = row.status;
}

std::string Takeover::why_again(const timeline::Segment& segment, const std::string& key, const Plan& plan,
                                const Snapshot& now) const {
    if (!knows_) return {};
    if (const auto old = status_.find(key); old != status_.end()) {
        return old->second == "completed" ? "it is no longer in the store" : "";
    }
    if (!general_.empty()) return general_;
    for (const auto& piece : segment.pieces) {
        // A piece that begins with a fade reads the end of the clip before it.
        for (const auto item : {piece.item, piece.item > 0 ? piece.item - 1 : 0}) {
            const auto& source = plan.items[item].source;
            if (changed_.contains(timeline::content_of(source, now.inputs)))
                return fmt::format("{} has changed", timeline::name_of(source, now.inputs));
        }
    }
    if (status_.empty()) return {};  // it was interrupted before it knew its segments
    return "ffmpeg's build, or what lies beside it on the film, has changed";
}

}  // namespace dadcam::render

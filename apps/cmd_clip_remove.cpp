#include <fmt/format.h>

#include <algorithm>
#include <apps/clip_choice.hpp>
#include <apps/commands.hpp>
#include <apps/question.hpp>
#include <libdadcam/library/removed_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct ClipRemoveArguments {
    std::vector<std::int64_t> clips;
    bool yes = false;
};

std::string question_of(const std::vector<footage::Clip>& clips) {
    if (clips.size() == 1)
        return fmt::format("Remove clip {} ({}) from the library? Its file stays.", clips.front().id,
                           clips.front().path);
    return fmt::format("Remove {} clips from the library? Their files stay.", clips.size());
}

int remove_clips(Context& context, const ClipRemoveArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    auto ids = arguments.clips;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const auto clips = named_clips(library, ids);
    if (!arguments.yes && !confirmed(context, question_of(clips), "Removing clips")) {
        remark(context, "Nothing was removed.");
        return 1;
    }
    library::remove_clips(library, clips);
    if (context.options.json) {
        print_json(context, {{"removed", ids}});
        return 0;
    }
    for (const auto& clip : clips) say(context, fmt::format("Removed clip {}: {}", clip.id, clip.path));
    remark(context, "Their files stay where they are. `dadcam ingest FILE` takes one in again.");
    return 0;
}

}  // namespace

Action declare_clip_remove(Declaration command) {
    auto arguments = std::make_shared<ClipRemoveArguments>();
    command.add_option("CLIP", arguments->clips, "Ids, as `dadcam clips` lists them").required();
    command.add_flag("-y,--yes", arguments->yes, "Do not ask");
    return [arguments](Context& context) { return remove_clips(context, *arguments); };
}

}  // namespace dadcam::app

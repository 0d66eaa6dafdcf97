#include <fmt/format.h>

#include <apps/clip_choice.hpp>
#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/render/progress_line.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/measure.hpp>
#include <libdadcam/process/tools.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct MeasureArguments {
    std::vector<std::int64_t> clips;
};

struct Done {
    std::vector<std::string> measured;
    std::vector<std::pair<std::string, std::string>> left_out;  ///< stored path, reason
    std::size_t known = 0;
};

Done measure(Context& context, library::Library& library, const std::vector<footage::Clip>& clips) {
    std::vector<const footage::Clip*> without_index;
    for (const auto& clip : clips) {
        if (measure::is_to_be_measured(clip.facts)) without_index.push_back(&clip);
    }
    const auto paths = tool_paths(context);
    ProgressLine line(context);
    const library::Measuring measuring{process::find_tool(paths.ffprobe, paths.search_path),
                                       process::find_tool(paths.ffmpeg, paths.search_path),
                                       [&](double part) { line.show_measured(part); }};
    const auto results = library::measure_clips(library, without_index, measuring, context.stop);
    Done done;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& path = without_index[i]->path;
        if (results[i].known)
            ++done.known;
        else if (results[i].failure)
            done.left_out.emplace_back(path, results[i].failure->message());
        else
            done.measured.push_back(path);
    }
    return done;
}

int measure_clips(Context& context, const MeasureArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    const auto done = measure(context, library,
                              arguments.clips.empty() ? filtered(library, {}) : named_clips(library, arguments.clips));
    for (const auto& path : done.measured) remark(context, fmt::format("measured: {}", path));
    for (const auto& [path, reason] : done.left_out) {
        context.terminal.err << printable(fmt::format("left out: {}: {}", path, reason)) << '\n';
    }
    if (context.options.json) {
        auto left_out = nlohmann::ordered_json::array();
        for (const auto& [path, reason] : done.left_out) left_out.push_back({{"path", path}, {"reason", reason}});
        print_json(context, {{"measured", done.measured}, {"known", done.known}, {"leftOut", left_out}});
    } else {
        auto text = fmt::format("{} measured", done.measured.size());
        if (done.known > 0) text += fmt::format(", {} already known", done.known);
        if (!done.left_out.empty()) text += fmt::format(", {} left out", done.left_out.size());
        say(context, text);
    }
    return done.left_out.empty() ? 0 : 3;
}

}  // namespace

Action declare_measure(Declaration command) {
    auto arguments = std::make_shared<MeasureArguments>();
    command.add_option("CLIP", arguments->clips, "Ids, as `dadcam clips` lists them (default: all)");
    return [arguments](Context& context) { return measure_clips(context, *arguments); };
}

}  // namespace dadcam::app

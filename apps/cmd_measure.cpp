#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/clip_store.hpp>
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

/// Those that are named; else all that there are.
std::vector<footage::Clip> wanted(library::Library& library, const MeasureArguments& arguments) {
    if (arguments.clips.empty()) {
        recipe::Recipe all;
        all.include = {"bad", "archived"};
        return library::selected_clips(library, all);
    }
    std::vector<footage::Clip> clips;
    for (const auto id : arguments.clips) {
        auto clip = library::find_clip(library, id);
        if (!clip)
            throw Error(Category::general, fmt::format("There is no clip {}.", id), "`dadcam clips` lists them.");
        clips.push_back(std::move(*clip));
    }
    return clips;
}

struct Done {
    std::vector<std::string> measured;
    std::vector<std::pair<std::string, std::string>> left_out;  ///< stored path, reason
    std::size_t known = 0;
};

/// ffprobe and ffmpeg.
struct Tools {
    std::string ffprobe;
    std::string ffmpeg;
};

void measure_clip(Context& context, library::Library& library, const footage::Clip& clip, const Tools& tools,
                  Done& done) {
    if (library::find_measurement(library, footage::rendering_id(clip), measure::kVersion)) {
        ++done.known;
        return;
    }
    try {
        library::measure_clip(library, clip, tools.ffprobe, tools.ffmpeg, context.stop);
        done.measured.push_back(clip.path);
        remark(context, fmt::format("measured: {}", clip.path));
    } catch (const Error& error) {
        if (error.category() != Category::input_not_found) throw;
        done.left_out.emplace_back(clip.path, error.message());
        context.terminal.err << printable(fmt::format("left out: {}: {}", clip.path, error.message())) << '\n';
    }
}

int measure_clips(Context& context, const MeasureArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    const auto paths = tool_paths(context);
    const Tools tools{process::find_tool(paths.ffprobe, paths.search_path),
                      process::find_tool(paths.ffmpeg, paths.search_path)};
    Done done;
    for (const auto& clip : wanted(library, arguments)) {
        if (measure::is_to_be_measured(clip.facts)) measure_clip(context, library, clip, tools, done);
    }
    if (context.options.json) {
        Json left_out = Json::array();
        for (const auto& [path, reason] : done.left_out) left_out.push_back({{"path", path}, {"reason", reason}});
        print_json(context, {{"measured", done.measured}, {"known", done.known}, {"leftOut", left_out}});
    } else {
        auto text = fmt::format("{} measured", done.measured.size());
        if (done.known > 0) text += fmt::format(", {} known already", done.known);
        if (!done.left_out.empty()) text += fmt::format(", {} left out", done.left_out.size());
        say(context, text);
    }
    return done.left_out.empty() ? 0 : 3;
}

}  // namespace

Action declare_measure(Declaration command) {
    auto arguments = std::make_shared<MeasureArguments>();
    command.add_option("CLIP", arguments->clips, "Ids, as `dadcam clips` lists them; else all");
    return [arguments](Context& context) { return measure_clips(context, *arguments); };
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/run_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct ResumeArguments {
    std::int64_t run = 0;
    RenderArguments render;
};

int nothing(const Context& context, const std::string& text) {
    if (context.options.json)
        context.terminal.out << nlohmann::ordered_json{{"event", "nothing_to_resume"}, {"message", text}}.dump()
                             << '\n';
    else
        say(context, text);
    return 0;
}

/// The run, or the newest that went on with it.
library::Run last_of_chain(library::Library& library, std::int64_t id) {
    auto run = library::find_run(library, id);
    while (run.resumed_by && *run.resumed_by > run.id) run = library::find_run(library, *run.resumed_by);
    return run;
}

int resume(Context& context, const ResumeArguments& arguments) {
    auto library = open_library(context, library::Access::write, arguments.render.wait);
    const auto lock = lock_for_rendering(context, library, arguments.render.wait);
    const auto old =
        arguments.run == 0 ? library::find_resumable(library) : std::optional(last_of_chain(library, arguments.run));
    if (!old) return nothing(context, "Nothing to resume: no unfinished export is left.");
    if (old->status == library::RunStatus::completed) {
        return nothing(context, fmt::format("Nothing to resume: export {} is finished.", old->id));
    }
    if (old->status == library::RunStatus::pending) {
        throw Error(Category::general, fmt::format("Export {} has not started yet.", old->id),
                    fmt::format("Render it with: dadcam export --run {}", old->id));
    }
    auto request = request_of(context, arguments.render);
    request.what = render::GoingOn{old->id};
    const auto tools = find_render_tools(context, library, arguments.render);
    return render(context, library, lock, prepare(context, library, request, tools));
}

}  // namespace

Action declare_resume(Declaration command) {
    auto arguments = std::make_shared<ResumeArguments>();
    command.add_option("RUN", arguments->run, "The export's id (default: the newest unfinished one)")
        .positive()
        .offers(Offered::runs);
    add_render_options(command, arguments->render);
    return [arguments](Context& context) { return resume(context, *arguments); };
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/render/places.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

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

/// What was asked for at the beginning holds, unless something else is asked for now; --force only for its own place.
void add_wishes(RenderArguments& arguments, const library::Wishes& before) {
    if (arguments.output.empty()) arguments.force = arguments.force || before.replace;
    if (arguments.on_error.empty() && before.skip_broken) arguments.on_error = "skip";
}

/// -o, else where the old run was to put its film.
std::optional<std::filesystem::path> place_of(const Context& context, library::Library& library,
                                              const library::Run& old, const RenderArguments& arguments) {
    if (!arguments.output.empty() || !old.wishes.path) return checked_output(context, library, arguments);
    auto place = render::film_place(library, old);
    render::check_output(library, place, arguments.force);
    return place;
}

int go_on(Context& context, library::Library& library, const library::WorkLock& lock, const library::Run& old,
          RenderArguments arguments) {
    add_wishes(arguments, old.wishes);
    auto tools = find_render_tools(context, launcher(context, library, arguments));
    const auto output = place_of(context, library, old, arguments);
    auto ready =
        make_ready(context, library, render::read_snapshot(library::run_snapshot(library, old.id)), arguments, tools);
    const auto id =
        render::create_run(library, {old.recipe_id, old.name, wishes(library, arguments, output), old.id, true},
                           std::exchange(ready.snapshot, {}), tools);
    remark(context, fmt::format("Export {} goes on with export {} \"{}\".", id, old.id, old.name));
    auto left_out = old.left_out;
    left_out.insert(left_out.end(), ready.notes.left_out.begin(), ready.notes.left_out.end());
    return render(context, library, lock, id, tools, arguments, left_out);
}

/// The run, or the newest that went on with it.
library::Run last_of_chain(library::Library& library, std::int64_t id) {
    auto run = library::find_run(library, id);
    while (run.resumed_by && *run.resumed_by > run.id) run = library::find_run(library, *run.resumed_by);
    return run;
}

int resume(Context& context, const ResumeArguments& arguments) {
    auto library = open_library(context);
    const auto lock = lock_for_rendering(context, library, arguments.render);
    const auto old =
        arguments.run == 0 ? library::find_resumable(library) : std::optional(last_of_chain(library, arguments.run));
    if (!old) return nothing(context, "Nothing to resume: no unfinished export is left.");
    if (old->status == library::RunStatus::completed) {
        return nothing(context, fmt::format("Nothing to resume: export {} is finished.", old->id));
    }
    if (old->status == library::RunStatus::pending) {
        throw Error(Category::general, fmt::format("Export {} has not begun yet.", old->id),
                    fmt::format("Render it with: dadcam export --run {}", old->id));
    }
    return go_on(context, library, lock, *old, arguments.render);
}

}  // namespace

Action declare_resume(Declaration command) {
    auto arguments = std::make_shared<ResumeArguments>();
    command
        .add_option("RUN", arguments->run,
                    "The export's id (default: the newest that was interrupted, cancelled or failed)")
        .positive();
    add_render_options(command, arguments->render);
    return [arguments](Context& context) { return resume(context, *arguments); };
}

}  // namespace dadcam::app

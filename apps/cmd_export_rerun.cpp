#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/rendering.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::app {
namespace {

struct ExportRerunArguments {
    std::int64_t run = 0;
    bool queue = false;
    RenderArguments render;
};

int rerun(Context& context, const ExportRerunArguments& arguments) {
    auto library = open_library(context);
    const auto old = library::find_run(library, arguments.run);
    auto tools = find_render_tools(context, launcher(context, library, arguments.render));
    std::optional<library::WorkLock> lock;
    if (!arguments.queue) lock.emplace(lock_for_rendering(context, library, arguments.render));
    auto ready = make_ready(context, library, render::read_snapshot(library::run_snapshot(library, old.id)),
                            arguments.render, tools);
    const auto output = checked_output(context, library, arguments.render);
    const auto name = render::rerun_name(old.name, std::chrono::floor<std::chrono::seconds>(context.now));
    const render::RunOrigin origin{
        old.recipe_id, name, wishes(library, arguments.render, output), {}, !arguments.queue};
    const auto id = render::create_run(library, origin, std::exchange(ready.snapshot, {}), tools);
    if (lock) return render(context, library, *lock, id, tools, arguments.render, ready.notes.left_out);
    if (context.options.json)
        print_json(context, {{"runId", id}, {"name", name}, {"status", "pending"}});
    else
        say(context, fmt::format("Queued export {} \"{}\". Render it with: dadcam export --run {}", id, name, id));
    return ready.notes.left_out.empty() ? 0 : render::kLeftOut;
}

}  // namespace

Action declare_export_rerun(Declaration command) {
    auto arguments = std::make_shared<ExportRerunArguments>();
    command.add_option("RUN", arguments->run, "The export's id, as `dadcam export-history` lists it").required();
    command.add_flag("--queue", arguments->queue, "Only record it; `dadcam export --run` renders it");
    add_render_options(command, arguments->render);
    return [arguments](Context& context) { return rerun(context, *arguments); };
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/render/record.hpp>
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
    auto library = open_library(context, library::Access::write, arguments.render.wait);
    library::find_run(library, arguments.run);  // before a long --wait
    const auto tools = find_render_tools(context, library, arguments.render);
    std::optional<library::WorkLock> lock;
    if (!arguments.queue) lock.emplace(lock_for_rendering(context, library, arguments.render.wait));
    auto request = request_of(context, arguments.render);
    request.what = render::AgainAs{arguments.run, std::chrono::floor<std::chrono::seconds>(context.now)};
    auto job = prepare(context, library, request, tools);
    if (lock) return render(context, library, *lock, std::move(job));
    const auto id = render::record_pending(library, job);
    if (context.options.json)
        print_json(context, {{"runId", id}, {"name", job.name}, {"status", "pending"}});
    else
        say(context, fmt::format("Queued export {} \"{}\". Render it with: dadcam export --run {}", id, job.name, id));
    return job.left_out.empty() ? 0 : render::kLeftOut;
}

}  // namespace

Action declare_export_rerun(Declaration command) {
    auto arguments = std::make_shared<ExportRerunArguments>();
    command.add_option("RUN", arguments->run, "The export's id, as `dadcam export-history` lists it")
        .required()
        .offers(Offered::runs);
    command.add_flag("--queue", arguments->queue, "Only record it; `dadcam export --run` renders it");
    add_render_options(command, arguments->render);
    return [arguments](Context& context) { return rerun(context, *arguments); };
}

}  // namespace dadcam::app

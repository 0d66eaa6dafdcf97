#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/inventory.hpp>
#include <libdadcam/render/output.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

namespace dadcam::app {
namespace {

struct ExportArguments {
    std::vector<std::string> recipes;
    std::int64_t run = 0;
    bool dry_run = false;
    bool draft = false;
    RenderArguments render;
};

void check(const ExportArguments& arguments) {
    if (arguments.recipes.empty() == (arguments.run == 0)) {
        throw Error(Category::usage, "Name one or more recipes, or a pending export with --run.",
                    "`dadcam recipe-list` lists the recipes.");
    }
    if (arguments.recipes.size() > 1 && !arguments.render.output.empty()) {
        throw Error(Category::usage, "-o names one file, but there are several recipes.",
                    "Export them one by one, or leave -o out.");
    }
    if (arguments.run != 0 && (!arguments.render.output.empty() || arguments.dry_run || arguments.draft)) {
        throw Error(Category::usage, "--run renders an export as it was recorded.",
                    "Leave -o, --dry-run and --draft out.");
    }
}

nlohmann::ordered_json windows_json(const std::vector<render::Moved>& moved) {
    auto json = nlohmann::ordered_json::array();
    for (const auto& [path, from_us, until_us, earlier_us, later_us] : moved) {
        json.push_back({{"path", path},
                        {"fromUs", from_us},
                        {"toUs", until_us},
                        {"earlierUs", earlier_us},
                        {"laterUs", later_us}});
    }
    return json;
}

void print_plan(const Context& context, library::Library& library, const render::Job& job) {
    const auto& snapshot = job.snapshot;
    const auto& plan = job.plan;
    const auto inventory = render::take_inventory(library, job, {}, [] {});
    const auto forecast = render::forecast(snapshot, plan, inventory.sizes);
    const auto place = job.wishes.path ? library.located(*job.wishes.path) : library.folder("exports/film");
    const auto room = render::room_for(library, place, forecast);
    const auto duration_ms = microseconds_at(plan.frames(), snapshot.format.rate) / 1000;
    if (context.options.json) {
        print_json(context, {{"recipeId", job.recipe_id.value_or(0)},
                             {"name", snapshot.recipe.name},
                             {"outputPreset", snapshot.preset.name},
                             {"width", snapshot.format.size.width},
                             {"height", snapshot.format.size.height},
                             {"fps", to_string(snapshot.format.rate)},
                             {"totalClips", timeline::clips_on(plan.items)},
                             {"framesTotal", plan.frames().count},
                             {"durationMs", duration_ms},
                             {"segmentsTotal", plan.segments.size()},
                             {"segmentsReused", inventory.there.size()},
                             {"bytesNeeded", forecast.total()},
                             {"filmBytes", forecast.film},
                             {"bytesFree", room.free},
                             {"diskFull", room.verdict == render::Room::Verdict::too_small},
                             {"movedWindows", windows_json(job.moved)},
                             {"leftOut", job.left_out},
                             {"notes", job.notes}});
        return;
    }
    say(context, fmt::format("{}: {} clips, {}, {} frames at {} a second, {}x{}, {}", snapshot.recipe.name,
                             timeline::clips_on(plan.items), clock(static_cast<double>(duration_ms) / 1000),
                             plan.frames().count, to_string(snapshot.format.rate), snapshot.format.size.width,
                             snapshot.format.size.height, snapshot.preset.label));
    say(context, fmt::format("{} segments, of which {} are there already. Nothing was rendered.", plan.segments.size(),
                             inventory.there.size()));
    say(context, room.text);
}

int print_plans(const Context& context, library::Library& library, const std::vector<render::Job>& jobs) {
    bool whole = true;
    for (const auto& job : jobs) {
        print_plan(context, library, job);
        whole = whole && job.left_out.empty();
    }
    return whole ? 0 : render::kLeftOut;
}

/// "Italy", "Birthday"
std::string names_of(std::span<const render::Job> jobs) {
    std::string names;
    for (const auto& job : jobs) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", job.name);
    return names;
}

/// One after the other. Returns the first exit code that is not 0.
int render_all(Context& context, library::Library& library, const library::WorkLock& lock,
               std::vector<render::Job> jobs) {
    int worst = 0;
    std::size_t begun = 0, done = 0;
    while (begun < jobs.size()) {
        const int code = render(context, library, lock, std::exchange(jobs[begun++], {}));
        if (code == 0 || code == render::kLeftOut) ++done;
        if (worst == 0) worst = code;
        if (context.stop.requested()) break;
    }
    // Also when the signal came so late that this film was finished all the same.
    if (begun < jobs.size()) {
        worst = worst == 0 ? exit_code(Category::cancelled) : worst;
        const auto rest = names_of(std::span(jobs).subspan(begun));
        remark(context, fmt::format("Not started: {}. Make them with: dadcam export", rest));
    }
    if (jobs.size() > 1 && !context.options.json) say(context, fmt::format("{} of {} films made", done, jobs.size()));
    return worst;
}

/// Before what may be a long --wait.
void look_ahead(library::Library& library, const render::Request& request, const std::vector<std::string>& recipes) {
    if (request.output) render::check_output(library, *request.output, request.options.replace);
    for (const auto& recipe : recipes) library::find_recipe(library, recipe);
}

int export_recipes(Context& context, const ExportArguments& arguments) {
    auto library = open_library(context, arguments.dry_run ? library::Access::read : library::Access::write,
                                arguments.render.wait);
    auto request = request_of(context, arguments.render);
    const auto tools = find_render_tools(context, library, arguments.render);
    look_ahead(library, request, arguments.recipes);
    std::optional<library::WorkLock> lock;
    if (!arguments.dry_run) lock.emplace(lock_for_rendering(context, library, arguments.render.wait));
    std::vector<render::Job> jobs;
    for (const auto& recipe : arguments.recipes) {
        request.what = render::OfRecipe{recipe, arguments.draft};
        jobs.push_back(prepare(context, library, request, tools));
    }
    return lock ? render_all(context, library, *lock, std::move(jobs)) : print_plans(context, library, jobs);
}

int export_pending(Context& context, const ExportArguments& arguments) {
    auto library = open_library(context, library::Access::write, arguments.render.wait);
    auto request = request_of(context, arguments.render);
    request.what = render::Pending{arguments.run};
    const auto lock = lock_for_rendering(context, library, arguments.render.wait);
    const auto tools = find_render_tools(context, library, arguments.render);
    return render(context, library, lock, prepare(context, library, request, tools));
}

}  // namespace

Action declare_export(Declaration command) {
    auto arguments = std::make_shared<ExportArguments>();
    command.add_option("RECIPE", arguments->recipes, "Ids or names; several are made one after the other")
        .offers(Offered::recipes);
    command.add_option("--run", arguments->run, "Render a pending export instead")
        .positive()
        .offers(Offered::pending_runs);
    command.add_flag("--dry-run", arguments->dry_run, "Show what would be made, without making it");
    command.add_flag("--draft", arguments->draft, "Make a small film quickly, to look at the cut");
    add_render_options(command, arguments->render);
    return [arguments](Context& context) {
        check(*arguments);
        return arguments->run != 0 ? export_pending(context, *arguments) : export_recipes(context, *arguments);
    };
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/render/format.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/render/disk.hpp>
#include <libdadcam/render/places.hpp>
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
    RenderArguments render;
};

struct Prepared {
    library::StoredRecipe recipe;
    Ready ready;
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
    if (arguments.run != 0 && (!arguments.render.output.empty() || arguments.dry_run)) {
        throw Error(Category::usage, "--run renders an export as it was recorded.", "Leave -o and --dry-run out.");
    }
}

Prepared prepare(const Context& context, library::Library& library, const std::string& name,
                 const RenderArguments& arguments, render::RenderTools& tools) {
    const auto stored = library::find_recipe(library, name);
    auto clips = library::selected_clips(library, stored.recipe);
    std::optional<render::SnapshotLut> lut;
    if (stored.recipe.lut) {
        const auto found = library::find_lut(library, *stored.recipe.lut);
        lut = render::SnapshotLut{found.name, found.content_id};
    }
    auto snapshot = render::take_snapshot(stored.recipe, std::move(clips), std::move(lut));
    return {stored, make_ready(context, library, std::move(snapshot), arguments, tools)};
}

void print_plan(const Context& context, library::Library& library, const Prepared& prepared,
                const std::optional<std::filesystem::path>& output, const render::RenderTools& tools, bool use_store) {
    const auto& snapshot = prepared.ready.snapshot;
    const auto plan = render::make_plan(snapshot, tools);
    std::int64_t there = 0;
    std::vector<std::optional<std::int64_t>> sizes;
    for (const auto& key : plan.keys) {
        const auto found = use_store ? library::find_segment(library, key) : library::Lookup{};
        sizes.push_back(found ? std::optional(found.segment->bytes) : std::nullopt);
        there += found ? 1 : 0;
    }
    const auto forecast = render::forecast(snapshot, plan, sizes);
    const auto room = render::room_for(library, output.value_or(library.folder("exports/film")), forecast);
    const auto duration_ms = microseconds_at(plan.frames(), snapshot.format.rate) / 1000;
    const auto count = static_cast<std::int64_t>(plan.segments.size());
    if (context.options.json) {
        print_json(context, {{"recipeId", prepared.recipe.id},
                             {"name", snapshot.recipe.name},
                             {"outputPreset", snapshot.preset.name},
                             {"width", snapshot.format.size.width},
                             {"height", snapshot.format.size.height},
                             {"fps", to_string(snapshot.format.rate)},
                             {"totalClips", plan.items.size()},
                             {"framesTotal", plan.frames().count},
                             {"durationMs", duration_ms},
                             {"segmentsTotal", count},
                             {"segmentsReused", there},
                             {"bytesNeeded", forecast.total()},
                             {"filmBytes", forecast.film},
                             {"bytesFree", room.free},
                             {"diskFull", room.verdict == render::Room::Verdict::too_small}});
        return;
    }
    say(context, fmt::format("{}: {} clips, {}, {} frames at {} a second, {}x{}, {}", snapshot.recipe.name,
                             plan.items.size(), clock(static_cast<double>(duration_ms) / 1000), plan.frames().count,
                             to_string(snapshot.format.rate), snapshot.format.size.width, snapshot.format.size.height,
                             snapshot.preset.label));
    say(context, fmt::format("{} segments, of which {} are there already. Nothing was rendered.", count, there));
    say(context, room.text);
}

/// "Italy", "Birthday"
std::string names_of(std::span<const Prepared> recipes) {
    std::string names;
    for (const auto& prepared : recipes) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", prepared.recipe.recipe.name);
    }
    return names;
}

int export_recipes(Context& context, const ExportArguments& arguments) {
    auto library = open_library(context);
    auto tools = find_render_tools(context, launcher(context, library, arguments.render));
    const auto output = checked_output(context, library, arguments.render);
    for (const auto& recipe : arguments.recipes) library::find_recipe(library, recipe);  // before a long --wait
    std::optional<library::WorkLock> lock;
    if (!arguments.dry_run) lock.emplace(lock_for_rendering(context, library, arguments.render));
    std::vector<Prepared> all;
    for (const auto& recipe : arguments.recipes)
        all.push_back(prepare(context, library, recipe, arguments.render, tools));
    if (arguments.dry_run) {
        bool whole = true;
        for (const auto& prepared : all) {
            print_plan(context, library, prepared, output, tools, !arguments.render.no_cache);
            whole = whole && prepared.ready.notes.left_out.empty();
        }
        return whole ? 0 : render::kLeftOut;
    }
    int worst = 0;
    std::size_t begun = 0, done = 0;
    for (auto& [recipe, ready] : all) {
        ++begun;
        const render::RunOrigin origin{
            recipe.id, recipe.recipe.name, wishes(library, arguments.render, output), {}, true};
        const auto id = render::create_run(library, origin, std::exchange(ready.snapshot, {}), tools);
        const int code = render(context, library, *lock, id, tools, arguments.render, ready.notes.left_out);
        if (code == 0 || code == render::kLeftOut) ++done;
        if (worst == 0) worst = code;
        if (!context.stop.requested()) continue;
        // Also when the signal came so late that this film was finished all the same.
        if (const auto rest = names_of(std::span(all).subspan(begun)); !rest.empty()) {
            worst = worst == 0 ? exit_code(Category::cancelled) : worst;
            remark(context, fmt::format("Not begun: {}. Make them with: dadcam export", rest));
        }
        break;
    }
    if (all.size() > 1 && !context.options.json) say(context, fmt::format("{} of {} films made", done, all.size()));
    return worst;
}

int export_pending(Context& context, const ExportArguments& arguments) {
    auto library = open_library(context);
    const auto lock = lock_for_rendering(context, library, arguments.render);
    const auto run = library::find_run(library, arguments.run);
    if (run.status != library::RunStatus::pending) {
        throw Error(Category::general,
                    fmt::format("Export {} is not pending: it is {}.", run.id, library::name(run.status)),
                    fmt::format("`dadcam export-rerun {}` makes a new one from it.", run.id));
    }
    auto tools = find_render_tools(context, launcher(context, library, arguments.render));
    if (run.wishes.path) render::check_output(library, render::film_place(library, run), arguments.render.force);
    auto ready = make_ready(context, library, render::read_snapshot(library::run_snapshot(library, run.id)),
                            arguments.render, tools);
    render::update_run(library, run.id, std::exchange(ready.snapshot, {}));
    return render(context, library, lock, run.id, tools, arguments.render, ready.notes.left_out);
}

}  // namespace

Action declare_export(Declaration command) {
    auto arguments = std::make_shared<ExportArguments>();
    command.add_option("RECIPE", arguments->recipes, "Ids or names; several are made one after the other");
    command.add_option("--run", arguments->run, "Render a pending export instead").positive();
    command.add_flag("--dry-run", arguments->dry_run, "Only say what would be made");
    add_render_options(command, arguments->render);
    return [arguments](Context& context) {
        check(*arguments);
        return arguments->run != 0 ? export_pending(context, *arguments) : export_recipes(context, *arguments);
    };
}

}  // namespace dadcam::app

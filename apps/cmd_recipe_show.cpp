#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/recipe_text.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

int show(Context& context, const std::string& id_or_name) {
    auto library = open_library(context, library::Access::read);
    const auto stored = library::find_recipe(library, id_or_name);
    const auto& recipe = stored.recipe;
    const auto clips = library::selected_clips(library, recipe);
    if (context.options.json) {
        auto document = recipe_json(stored);
        document["clipIds"] = nlohmann::ordered_json::array();
        for (const auto& clip : clips) document["clipIds"].push_back(clip.id);
        print_json(context, document);
        return 0;
    }
    say(context, fmt::format("Recipe {}: {}", stored.id, recipe.name));
    say(context, fmt::format("Clips:      {}", selection_text(recipe)));
    say(context, fmt::format("Order:      {}{}", name(recipe.order),
                             recipe.order == recipe::Order::shuffle ? fmt::format(", seed {}", recipe.seed) : ""));
    say(context, fmt::format("Preset:     {}", recipe::find_preset(recipe.preset).label));
    say(context,
        fmt::format(
            "Joined by:  {}{}", name(recipe.transition),
            recipe.transition == recipe::Transition::crossfade ? fmt::format(", {} ms", recipe.transition_ms) : ""));
    say(context, fmt::format("Fit:        {}", name(recipe.fit)));
    if (recipe.lut) say(context, fmt::format("LUT:        {}", *recipe.lut));
    if (recipe.date_overlay) {
        say(context,
            fmt::format("Date:       {} at {}", recipe.date_overlay->format, name(recipe.date_overlay->corner)));
    }
    if (recipe.max_clip_ms)
        say(context, fmt::format("Each clip:  at most {} s", static_cast<double>(*recipe.max_clip_ms) / 1000));
    say(context, fmt::format("Resolution: {}", recipe.resolution ? fmt::format("{}x{}", recipe.resolution->width,
                                                                               recipe.resolution->height)
                                                                 : "auto"));
    say(context, fmt::format("Rate:       {}", recipe.rate ? to_string(*recipe.rate) : "auto"));
    say(context, fmt::format("Selects {} clip{} now:", clips.size(), clips.size() == 1 ? "" : "s"));
    const auto zone = library::zone_of(library);
    for (const auto& clip : clips) {
        say(context, fmt::format("{:>6}  {}  {}", clip.id, footage::local_text(clip.recorded, zone), clip.path));
    }
    return 0;
}

}  // namespace

Action declare_recipe_show(Declaration command) {
    auto recipe = std::make_shared<std::string>();
    command.add_option("RECIPE", *recipe, "Id or name").required().offers(Offered::recipes);
    return [recipe](Context& context) { return show(context, *recipe); };
}

}  // namespace dadcam::app

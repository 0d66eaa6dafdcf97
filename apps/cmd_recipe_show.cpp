#include <fmt/format.h>
#include <fmt/ranges.h>

#include <apps/commands.hpp>
#include <apps/recipe_document.hpp>
#include <apps/recipe_text.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/process/tools.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <libdadcam/render/copying.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeShowArguments {
    std::string recipe;
    bool list = false;
};

void show_labels(Context& context, const recipe::Labels& labels) {
    if (labels.title) say(context, fmt::format("Title:      {}", labels.title->title));
    if (labels.cards != recipe::Part::none)
        say(context, fmt::format("Cards:      one for each {}", name(labels.cards)));
    if (labels.chapters != recipe::Part::none)
        say(context, fmt::format("Chapters:   one for each {}", name(labels.chapters)));
    if (labels.captions != recipe::Captions::none) say(context, fmt::format("Captions:   {}", name(labels.captions)));
}

void show_sound(Context& context, const recipe::SoundMix& sound) {
    say(context,
        fmt::format("Loudness:   {}", sound.loudness ? fmt::format("{} LUFS", *sound.loudness) : "as recorded"));
    if (sound.music.empty()) return;
    say(context, fmt::format("Music:      {}{}, {} LUFS{}", fmt::join(sound.music, ", "),
                             sound.music_once ? ", once" : "", sound.music_level,
                             sound.clip_sound ? fmt::format(", {} dB lower under clips", sound.duck) : ", alone"));
}

/// Of a recipe whose film copies pictures.
void add_others(nlohmann::ordered_json& document, const std::vector<footage::Clip>& clips) {
    const auto others = render::others_among(clips);
    auto& json = document["otherKind"] = nlohmann::ordered_json::array();
    for (const auto& [path, why] : others) json.push_back({{"path", path}, {"reason", why}});
    document["narrowing"] = render::narrowing(clips, others);
}

void show_others(Context& context, const recipe::Recipe& recipe, const std::vector<footage::Clip>& clips) {
    const auto others = render::others_among(clips);
    for (const auto& [path, why] : others)
        say(context, fmt::format("Cannot be joined with the others: {}: {}", path, why));
    const auto options = render::narrowing(clips, others);
    if (!options.empty() && recipe.mode != recipe::Mode::list)
        say(context, fmt::format("Without them: dadcam recipe-edit {} {}", process::quoted(recipe.name), options));
}

int show(Context& context, const RecipeShowArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    const auto stored = library::find_recipe(library, arguments.recipe);
    const auto& recipe = stored.recipe;
    const auto clips = library::selected_clips(library, recipe);
    if (arguments.list && !context.options.json) {
        context.terminal.out << list_text(recipe, recipe::list_of(recipe, clips), clips);
        return 0;
    }
    if (context.options.json) {
        auto document = recipe_json(stored);
        document["clipIds"] = nlohmann::ordered_json::array();
        for (const auto& clip : clips) document["clipIds"].push_back(clip.id);
        if (arguments.list) document["list"] = nlohmann::json(recipe::list_of(recipe, clips));
        if (recipe.preset == recipe::kOriginal) add_others(document, clips);
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
    show_labels(context, recipe.labels);
    show_sound(context, recipe.sound);
    say(context, fmt::format("Selects {} clip{} now:", clips.size(), clips.size() == 1 ? "" : "s"));
    const auto zone = library::zone_of(library);
    for (const auto& clip : clips) {
        say(context, fmt::format("{:>6}  {}  {}", clip.id, footage::local_text(clip.recorded, zone), clip.path));
    }
    if (recipe.preset == recipe::kOriginal) show_others(context, recipe, clips);
    return 0;
}

}  // namespace

Action declare_recipe_show(Declaration command) {
    auto arguments = std::make_shared<RecipeShowArguments>();
    command.add_option("RECIPE", arguments->recipe, "Id or name").required().offers(Offered::recipes);
    command.add_flag("--list", arguments->list, "Print its edit list, as `dadcam recipe-edit` opens it");
    return [arguments](Context& context) { return show(context, *arguments); };
}

}  // namespace dadcam::app

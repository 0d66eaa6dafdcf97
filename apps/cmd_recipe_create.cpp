#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/editing.hpp>
#include <apps/recipe_document.hpp>
#include <apps/recipe_options.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeCreateArguments {
    std::string name;
    std::string load;
    RecipeOptions options;
};

/// A film to be shared is as loud throughout as such films are; an archive is what was recorded.
std::optional<double> usual_loudness(const std::string& preset) {
    constexpr double kShared = -16;
    return preset == "share" ? std::optional(kShared) : std::nullopt;
}

recipe::Recipe begun(const Context& context, const RecipeCreateArguments& arguments) {
    if (arguments.load.empty()) return new_recipe(context);
    return loaded_recipe(text_to_take(context, arguments.load), arguments.load);
}

recipe::Recipe read(recipe::Recipe recipe, const RecipeCreateArguments& arguments) {
    const bool is_new = arguments.load.empty();
    recipe.name = arguments.name;
    if (is_new && !arguments.options.says_mode()) {
        throw Error(Category::usage, "--mode is required.",
                    "Say which clips, or take a saved recipe with --load: dadcam recipe-create --help");
    }
    arguments.options.change(recipe);
    if (is_new && !arguments.options.says_loudness()) recipe.sound.loudness = usual_loudness(recipe.preset);
    return recipe;
}

/// The clips of a list from elsewhere, by what is in them.
void find_again(const Context& context, recipe::Recipe& recipe, const std::vector<footage::Clip>& clips) {
    recipe.list = recipe::list_of(recipe, clips);
    auto found = recipe.list;
    for (const auto& path : recipe::take_gone_off(found, clips))
        remark(context, fmt::format("The list has {}, which is not in this library.", path));
}

/// `stored_music`: as a saved recipe has it.
int create(Context& context, recipe::Recipe recipe, const std::vector<std::string>& stored_music) {
    auto library = open_library(context, library::Access::write);
    recipe::Recipe before;
    before.sound.music = stored_music;
    look_up(context, library, recipe, before);
    const auto clips = library::selected_clips(library, recipe);
    if (recipe.mode == recipe::Mode::list) find_again(context, recipe, clips);
    const auto selected = clips.size();
    if (selected == 0) {
        throw Error(Category::general, "This recipe selects no clips.",
                    "`dadcam clips` lists what there is, with dates, events and tags. Nothing was written.");
    }
    const auto id = library::add_recipe(library, recipe);
    if (context.options.json) {
        auto document = recipe_json(library::find_recipe(library, fmt::format("{}", id)));
        document["selectedClips"] = selected;
        print_json(context, document);
    } else {
        say(context,
            fmt::format("Made recipe {} \"{}\": {} clip{}", id, recipe.name, selected, selected == 1 ? "" : "s"));
        remark(context, fmt::format("Make the film with: dadcam export {}", id));
    }
    return 0;
}

}  // namespace

Action declare_recipe_create(Declaration command) {
    auto arguments = std::make_shared<RecipeCreateArguments>();
    command.add_option("NAME", arguments->name, "The recipe's name").required();
    command.add_option("--load", arguments->load, "Begin with the recipe in this file, saved by dadcam recipe-save")
        .offers(Offered::files);
    arguments->options.declare(command);
    return [arguments](Context& context) {
        const auto begin = begun(context, *arguments);
        return create(context, read(begin, *arguments), begin.sound.music);
    };
}

}  // namespace dadcam::app

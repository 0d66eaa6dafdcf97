#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/recipe_options.hpp>
#include <apps/recipe_text.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeCreateArguments {
    std::string name;
    RecipeOptions options;
};

/// A film to be shared is as loud throughout as such films are; an archive is what was recorded.
std::optional<double> usual_loudness(const std::string& preset) {
    constexpr double kShared = -16;
    return preset == "share" ? std::optional(kShared) : std::nullopt;
}

recipe::Recipe read(const Context& context, const RecipeCreateArguments& arguments) {
    auto recipe = new_recipe(context);
    recipe.name = arguments.name;
    arguments.options.change(recipe);
    if (!arguments.options.says_loudness()) recipe.sound.loudness = usual_loudness(recipe.preset);
    return recipe;
}

int create(Context& context, recipe::Recipe recipe) {
    auto library = open_library(context, library::Access::write);
    look_up(context, library, recipe);
    const auto selected = library::selected_clips(library, recipe).size();
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
    arguments->options.declare(command, true);
    return [arguments](Context& context) { return create(context, read(context, *arguments)); };
}

}  // namespace dadcam::app

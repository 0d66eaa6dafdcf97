#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/editing.hpp>
#include <apps/recipe_document.hpp>
#include <apps/recipe_options.hpp>
#include <apps/recipe_text.hpp>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeEditArguments {
    std::string recipe;
    std::string file;
    RecipeOptions options;
};

struct Loaded {
    library::StoredRecipe stored;
    recipe::EditList list;
    std::string text;  ///< of the list
};

Loaded load(library::Library& library, const std::string& id_or_name) {
    Loaded loaded{library::find_recipe(library, id_or_name), {}, {}};
    const auto clips = library::selected_clips(library, loaded.stored.recipe);
    loaded.list = recipe::list_of(loaded.stored.recipe, clips);
    loaded.text = list_text(loaded.stored.recipe, loaded.list, clips);
    return loaded;
}

/// A number that belongs to another clip by now is not that of the list.
std::optional<recipe::KnownClip> clip_of(library::Library& library, const recipe::EditList& before, std::int64_t id) {
    const auto clip = library::find_clip(library, id);
    if (!clip) return std::nullopt;
    for (const auto& entry : before) {
        const auto* line = std::get_if<recipe::ListedClip>(&entry);
        if (line != nullptr && line->id == id && line->content_id != clip->content_id) return std::nullopt;
    }
    return recipe::KnownClip{clip->id, clip->content_id, clip->path, clip->facts.duration_us / 1000};
}

int finish(Context& context, library::Library& library, const library::StoredRecipe& stored, bool changed) {
    if (changed) library::update_recipe(library, stored);
    if (context.options.json) {
        auto document = recipe_json(stored);
        document["changed"] = changed;
        print_json(context, document);
    } else if (!changed) {
        say(context, "Nothing was changed.");
    } else {
        say(context, fmt::format("Changed recipe {} \"{}\"", stored.id, stored.recipe.name));
        remark(context, fmt::format("Make the film with: dadcam export {}", stored.id));
    }
    return 0;
}

/// One thing of it, or several.
int change(Context& context, const RecipeEditArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    auto stored = library::find_recipe(library, arguments.recipe);
    const auto before = stored.recipe;
    arguments.options.change(stored.recipe);
    look_up(context, library, stored.recipe, before);
    if (library::selected_clips(library, stored.recipe).empty())
        throw Error(Category::general, "This recipe would select no clips.", "Nothing was changed.");
    return finish(context, library, stored, stored.recipe != before);
}

/// The list, as the text has it. What was read to be edited must still be so: somebody else may have edited it.
int take_text(Context& context, const RecipeEditArguments& arguments, const Loaded& loaded, const std::string& text) {
    auto library = open_library(context, library::Access::write);
    auto now = load(library, arguments.recipe);
    if (now.stored.recipe != loaded.stored.recipe || now.list != loaded.list) {
        throw Error(Category::general, "The recipe, or what it selects, has changed in the meantime.",
                    "Nothing was changed. Edit it again.");
    }
    auto list = recipe::read_edit_list(text, now.list, [&](std::int64_t id) { return clip_of(library, now.list, id); });
    if (list == now.list) return finish(context, library, now.stored, false);
    recipe::take_list(now.stored.recipe, std::move(list));
    recipe::validate(now.stored.recipe);
    return finish(context, library, now.stored, true);
}

Loaded read_only(Context& context, const RecipeEditArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    return load(library, arguments.recipe);
}

int edit(Context& context, const RecipeEditArguments& arguments) {
    if (arguments.options.any_given()) return change(context, arguments);
    const auto loaded = read_only(context, arguments);
    if (!arguments.file.empty()) return take_text(context, arguments, loaded, text_to_take(context, arguments.file));
    EditedFile file(loaded.text);
    const auto text = file.edit(context);
    try {
        return take_text(context, arguments, loaded, text);
    } catch (const Error& error) {
        throw file.keep(error, fmt::format("dadcam recipe-edit {} --file", loaded.stored.id));
    }
}

}  // namespace

Action declare_recipe_edit(Declaration command) {
    auto arguments = std::make_shared<RecipeEditArguments>();
    command.add_option("RECIPE", arguments->recipe, "Id or name").required().offers(Offered::recipes);
    command.add_option("--file", arguments->file, "Take the list from this file, or from - (standard input)")
        .offers(Offered::files);
    arguments->options.declare(command);
    return [arguments](Context& context) {
        if (!arguments->file.empty() && arguments->options.any_given())
            throw Error(Category::usage, "--file cannot be combined with options that change the recipe.",
                        "Run the command twice.");
        return edit(context, *arguments);
    };
}

}  // namespace dadcam::app

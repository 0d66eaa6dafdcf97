#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/recipe_text.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {

nlohmann::ordered_json recipe_json(const library::StoredRecipe& stored) {
    nlohmann::ordered_json document{{"id", stored.id}};
    const nlohmann::json recipe = stored.recipe;
    for (const auto& [field, value] : recipe.items()) document[field] = value;
    document["createdAt"] = stored.created_at;
    return document;
}

std::string selection_text(const recipe::Recipe& recipe) {
    std::string text{name(recipe.mode)};
    if (recipe.from) text += fmt::format(", from {}", *recipe.from);
    if (recipe.until) text += fmt::format(", to {}", *recipe.until);
    if (!recipe.events.empty()) text += fmt::format(", events {}", fmt::join(recipe.events, " or "));
    if (!recipe.cameras.empty()) text += fmt::format(", camera {}", fmt::join(recipe.cameras, " or "));
    if (!recipe.tags.empty()) text += fmt::format(", tagged {}", fmt::join(recipe.tags, " and "));
    if (!recipe.include.empty()) text += fmt::format(", also {}", fmt::join(recipe.include, " and "));
    return text;
}

std::string list_text(const recipe::Recipe& recipe, const recipe::EditList& list) {
    const auto clips = std::count_if(
        list.begin(), list.end(), [](const auto& entry) { return std::holds_alternative<recipe::ListedClip>(entry); });
    return recipe::edit_list_text(list,
                                  fmt::format("{}: {} clip{}. Lines beginning with # are ignored.\n"
                                              "A line a clip: delete it, move it, or trim it: clip 12 0:03.2-0:10\n"
                                              "A card: card \"Summer 2019\" 4, or card \"Title\" \"Subtitle\" 2.5 blur",
                                              recipe.name, clips, clips == 1 ? "" : "s"));
}

std::string saved_recipe(const recipe::Recipe& recipe) {
    nlohmann::ordered_json document{{"dadcam", "recipe"}};
    const nlohmann::json fields = recipe;
    for (const auto& [field, value] : fields.items()) document[field] = value;
    return document.dump(2) + "\n";
}

recipe::Recipe loaded_recipe(const std::string& text, const std::string& name_of_file) {
    try {
        const auto document = nlohmann::json::parse(text);
        if (document.at("dadcam") == "recipe") return document.get<recipe::Recipe>();
        throw Error(Category::usage, fmt::format("{} is not a recipe that dadcam saved.", name_of_file),
                    "Save one with: dadcam recipe-save RECIPE FILE");
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::usage, fmt::format("{} is not a recipe that dadcam saved.", name_of_file),
                    "Save one with: dadcam recipe-save RECIPE FILE", error.what());
    }
}

}  // namespace dadcam::app

#include <fmt/format.h>
#include <fmt/ranges.h>

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

}  // namespace dadcam::app

#include <fmt/format.h>

#include <apps/recipe_document.hpp>
#include <libdadcam/error.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

void add_fields(nlohmann::ordered_json& document, const nlohmann::json& recipe) {
    for (const auto& [field, value] : recipe.items()) document[field] = value;
}

}  // namespace

nlohmann::ordered_json recipe_json(const library::StoredRecipe& stored) {
    nlohmann::ordered_json document{{"id", stored.id}};
    add_fields(document, stored.recipe);
    document["createdAt"] = stored.created_at;
    return document;
}

std::string saved_recipe(const recipe::Recipe& recipe) {
    nlohmann::ordered_json document{{"dadcam", "recipe"}};
    add_fields(document, recipe);
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

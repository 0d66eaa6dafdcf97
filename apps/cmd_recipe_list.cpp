#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/recipe_document.hpp>
#include <apps/recipe_text.hpp>
#include <apps/render/table.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

int list_recipes(Context& context) {
    auto library = open_library(context, library::Access::read);
    const auto recipes = library::all_recipes(library);
    if (context.options.json) {
        auto document = nlohmann::ordered_json::array();
        for (const auto& stored : recipes) document.push_back(recipe_json(stored));
        print_json(context, document);
        return 0;
    }
    if (recipes.empty()) {
        say(context, "No recipes yet. Make one with: dadcam recipe-create NAME --mode all");
        return 0;
    }
    Table table({{"id", Align::right}, {"name", Align::left, true}, {"clips", Align::left, true}, {"preset"}});
    for (const auto& [id, recipe, created_at] : recipes) {
        table.add_row({fmt::format("{}", id), recipe.name, selection_text(recipe), recipe.preset});
    }
    table.write(context.terminal);
    return 0;
}

}  // namespace

Action declare_recipe_list(Declaration) {
    return list_recipes;
}

}  // namespace dadcam::app

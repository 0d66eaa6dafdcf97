#pragma once

#include <libdadcam/library/library.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <string>
#include <vector>

namespace dadcam::library {

struct StoredRecipe {
    std::int64_t id = 0;
    recipe::Recipe recipe;
    std::string created_at;
};

/// Returns the new recipe's id. Error(general) when there is one of that name; Error(usage) for the preset of drafts.
std::int64_t add_recipe(Library& library, const recipe::Recipe& recipe);

/// Writes a recipe anew that there is; its earlier runs keep what they were made from. Error(usage) as above.
void update_recipe(Library& library, const StoredRecipe& stored);

/// By id, oldest first.
std::vector<StoredRecipe> all_recipes(Library& library);

/// By id (all digits) or name. Error(general) when there is none, naming the ones there are.
StoredRecipe find_recipe(Library& library, const std::string& id_or_name);

/// Recipes of an earlier dadcam, which took a day for one of UTC: from its first to its last second. Now they ask for
/// the day at the wall.
void ask_for_days_at_the_wall(Library& library);

/// Its runs stay and show their snapshot.
void delete_recipe(Library& library, std::int64_t id);

}  // namespace dadcam::library

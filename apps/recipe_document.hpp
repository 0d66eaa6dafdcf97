#pragma once

#include <libdadcam/library/recipe_store.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dadcam::app {

/// A recipe with its id, in the guide's field names.
nlohmann::ordered_json recipe_json(const library::StoredRecipe& stored);

/// A recipe as a file, and back. Error(usage) for what is none.
std::string saved_recipe(const recipe::Recipe& recipe);
recipe::Recipe loaded_recipe(const std::string& text, const std::string& name_of_file);

}  // namespace dadcam::app

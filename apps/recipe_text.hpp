#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

namespace dadcam::app {

/// A recipe with its id, in the guide's field names.
nlohmann::ordered_json recipe_json(const library::StoredRecipe& stored);

/// "by_date, 2019-06-01 to 2019-08-31": which clips it asks for.
std::string selection_text(const recipe::Recipe& recipe);

/// Its list as a person edits it, with a comment that says what it is.
/// `clips`: those of it that there are.
std::string list_text(const recipe::Recipe& recipe, const recipe::EditList& list, std::span<const footage::Clip> clips);

/// A recipe as a file, and back. Error(usage) for what is none.
std::string saved_recipe(const recipe::Recipe& recipe);
recipe::Recipe loaded_recipe(const std::string& text, const std::string& name_of_file);

}  // namespace dadcam::app

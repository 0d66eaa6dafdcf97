#pragma once

#include <libdadcam/library/recipe_store.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dadcam::app {

/// A recipe with its id, in the guide's field names.
nlohmann::ordered_json recipe_json(const library::StoredRecipe& stored);

/// "by_date, 2019-06-01 to 2019-08-31": which clips it asks for.
std::string selection_text(const recipe::Recipe& recipe);

}  // namespace dadcam::app

#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <span>
#include <string>

namespace dadcam::app {

/// "by_date, 2019-06-01 to 2019-08-31": which clips it asks for.
std::string selection_text(const recipe::Recipe& recipe);

/// Its list as a person edits it, with a comment that says what it is.
/// `clips`: those of it that there are.
std::string list_text(const recipe::Recipe& recipe, const recipe::EditList& list, std::span<const footage::Clip> clips);

}  // namespace dadcam::app

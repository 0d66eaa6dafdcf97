#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <vector>

namespace dadcam::recipe {

/// The clips that a recipe names, in its order. Clips tagged bad or archived only if it asks for them.
/// Chronological: by recorded time, then path in natural order. Shuffle: the same seed and clips give the same order on
/// any machine.
std::vector<footage::Clip> select(const Recipe& recipe, std::vector<footage::Clip> clips);

}  // namespace dadcam::recipe

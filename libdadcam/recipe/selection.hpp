#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/zone.hpp>
#include <string>
#include <utility>
#include <vector>

namespace dadcam::recipe {

/// The clips that a recipe names, in its order. Clips tagged bad or archived only if it asks for them.
/// Chronological: by recorded instant, then path in natural order; the chapters of one recording one behind the other.
/// Shuffle: the same seed and clips give the same order on any machine. `zone`: the library's.
std::vector<footage::Clip> select(const Recipe& recipe, std::vector<footage::Clip> clips, const Zone& zone = {});

/// The first and the last instant at which a clip that it names can have been recorded, whatever the zone. As text.
std::pair<std::string, std::string> instants_of(const Recipe& recipe);

}  // namespace dadcam::recipe

#pragma once

#include <libdadcam/recipe/recipe.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::ffmpeg {

/// What a recipe does to every picture beside normalising it. The files are named by their places on a command line,
/// and by their contents in a key.
struct Look {
    recipe::Fit fit = recipe::Fit::pad;
    std::optional<std::string> lut_file;
    std::optional<recipe::DateOverlay> date_overlay;
    std::string font_file;  ///< of the overlay
};

/// With a backslash before each of these characters.
std::string with_backslashes(std::string_view text, std::string_view special);

/// A text as a filter option's value within a filter graph: nothing in it means anything to ffmpeg.
/// ffmpeg-filters(1), "Notes on filtergraph escaping": once for the option, once for the graph.
std::string escaped(std::string_view text);

}  // namespace dadcam::ffmpeg

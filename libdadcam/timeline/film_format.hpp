#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <nlohmann/json_fwd.hpp>
#include <span>

namespace dadcam::timeline {

/// What every clip is brought to.
struct FilmFormat {
    footage::Size size;  ///< square pixels, even numbers
    Rational rate;       ///< frames per second
    bool operator==(const FilmFormat&) const = default;
};

/// What the recipe asks for; where it says auto, the size and the standard rate that most of the footage has, by
/// duration. Rates: 24, 25, 30, 50, 60 and their NTSC kin; one that is none of them, nor
/// within 0.5 % of one, counts for the nearest above. A draft has that rate, but no more than 360 lines.
FilmFormat choose_format(const recipe::Recipe& recipe, std::span<const footage::Clip> clips);

void to_json(nlohmann::json& json, const FilmFormat& format);
/// Throws nlohmann::json::exception or Error(usage) on a wrong field.
void from_json(const nlohmann::json& json, FilmFormat& format);

}  // namespace dadcam::timeline

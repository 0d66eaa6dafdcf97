#pragma once

#include <cstdint>
#include <libdadcam/recipe/card.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::recipe {

/// What makes a part of a film: the clips of a day, of an event, or each one.
enum class Part { none, day, event, clip };
enum class Captions { none, date, event };

/// How a film tells what it shows.
struct Labels {
    std::optional<Card> title;  ///< before its first clip
    Part cards = Part::none;    ///< a card before each: none, day or event
    std::int64_t card_ms = 2500;
    CardStyle card_style = CardStyle::black;
    Part chapters = Part::none;
    Captions captions = Captions::none;
    bool metadata = false;        ///< its title and its first clip's moment are written into the file
    std::string language = "en";  ///< of dates: BCP 47
    bool operator==(const Labels&) const = default;
};

std::string_view name(Part part);
std::string_view name(Captions captions);
/// Throw Error(usage) for a name that is none.
Part parse_part(std::string_view text);
Captions parse_captions(std::string_view text);

/// Throws Error(usage).
void validate(const Labels& labels);

/// As fields of a recipe. What is not there is as it was before there was any of this.
void add_to(nlohmann::json& json, const Labels& labels);
/// Throws nlohmann::json::exception or Error(usage) on a wrong field.
Labels labels_in(const nlohmann::json& json);

}  // namespace dadcam::recipe

#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace dadcam::recipe {

/// What lies behind a card's text: black, or the next clip's first picture, blurred and darkened.
enum class CardStyle { black, blur };

/// A text that a film shows by itself for some time, between clips.
struct Card {
    std::string title;     ///< UTF-8; lines as they are written
    std::string subtitle;  ///< smaller, below it; may be empty
    std::int64_t milliseconds = 0;
    CardStyle style = CardStyle::black;
    bool operator==(const Card&) const = default;
};

std::string_view name(CardStyle style);
/// Throws Error(usage) for a name that is none.
CardStyle parse_card_style(std::string_view text);

/// Throws Error(usage) for a card that shows nothing, is too short or too long, or has a text that is no UTF-8.
void validate(const Card& card);

/// {"title", "subtitle", "milliseconds", "style"}
void to_json(nlohmann::json& json, const Card& card);
/// Throws nlohmann::json::exception or Error(usage) on a wrong field.
void from_json(const nlohmann::json& json, Card& card);

}  // namespace dadcam::recipe

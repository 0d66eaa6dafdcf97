#pragma once

#include <cstdint>
#include <string>

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

}  // namespace dadcam::recipe

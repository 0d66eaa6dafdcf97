#pragma once

#include <libdadcam/ffmpeg/card.hpp>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/recipe/card.hpp>
#include <libdadcam/render/font_measure.hpp>
#include <string>
#include <vector>

namespace dadcam::render {

/// Its box is line_height(size) high.
using TextLine = ffmpeg::CardLine;

/// From one line's box to the next one's, in pixels.
constexpr int line_height(int size) {
    return size * 13 / 10;
}

/// A card's text in lines that fit into the frame: ffmpeg's drawtext neither wraps nor shrinks. The title stands above
/// the subtitle, both together in the middle of the frame's height. A line ends where the text says so, and where its
/// language allows it before it gets wider than 84 % of the frame. If the whole is higher than 80 % of the frame, or a
/// word too wide, all of it gets smaller, down to a 60th of the frame's shorter side and never below 8 pixels. At that
/// size words are broken between letters, and "…" ends the last line there is height for.
///
/// Control characters become blanks; blanks at both ends of a line are dropped. Empty lines take their height, but are
/// not in the result. A text ends at its first byte that is no UTF-8. A single character wider than the frame sticks
/// out, and so does a single line that is higher. Whole numbers only: the same on every machine.
std::vector<TextLine> lay_out_card(const recipe::Card& card, footage::Size frame, const FontMeasure& font,
                                   const std::string& language);

}  // namespace dadcam::render

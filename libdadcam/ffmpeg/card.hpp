#pragma once

#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/card.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/units.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace dadcam::ffmpeg {

/// A line of a card's text, to be drawn in the middle of the frame's width.
struct CardLine {
    std::string text;  ///< UTF-8 without control characters; never empty
    int size = 0;      ///< of the font, in pixels: drawtext's fontsize
    int y = 0;         ///< of the line's box, in pixels below the frame's upper edge
    bool operator==(const CardLine&) const = default;
};

/// What stands on cards, by their items' places on the film.
using CardTexts = std::map<std::size_t, std::vector<CardLine>>;

/// The filters that make so many pictures of a card: a source, without an input. Their time stamps are their numbers.
std::string black_card(std::span<const CardLine> lines, Frames frames, const timeline::FilmFormat& format,
                       const std::string& font_file, const std::string& pixel_format);

/// The same over a picture of a clip, blurred and darkened: its frame `behind`, whose number the first one has.
std::string blurred_card(std::span<const CardLine> lines, Frames frames, const footage::Clip& clip, Frames behind,
                         const timeline::FilmFormat& format, const Look& look, const std::string& pixel_format,
                         const std::string& label);

}  // namespace dadcam::ffmpeg

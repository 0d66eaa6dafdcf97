#pragma once

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/footage/facts.hpp>
#include <span>
#include <string>
#include <vector>

namespace dadcam::ffmpeg {

/// The command line for pictures of a clip as a film shows them, side by side in one JPEG: the first frame of each of
/// the film's items, all in the film's size.
std::vector<std::string> strip_arguments(const Film& film, const InputName& name_of, const std::string& output);

/// The filters that it names.
std::set<std::string> filters_of_strip(const Film& film);

/// A row of a contact sheet: a strip, and what is written below it.
struct SheetRow {
    std::string strip;  ///< a file, as ffmpeg is told of it; empty: there is none
    std::string text;   ///< a line, UTF-8
};

/// How high a row is, in pixels, and how wide the widest can be.
inline constexpr int kRowHeight = 180;
inline constexpr int kRowWidth = 1040;

/// The command line for such rows, one below the other in one JPEG, in so many columns.
std::vector<std::string> sheet_arguments(std::span<const SheetRow> rows, int columns, const std::string& font_file,
                                         const std::string& output);

}  // namespace dadcam::ffmpeg

#pragma once

#include <libdadcam/process/stop.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::render {

/// Which font a person wants, and where fontconfig's programs are to be looked for.
struct FontChoice {
    std::string file{};         ///< empty: whichever there is
    std::string search_path{};  ///< as in $PATH
};

struct Font {
    std::string path;
    std::string content_id;
};

/// A font to draw text with: the chosen one; else DejaVu Sans where it usually lies; else what fontconfig's fc-match
/// takes for a sans serif one. Error(tool_missing), naming the package to install, or the file that is no font.
Font find_font(const FontChoice& choice, const process::Stop& stop);

/// A range of Unicode's characters, both included.
struct Characters {
    char32_t first;
    char32_t last;
};

/// What fc-query(1) says of a font as "%{charset}": "20-7e a0-2e9 2f3". What is no range is passed over. Pure.
std::vector<Characters> charset(std::string_view answer);

/// What is wrong with a text, in UTF-8, that is to be drawn with this font: which of its characters the font has none
/// of, and which package or font has them. Empty when all are there, and where there is no fontconfig to ask.
std::string what_is_lacking(const Font& font, const FontChoice& choice, std::string_view text,
                            const process::Stop& stop);

}  // namespace dadcam::render

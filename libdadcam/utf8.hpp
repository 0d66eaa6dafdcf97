#pragma once

#include <string_view>

namespace dadcam {

/// A character of a text in UTF-8.
struct Character {
    std::string_view bytes{};  ///< empty at the text's end
    char32_t code_point = 0;
    bool valid = false;  ///< false: one byte that begins no well-formed sequence, or the text's end
};

/// The first character of a text.
Character first_character(std::string_view text);

/// The same, taken off its front.
Character take_character(std::string_view& text);

/// Whether whoever shows a text obeys the character instead of showing it: controls (C0, DEL, C1), line and paragraph
/// separators, bidi overrides and isolates.
bool is_obeyed(char32_t code_point);

}  // namespace dadcam

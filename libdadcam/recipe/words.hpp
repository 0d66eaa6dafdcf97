#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dadcam::recipe {

/// A word of a line, or a text in double quotes without these and its escapes.
struct Word {
    std::string text;
    bool quoted = false;
    bool operator==(const Word&) const = default;
};

/// Takes the next word off the front of a line, and the blanks and tabs around it; nothing at its end. A text in quotes
/// may have the escapes \", \\, \n, \t and \xNN. Throws Error(usage) for another one, and for a quote that has no end
/// or has something right behind it.
std::optional<Word> take_word(std::string_view& line);

/// A text as take_word() reads it, on one line: what is no UTF-8, or would not show as it is in an editor, as \xNN.
std::string quoted_word(std::string_view text);

/// A text as a message may have it: no longer than a few words, and what would not show as it is as \xNN.
std::string visible(std::string_view text);

/// A line of a comment: all of it, made visible in the same way.
std::string visible_line(std::string_view text);

}  // namespace dadcam::recipe

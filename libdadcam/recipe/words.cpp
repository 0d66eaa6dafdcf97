#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/words.hpp>
#include <libdadcam/utf8.hpp>

namespace dadcam::recipe {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr int kVisibleCharacters = 40;

/// What is no UTF-8, or what an editor would obey, as escapes.
std::string shown(const Character& character) {
    if (character.valid && !is_obeyed(character.code_point)) return std::string(character.bytes);
    if (character.bytes == "\n") return "\\n";
    if (character.bytes == "\t") return "\\t";
    std::string escapes;
    for (const char byte : character.bytes) escapes += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    return escapes;
}

[[noreturn]] void refuse_escape(std::string_view escape) {
    throw Error(Category::usage, fmt::format("\"{}\" is not a known escape.", visible(escape)),
                R"(In quotes there are \", \\, \n, \t and \xNN with two digits of 0-9 and a-f; a backslash is \\.)");
}

/// Takes what follows a backslash.
char take_escape(std::string_view& text, std::string_view with_backslash) {
    constexpr std::string_view kLetters = "\"\\nt", kMeant = "\"\\\n\t";
    if (const auto at = text.empty() ? std::string_view::npos : kLetters.find(text.front());
        at != std::string_view::npos) {
        text.remove_prefix(1);
        return kMeant[at];
    }
    constexpr std::size_t kLength = 3;  // of xNN
    unsigned char byte = 0;
    const auto number = text.starts_with('x') ? text.substr(1, kLength - 1) : std::string_view();
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), byte, 16);
    if (error != std::errc{} || end != number.data() + kLength - 1) {
        refuse_escape(with_backslash.substr(0, text.starts_with('x') ? 1 + kLength : 2));
    }
    text.remove_prefix(kLength);
    return static_cast<char>(byte);
}

/// Takes a text in quotes, of which the first is at the front.
std::string take_quoted(std::string_view& line) {
    const auto begin = line;
    std::string text;
    line.remove_prefix(1);
    while (!line.empty() && line.front() != '"') {
        const auto plain = line.substr(0, line.find_first_of("\"\\"));
        text += plain;
        line.remove_prefix(plain.size());
        if (!line.starts_with('\\')) continue;
        const auto with_backslash = line;
        line.remove_prefix(1);
        text += take_escape(line, with_backslash);
    }
    if (line.empty()) {
        throw Error(Category::usage, fmt::format("The text {} has no second quote.", visible(begin)),
                    R"(End it with ", on the same line; a quote within a text is \".)");
    }
    line.remove_prefix(1);
    if (!line.empty() && kBlanks.find(line.front()) == std::string_view::npos) {
        throw Error(Category::usage,
                    fmt::format("There is no blank between a text in quotes and \"{}\".", visible(line)),
                    R"(Put a blank between them; a quote within a text is \".)");
    }
    return text;
}

void skip_blanks(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
}

}  // namespace

std::optional<Word> take_word(std::string_view& line) {
    skip_blanks(line);
    if (line.empty()) return std::nullopt;
    Word word;
    if (line.front() == '"') {
        word = {take_quoted(line), true};
    } else {
        word.text = line.substr(0, line.find_first_of(kBlanks));
        line.remove_prefix(word.text.size());
    }
    skip_blanks(line);
    return word;
}

std::string quoted_word(std::string_view text) {
    std::string result = "\"";
    while (!text.empty()) {
        const auto character = take_character(text);
        if (character.bytes == "\"" || character.bytes == "\\") result += '\\';
        result += shown(character);
    }
    return result + '"';
}

std::string visible(std::string_view text) {
    std::string result;
    for (int characters = 0; !text.empty(); ++characters) {
        if (characters == kVisibleCharacters) return result + "…";
        result += shown(take_character(text));
    }
    return result;
}

std::string visible_line(std::string_view text) {
    std::string result;
    while (!text.empty()) result += shown(take_character(text));
    return result;
}

}  // namespace dadcam::recipe

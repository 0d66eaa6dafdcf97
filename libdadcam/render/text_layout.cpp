#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <libdadcam/language.hpp>
#include <libdadcam/render/text_layout.hpp>
#include <libdadcam/utf8.hpp>
#include <string_view>

namespace dadcam::render {
namespace {

constexpr std::string_view kLeftOver = "…";

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    for (auto next = take_character(text); next.valid; next = take_character(text)) characters.push_back(next.bytes);
    return characters;
}

/// What a reader takes for one letter (Unicode's annex 29): an accent stays with what it stands on.
std::vector<std::string_view> clusters_of(std::string_view text) {
    std::vector<std::string_view> clusters;
    utf8proc_int32_t state = 0, before = 0;
    for (const auto character : characters_of(text)) {
        const auto code_point = static_cast<utf8proc_int32_t>(first_character(character).code_point);
        if (clusters.empty() || ::utf8proc_grapheme_break_stateful(before, code_point, &state))
            clusters.push_back(character);
        else
            clusters.back() = {clusters.back().data(), clusters.back().size() + character.size()};
        before = code_point;
    }
    return clusters;
}

utf8proc_category_t category(const Character& character) {
    return ::utf8proc_category(static_cast<utf8proc_int32_t>(character.code_point));
}

bool begins_blank(std::string_view text) {
    return category(first_character(text)) == UTF8PROC_CATEGORY_ZS;
}

std::string_view without_blanks_behind(std::string_view text) {
    std::size_t at = 0, end = 0;
    for (const auto character : characters_of(text)) {
        at += character.size();
        if (!begins_blank(character)) end = at;
    }
    return text.substr(0, end);
}

std::string_view without_blanks(std::string_view text) {
    text = without_blanks_behind(text);
    while (begins_blank(text)) take_character(text);
    return text;
}

/// The lines as they were written. A newline ends one, so behind a last newline there is none; that of Windows is a
/// blank more, at the line's end.
std::vector<std::string> written_lines(std::string_view text) {
    std::vector<std::string> lines;
    bool begins = true;
    for (auto next = take_character(text); next.valid; next = take_character(text)) {
        const auto kind = category(next);
        if (begins) lines.emplace_back();
        begins = next.code_point == '\n' || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP;
        if (begins) continue;
        if (kind == UTF8PROC_CATEGORY_CC)
            lines.back() += ' ';
        else
            lines.back() += next.bytes;
    }
    for (auto& line : lines) line = without_blanks(line);
    return lines;
}

/// What no line ends within, with the blanks behind it.
struct Word {
    std::string_view text;
    std::int64_t width = 0;       ///< in the font's units
    std::int64_t seen_width = 0;  ///< without those blanks
};

using Words = std::vector<Word>;

Words words_of(std::string_view line, const FontMeasure& font, const std::string& language) {
    Words words;
    std::size_t from = 0;
    for (const auto to : line_breaks(line, language)) {
        const auto text = line.substr(from, to - from);
        if (!text.empty()) words.push_back({text, font.width(text), font.width(without_blanks_behind(text))});
        from = to;
    }
    return words;
}

/// A word that is wider than there is room for falls apart into letters, and a letter into its characters.
Words broken(const Words& words, std::int64_t room, const FontMeasure& font) {
    Words pieces;
    const auto add = [&](std::string_view text) { pieces.push_back({text, font.width(text), font.width(text)}); };
    for (const auto& word : words) {
        if (word.seen_width <= room) {
            pieces.push_back(word);
            continue;
        }
        for (const auto cluster : clusters_of(word.text)) {
            if (font.width(cluster) <= room)
                add(cluster);
            else
                for (const auto character : characters_of(cluster)) add(character);
        }
    }
    return pieces;
}

std::vector<std::string> wrapped(const Words& words, std::int64_t room) {
    std::vector<std::string> lines(1);
    std::int64_t width = 0;
    for (const auto& word : words) {
        if (!lines.back().empty() && width + word.seen_width > room) {
            lines.emplace_back();
            width = 0;
        }
        lines.back() += word.text;
        width += word.width;
    }
    for (auto& line : lines) line = without_blanks(line);
    return lines;
}

/// As much of a line as leaves room for the sign that something is left over.
std::string cut(std::string_view line, std::int64_t room, const FontMeasure& font) {
    auto width = font.width(kLeftOver);
    std::size_t bytes = 0;
    for (const auto cluster : clusters_of(line)) {
        width += font.width(cluster);
        if (width > room) break;
        bytes += cluster.size();
    }
    return std::string(without_blanks(line.substr(0, bytes))).append(kLeftOver);
}

/// A card's text in lines, before anything is known of their size.
struct Text {
    std::vector<Words> title;
    std::vector<Words> subtitle;
};

struct Sizes {
    int title = 0;
    int subtitle = 0;
};

/// The room that a frame has for text.
class Page {
public:
    Page(footage::Size frame, const FontMeasure& font) : frame_(frame), font_(font) {}

    int smallest() const { return std::max(8, std::min(frame_.width, frame_.height) / 60); }
    /// For a title of that size. The subtitle has half of it, as long as that is not too small.
    Sizes sizes(int title) const { return {std::max(smallest(), title), std::max(smallest(), title / 2)}; }
    int largest_title() const { return std::max(smallest(), frame_.height / 9); }

    /// In the font's units, for text of a size in pixels.
    std::int64_t room(int size) const {
        return std::int64_t{frame_.width} * 84 * font_.units_per_em() / (std::int64_t{100} * size);
    }
    int height() const { return frame_.height * 4 / 5; }

    bool has_room_for_words(const Text& text, Sizes sizes) const {
        const auto fit = [](const std::vector<Words>& lines, std::int64_t room) {
            return std::all_of(lines.begin(), lines.end(), [room](const Words& words) {
                return std::all_of(words.begin(), words.end(),
                                   [room](const Word& word) { return word.seen_width <= room; });
            });
        };
        return fit(text.title, room(sizes.title)) && fit(text.subtitle, room(sizes.subtitle));
    }

    /// All lines, from 0 down, empty ones too.
    std::vector<TextLine> set(const Text& text, Sizes sizes) const {
        std::vector<TextLine> lines;
        int y = 0;
        const auto add = [&](const std::vector<Words>& paragraphs, int size) {
            for (const auto& words : paragraphs)
                for (auto& line : wrapped(broken(words, room(size), font_), room(size))) {
                    lines.push_back({std::move(line), size, y});
                    y += line_height(size);
                }
        };
        add(text.title, sizes.title);
        if (!text.title.empty() && !text.subtitle.empty()) y += line_height(sizes.subtitle);
        add(text.subtitle, sizes.subtitle);
        return lines;
    }

    /// Takes away the lines that there is no height for. One is always left.
    void shorten(std::vector<TextLine>& lines) const {
        const auto too_low =
            std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return below(line) > height(); });
        const auto end = std::max(too_low, lines.begin() + 1);
        const bool something_is_lost =
            std::any_of(end, lines.end(), [](const auto& line) { return !line.text.empty(); });
        lines.erase(end, lines.end());
        if (something_is_lost) lines.back().text = cut(lines.back().text, room(lines.back().size), font_);
    }

    std::vector<TextLine> centred(std::vector<TextLine> lines) const {
        const int above = (frame_.height - below(lines.back())) / 2;
        for (auto& line : lines) line.y += above;
        std::erase_if(lines, [](const auto& line) { return line.text.empty(); });
        return lines;
    }

    static int below(const TextLine& line) { return line.y + line_height(line.size); }

private:
    footage::Size frame_;
    const FontMeasure& font_;
};

}  // namespace

std::vector<TextLine> lay_out_card(const recipe::Card& card, footage::Size frame, const FontMeasure& font,
                                   const std::string& language) {
    const auto title = written_lines(card.title);
    const auto subtitle = written_lines(card.subtitle);
    if (title.empty() && subtitle.empty()) return {};
    Text text;
    for (const auto& line : title) text.title.push_back(words_of(line, font, language));
    for (const auto& line : subtitle) text.subtitle.push_back(words_of(line, font, language));
    const Page page(frame, font);
    for (int size = page.largest_title(); size > page.smallest(); size = size * 9 / 10) {
        if (!page.has_room_for_words(text, page.sizes(size))) continue;
        auto lines = page.set(text, page.sizes(size));
        if (Page::below(lines.back()) <= page.height()) return page.centred(std::move(lines));
    }
    auto lines = page.set(text, page.sizes(page.smallest()));
    page.shorten(lines);
    return page.centred(std::move(lines));
}

}  // namespace dadcam::render

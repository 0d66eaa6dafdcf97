#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/edit_list.hpp>
#include <libdadcam/recipe/window.hpp>
#include <libdadcam/recipe/words.hpp>
#include <unordered_map>
#include <utility>

namespace dadcam::recipe {
namespace {

constexpr std::size_t kMostEntries = 100'000;
constexpr std::size_t kLongestText = 64'000'000;  // bytes
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr const char* kClipForm =
    R"(Write it as: clip 12 0:03.2-0:10 "PATH", the times and the path only if you like.)";
constexpr const char* kCardForm = R"(Write it as: card "TITLE" "SUBTITLE" SECONDS, the subtitle only if it has one.)";

using ClipById = std::unordered_map<std::int64_t, const ListedClip*>;
using FindClip = std::function<std::optional<KnownClip>(std::int64_t)>;

[[noreturn]] void refuse_line(std::string message, std::string advice) {
    throw Error(Category::usage, std::move(message), std::move(advice));
}

/// Takes a line off the front, and its end, which is no part of it.
std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Window window_of(const ListedClip& clip) {
    return {clip.from_ms, clip.until_ms};
}

std::string card_line(const Card& card) {
    auto line = fmt::format("card {}", quoted_word(card.title));
    if (!card.subtitle.empty()) line += fmt::format(" {}", quoted_word(card.subtitle));
    line += fmt::format(" {}", seconds_text(card.milliseconds));
    if (card.style != CardStyle::black) line += fmt::format(" {}", name(card.style));
    return line;
}

/// How wide the columns of the clips' lines are.
struct Columns {
    std::size_t id = 0;
    std::size_t window = 0;
};

Columns columns_of(const EditList& list) {
    Columns columns;
    for (const auto& entry : list) {
        if (const auto* clip = std::get_if<ListedClip>(&entry)) {
            columns.id = std::max(columns.id, std::to_string(clip->id).size());
            columns.window = std::max(columns.window, window_text(window_of(*clip)).size());
        }
    }
    return columns;
}

std::string clip_line(const ListedClip& clip, const Columns& columns) {
    auto line = fmt::format("clip {:<{}}", clip.id, columns.id);
    if (columns.window > 0) line += fmt::format("  {:<{}}", window_text(window_of(clip)), columns.window);
    if (!clip.path.empty()) line += fmt::format("  {}", quoted_word(clip.path));
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

void expect_end(std::string_view rest, const char* form) {
    if (const auto word = take_word(rest)) {
        refuse_line(fmt::format("\"{}\" is one word too many.", visible(word->text)), form);
    }
}

/// A word that is not in quotes.
std::string take_plain(std::string_view& rest, const char* what, const char* form) {
    auto word = take_word(rest);
    if (!word) refuse_line(fmt::format("The line lacks {}.", what), form);
    if (word->quoted) refuse_line(fmt::format("\"{}\" stands where {} should.", visible(word->text), what), form);
    return std::move(word->text);
}

Card read_card(std::string_view rest) {
    Card card;
    auto title = take_word(rest);
    if (!title) refuse_line("The card has no text.", kCardForm);
    if (!title->quoted)
        refuse_line(fmt::format("The card's title \"{}\" is not in quotes.", visible(title->text)), kCardForm);
    card.title = std::move(title->text);
    if (rest.starts_with('"')) card.subtitle = take_word(rest)->text;
    const auto seconds = take_plain(rest, "the card's seconds", kCardForm);
    const auto milliseconds = parse_milliseconds(seconds);
    if (!milliseconds) {
        refuse_line(fmt::format("\"{}\" is not a number of seconds.", visible(seconds)),
                    "Write it as 4 or 2.5, with at most three decimals.");
    }
    card.milliseconds = *milliseconds;
    if (const auto style = take_word(rest)) card.style = parse_card_style(visible(style->text));
    expect_end(rest, kCardForm);
    validate(card);
    return card;
}

std::int64_t clip_number(std::string_view word) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (error != std::errc{} || end != word.data() + word.size() || id < 1) {
        refuse_line(fmt::format("\"{}\" is not a clip's number.", visible(word)),
                    "`dadcam clips` lists the clips there are.");
    }
    return id;
}

KnownClip known_clip(std::int64_t id, const ClipById& before, const FindClip& find) {
    if (auto clip = find(id)) return *std::move(clip);
    const auto listed = before.find(id);
    if (listed == before.end()) {
        refuse_line(fmt::format("There is no clip {}.", id), "`dadcam clips` lists the clips there are.");
    }
    return {id, listed->second->content_id, listed->second->path, 0};
}

ListedClip read_clip(std::string_view rest, const ClipById& before, const FindClip& find) {
    const auto id = clip_number(take_plain(rest, "the clip's number", kClipForm));
    Window window;
    if (!rest.empty() && !rest.starts_with('"')) window = parse_window(take_word(rest)->text);
    if (const auto path = take_word(rest); path && !path->quoted) {
        refuse_line(fmt::format("The path \"{}\" is not in quotes.", visible(path->text)), kClipForm);
    }
    expect_end(rest, kClipForm);
    auto clip = known_clip(id, before, find);
    if (clip.duration_ms > 0 && window.from_ms.value_or(0) >= clip.duration_ms) {
        refuse_line(fmt::format("\"{}\" begins after the end of clip {}.", window_text(window), id),
                    fmt::format("The clip is {} long.", clock_text(clip.duration_ms)));
    }
    return {clip.id, std::move(clip.content_id), std::move(clip.path), window.from_ms, window.until_ms};
}

ListEntry read_entry(std::string_view line, const ClipById& before, const FindClip& find) {
    const auto kind = take_word(line);
    if (kind == Word{"clip"}) return read_clip(line, before, find);
    if (kind == Word{"card"}) return read_card(line);
    refuse_line(fmt::format("\"{}\" is neither clip nor card.", visible(kind->text)),
                "Begin the line with clip, card, or # for a comment.");
}

bool is_entry(std::string_view line) {
    const auto begin = line.find_first_not_of(" \t");
    return begin != std::string_view::npos && line[begin] != '#';
}

ClipById by_id(const EditList& list) {
    ClipById clips;
    for (const auto& entry : list) {
        if (const auto* clip = std::get_if<ListedClip>(&entry)) clips.emplace(clip->id, clip);
    }
    return clips;
}

}  // namespace

std::string edit_list_text(const EditList& list, std::string_view title_comment) {
    std::string text;
    while (!title_comment.empty()) text += fmt::format("# {}\n", visible_line(take_line(title_comment)));
    const auto columns = columns_of(list);
    for (const auto& entry : list) {
        const auto* card = std::get_if<Card>(&entry);
        text += card != nullptr ? card_line(*card) : clip_line(std::get<ListedClip>(entry), columns);
        text += '\n';
    }
    return text;
}

EditList read_edit_list(std::string_view text, const EditList& before, const FindClip& find) {
    if (text.size() > kLongestText) refuse_line("The list is longer than 64 MB.", "Shorten it.");
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    const auto listed = by_id(before);
    EditList list;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto line = take_line(text);
        if (!is_entry(line)) continue;
        try {
            if (list.size() == kMostEntries) {
                refuse_line(fmt::format("The list has more than {} entries.", kMostEntries), "Make two films of it.");
            }
            list.push_back(read_entry(line, listed, find));
        } catch (const Error& error) {
            // What `find` says of its library is about no line.
            if (error.category() != Category::usage) throw;
            throw Error(Category::usage, fmt::format("Line {}: {}", number, error.message()), error.advice());
        }
    }
    return list;
}

}  // namespace dadcam::recipe

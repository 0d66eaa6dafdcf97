#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/recipe_text.hpp>
#include <apps/render/format.hpp>
#include <map>

namespace dadcam::app {

std::string selection_text(const recipe::Recipe& recipe) {
    std::string text{name(recipe.mode)};
    if (recipe.mode == recipe::Mode::list)
        return recipe.listed_from ? fmt::format("{}, made from {}", text, name(*recipe.listed_from)) : text;
    if (recipe.from) text += fmt::format(", from {}", *recipe.from);
    if (recipe.until) text += fmt::format(", to {}", *recipe.until);
    if (!recipe.events.empty()) text += fmt::format(", events {}", fmt::join(recipe.events, " or "));
    if (!recipe.cameras.empty()) text += fmt::format(", camera {}", fmt::join(recipe.cameras, " or "));
    if (!recipe.tags.empty()) text += fmt::format(", tagged {}", fmt::join(recipe.tags, " and "));
    if (!recipe.include.empty()) text += fmt::format(", also {}", fmt::join(recipe.include, " and "));
    return text;
}

std::string list_text(const recipe::Recipe& recipe, const recipe::EditList& list,
                      std::span<const footage::Clip> clips) {
    std::map<std::string, std::int64_t> lengths;  // ms
    for (const auto& clip : clips) lengths[clip.content_id] = clip.facts.duration_us / 1000;
    std::int64_t whole = 0;
    std::size_t count = 0;
    for (const auto& entry : list) {
        if (const auto* card = std::get_if<recipe::Card>(&entry)) {
            whole += card->milliseconds;
            continue;
        }
        const auto& line = std::get<recipe::ListedClip>(entry);
        const auto length = lengths[line.content_id];
        whole += std::max<std::int64_t>(0, std::min(line.until_ms.value_or(length), length) - line.from_ms.value_or(0));
        ++count;
    }
    return recipe::edit_list_text(
        list, fmt::format("{}: {} clip{}, {}. Lines beginning with # are ignored.\n"
                          "Delete a line, move it, or trim a clip: clip 12 0:03.2-0:10\n"
                          "Add a card: card \"Summer 2019\" 4, or card \"Title\" \"Subtitle\" 2.5 blur",
                          recipe.name, count, count == 1 ? "" : "s", clock(static_cast<double>(whole) / 1000)));
}

}  // namespace dadcam::app

#include <libdadcam/timeline/chapters.hpp>

namespace dadcam::timeline {
namespace {

const recipe::Shown* shown_by(const Item& item, const recipe::Sequence& sequence) {
    if (item.source.card || item.source.entry >= sequence.size()) return nullptr;
    return std::get_if<recipe::Shown>(&sequence[item.source.entry]);
}

/// The first of the cards that stand before an item; but at the film's beginning only one that says what the chapter is
/// called belongs to it.
std::size_t first_card_before(std::span<const Item> items, std::size_t index, const std::string& name) {
    auto first = index;
    while (first > 0 && items[first - 1].source.card) --first;
    if (first > 0 || first == index) return first;
    return items[index - 1].source.card->title == name ? index - 1 : index;
}

}  // namespace

std::vector<Mark> chapters_of(std::span<const Item> items, const recipe::Sequence& sequence) {
    std::vector<Mark> chapters;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const auto* shown = shown_by(items[index], sequence);
        if (shown == nullptr || shown->chapter.empty() || goes_on(items[index].source)) continue;
        const auto first = first_card_before(items, index, shown->chapter);
        if (chapters.empty() && first > 0) {
            const auto& title = items.front().source.card;
            chapters.push_back({{}, title ? name_of(items.front().source, {}) : shown->chapter});
            if (!title) continue;  // what comes before it has no name of its own
        }
        chapters.push_back({items[first].start, shown->chapter});
    }
    return chapters;
}

std::vector<Mark> captions_of(std::span<const Item> items, const recipe::Sequence& sequence) {
    std::vector<Mark> captions;
    for (const auto& item : items) {
        const auto* shown = shown_by(item, sequence);
        auto text = shown != nullptr ? shown->caption : std::string();
        if (captions.empty() ? !text.empty() : text != captions.back().text)
            captions.push_back({item.start, std::move(text)});
    }
    return captions;
}

}  // namespace dadcam::timeline

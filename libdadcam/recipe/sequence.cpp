#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/language.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <libdadcam/time.hpp>
#include <libdadcam/whole_number.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::recipe {
namespace {

/// The wall's day, in words.
std::string day_of(const footage::Clip& clip, const std::string& language) {
    const auto time = parse_time(clip.recorded.local.empty() ? clip.recorded.time : clip.recorded.local);
    if (!time) return {};
    return day_in_words(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time->wall)}, language);
}

/// What it is called that a clip is a part of.
std::string name_of_part(Part part, const footage::Clip& clip, const std::string& language) {
    switch (part) {
        case Part::day:
            return day_of(clip, language);
        case Part::event:
            return clip.event;
        case Part::clip:
            return std::filesystem::path(clip.path).stem().string();
        case Part::none:
            break;
    }
    return {};
}

std::string caption_of(Captions captions, const footage::Clip& clip, const std::string& language) {
    if (captions == Captions::date) return day_of(clip, language);
    return captions == Captions::event ? clip.event : std::string();
}

/// One part after the other: the name of each that begins.
class Parts {
public:
    Parts(Part part, const std::string& language) : part_(part), language_(language) {}

    /// Empty while the same one goes on, and for clips that are in none.
    std::string next(const footage::Clip& clip) {
        auto name = name_of_part(part_, clip, language_);
        const bool goes_on = part_ != Part::clip && name == before_;
        before_ = name;
        return goes_on ? std::string() : name;
    }

private:
    Part part_;
    const std::string& language_;
    std::string before_;
};

std::vector<bool> shown_clips(const Sequence& sequence, std::size_t clips) {
    std::vector<bool> shown(clips);
    for (const auto& entry : sequence)
        if (const auto* window = std::get_if<Shown>(&entry)) shown.at(window->clip) = true;
    return shown;
}

Shown read_shown(const nlohmann::json& json) {
    Shown shown;
    whole_number(json.at("clip")).get_to(shown.clip);
    shown.from_ms = optional_whole(json, "fromMs");
    shown.until_ms = optional_whole(json, "toMs");
    if (json.contains("chapter")) shown.chapter = footage::as_name(json["chapter"]);
    if (json.contains("caption")) shown.caption = footage::as_name(json["caption"]);
    return shown;
}

Shown window_of(std::size_t index, const footage::Clip& clip, const Labels& labels, Parts& chapters) {
    return {index, {}, {}, chapters.next(clip), caption_of(labels.captions, clip, labels.language)};
}

Sequence listed(const Recipe& recipe, std::span<const footage::Clip> clips) {
    Sequence sequence;
    Parts chapters(recipe.labels.chapters, recipe.labels.language);
    std::size_t index = 0;
    for (const auto& entry : recipe.list) {
        if (const auto* card = std::get_if<Card>(&entry)) {
            sequence.emplace_back(*card);
            continue;
        }
        const auto& line = std::get<ListedClip>(entry);
        auto shown = window_of(index, clips[index], recipe.labels, chapters);
        shown.from_ms = line.from_ms;
        shown.until_ms = line.until_ms;
        sequence.emplace_back(std::move(shown));
        ++index;
    }
    return sequence;
}

std::map<std::string, const footage::Clip*> by_content(std::span<const footage::Clip> clips) {
    std::map<std::string, const footage::Clip*> known;
    for (const auto& clip : clips) known[clip.content_id] = &clip;
    return known;
}

}  // namespace

Sequence sequence_of(const Recipe& recipe, std::span<const footage::Clip> clips) {
    const auto& labels = recipe.labels;
    if (recipe.mode == Mode::list) return listed(recipe, clips);
    Sequence sequence;
    bool adds = labels.title.has_value();
    if (labels.title) sequence.emplace_back(*labels.title);
    Parts cards(labels.cards, labels.language), chapters(labels.chapters, labels.language);
    for (std::size_t index = 0; index < clips.size(); ++index) {
        auto shown = window_of(index, clips[index], labels, chapters);
        shown.until_ms = recipe.max_clip_ms;
        if (auto name = cards.next(clips[index]); !name.empty()) {
            sequence.emplace_back(Card{std::move(name), {}, labels.card_ms, labels.card_style});
            adds = true;
        }
        adds = adds || !shown.chapter.empty() || !shown.caption.empty();
        sequence.emplace_back(std::move(shown));
    }
    return adds ? sequence : Sequence();
}

std::vector<std::string> take_gone_off(EditList& list, std::span<const footage::Clip> clips) {
    const auto known = by_content(clips);
    std::vector<std::string> gone;
    std::erase_if(list, [&](const ListEntry& entry) {
        const auto* line = std::get_if<ListedClip>(&entry);
        if (line == nullptr || known.contains(line->content_id)) return false;
        if (std::find(gone.begin(), gone.end(), line->path) == gone.end()) gone.push_back(line->path);
        return true;
    });
    return gone;
}

EditList list_of(const Recipe& recipe, std::span<const footage::Clip> clips) {
    EditList list;
    if (recipe.mode == Mode::list) {
        const auto known = by_content(clips);
        list = recipe.list;
        for (auto& entry : list) {
            auto* line = std::get_if<ListedClip>(&entry);
            const auto clip = line != nullptr ? known.find(line->content_id) : known.end();
            if (clip == known.end()) continue;
            line->id = clip->second->id;
            line->path = clip->second->path;
        }
        return list;
    }
    auto sequence = sequence_of(recipe, clips);
    if (sequence.empty()) {
        for (std::size_t index = 0; index < clips.size(); ++index)
            sequence.emplace_back(Shown{index, {}, recipe.max_clip_ms});
    }
    for (const auto& entry : sequence) {
        if (const auto* card = std::get_if<Card>(&entry)) {
            list.emplace_back(*card);
            continue;
        }
        const auto& shown = std::get<Shown>(entry);
        const auto& clip = clips[shown.clip];
        const bool whole = !shown.until_ms || *shown.until_ms * 1000 >= clip.facts.duration_us;
        list.emplace_back(
            ListedClip{clip.id, clip.content_id, clip.path, shown.from_ms, whole ? std::nullopt : shown.until_ms});
    }
    return list;
}

void take_list(Recipe& recipe, EditList list) {
    recipe.list = std::move(list);
    if (recipe.mode == Mode::list) return;
    recipe.listed_from = std::exchange(recipe.mode, Mode::list);
    recipe.labels.title.reset();
    recipe.labels.cards = Part::none;
    recipe.max_clip_ms.reset();
}

void take_off(Sequence& sequence, const std::vector<bool>& gone, bool has_title) {
    std::vector<std::size_t> now(gone.size());
    for (std::size_t clip = 1; clip < gone.size(); ++clip) now[clip] = now[clip - 1] + (gone[clip - 1] ? 0 : 1);
    std::string chapter;  // that is to begin: of clips that are gone, the next one begins it
    Sequence kept;
    std::optional<std::size_t>
        heading;  // the last card in `kept`, as long as nothing of what it stands before is there
    for (std::size_t index = 0; index < sequence.size(); ++index) {
        auto* shown = std::get_if<Shown>(&sequence[index]);
        if (shown == nullptr) {
            if (heading && std::holds_alternative<Shown>(sequence[index - 1]))
                kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(*heading));
            heading = index == 0 && has_title ? std::nullopt : std::optional(kept.size());
            kept.push_back(std::move(sequence[index]));
            continue;
        }
        if (!shown->chapter.empty()) chapter = std::move(shown->chapter);
        if (gone.at(shown->clip)) continue;
        heading.reset();
        shown->chapter = std::exchange(chapter, {});
        shown->clip = now[shown->clip];
        kept.push_back(std::move(sequence[index]));
    }
    if (heading && std::holds_alternative<Shown>(sequence.back()))
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(*heading));
    sequence = std::move(kept);
}

void to_json(nlohmann::json& json, const std::variant<Shown, Card>& entry) {
    if (const auto* card = std::get_if<Card>(&entry)) {
        json = {{"card", *card}};
        return;
    }
    const auto& shown = std::get<Shown>(entry);
    json = {{"clip", shown.clip}};
    if (shown.from_ms) json["fromMs"] = *shown.from_ms;
    if (shown.until_ms) json["toMs"] = *shown.until_ms;
    if (!shown.chapter.empty()) json["chapter"] = footage::name_as_json(shown.chapter);
    if (!shown.caption.empty()) json["caption"] = footage::name_as_json(shown.caption);
}

Sequence read_sequence(const nlohmann::json& json, std::size_t clips) {
    Sequence sequence;
    for (const auto& entry : json) {
        if (entry.contains("card")) {
            sequence.emplace_back(entry["card"].get<Card>());
            continue;
        }
        auto shown = read_shown(entry);
        if (shown.clip >= clips) {
            throw Error(Category::usage, fmt::format("There is no clip {} in the sequence.", shown.clip),
                        "Export the recipe again.");
        }
        sequence.emplace_back(std::move(shown));
    }
    const auto shown = shown_clips(sequence, clips);
    if (!sequence.empty() && std::find(shown.begin(), shown.end(), true) == shown.end()) {
        throw Error(Category::usage, "The sequence shows no clip.", "Export the recipe again.");
    }
    return sequence;
}

}  // namespace dadcam::recipe

#pragma once

#include <cstddef>
#include <cstdint>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/card.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace dadcam::recipe {

/// A window of a clip on the film.
struct Shown {
    std::size_t clip = 0;                    ///< of the film's clips
    std::optional<std::int64_t> from_ms{};   ///< of the clip; absent: from its beginning
    std::optional<std::int64_t> until_ms{};  ///< absent, or beyond its end: to its end
    std::string chapter{};                   ///< the name of the chapter that begins with it; empty: none does
    std::string caption{};                   ///< what is written under it
    bool operator==(const Shown&) const = default;
};

/// What a film shows, one after the other. An empty one stands for each of its clips, in their order.
using Sequence = std::vector<std::variant<Shown, Card>>;

/// What a recipe makes of the clips that it selects: its cards among them, and what chapters and captions say. All
/// texts are in it, so that they do not depend on the language's data of a later day. Empty where nothing is added. For
/// a recipe with a list, the clips are those of its entries, one for each.
Sequence sequence_of(const Recipe& recipe, std::span<const footage::Clip> clips);

/// The same as a list, to be edited: what a recipe shows of the clips that it selects, or its own list, in which the
/// numbers and paths of clips that are among these are brought up to date.
EditList list_of(const Recipe& recipe, std::span<const footage::Clip> clips);

/// Takes the lines off whose clips are not among these: they are gone from the library. Returns their paths.
std::vector<std::string> take_gone_off(EditList& list, std::span<const footage::Clip> clips);

/// A recipe becomes one that shows this list: title, cards and windows are in it, and nothing else adds any.
void take_list(Recipe& recipe, EditList list);

/// Takes the clips off that are `gone`, and with the last of those that a card stands before the card; but not the
/// title, which is the first. The other clips are counted anew.
void take_off(Sequence& sequence, const std::vector<bool>& gone, bool has_title);

void to_json(nlohmann::json& json, const std::variant<Shown, Card>& entry);
/// Reads a sequence over so many clips. Throws nlohmann::json::exception or Error(usage) for what is none.
Sequence read_sequence(const nlohmann::json& json, std::size_t clips);

}  // namespace dadcam::recipe

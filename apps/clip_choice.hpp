#pragma once

#include <apps/arguments/declaration.hpp>
#include <cstdint>
#include <libdadcam/library/clip_store.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::app {

/// The clips that a command is about: named by their numbers, or by what they are like.
struct ClipChoice {
    std::vector<std::int64_t> ids;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::vector<std::string> events;
    std::vector<std::string> cameras;
    std::vector<std::string> tags;
};

/// --from, --to, --event, --camera and --tag.
void declare_filters(Declaration& command, ClipChoice& choice);

/// Whether it says what clips are like.
bool narrows(const ClipChoice& choice);

/// What can be said without the library. Error(usage).
void check(const ClipChoice& choice);

/// Has a recipe take only such clips. What is not said stays as it is; an empty word takes a filter off. Error(usage).
void narrow(recipe::Recipe& recipe, const ClipChoice& choice);

/// The same filters as a recipe's, but nothing is left out for being bad. In the order of recording.
std::vector<footage::Clip> filtered(library::Library& library, const ClipChoice& choice);

/// Those that are named, in that order. Error(general) for a number that is no clip.
std::vector<footage::Clip> named_clips(library::Library& library, const std::vector<std::int64_t>& ids);

}  // namespace dadcam::app

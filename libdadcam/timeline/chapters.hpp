#pragma once

#include <libdadcam/recipe/sequence.hpp>
#include <libdadcam/timeline/timeline.hpp>
#include <libdadcam/units.hpp>
#include <span>
#include <string>
#include <vector>

namespace dadcam::timeline {

/// A text that holds from a frame of the film on, until the next one does.
struct Mark {
    Frames at;
    std::string text;
    bool operator==(const Mark&) const = default;
};

/// The film's chapters, where the sequence names any. Each begins with its card, where it has one, else in the first
/// frame of its first clip; a title before the first one is a chapter of its own. The first one begins at 0.
std::vector<Mark> chapters_of(std::span<const Item> items, const recipe::Sequence& sequence);

/// What is written under the film, each text once for as long as it holds; an empty one where nothing is.
std::vector<Mark> captions_of(std::span<const Item> items, const recipe::Sequence& sequence);

}  // namespace dadcam::timeline

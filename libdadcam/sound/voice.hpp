#pragma once

#include <cstddef>
#include <libdadcam/timeline/timeline.hpp>
#include <libdadcam/units.hpp>
#include <span>
#include <vector>

/// The film's sound as a whole: how loud each clip is, the music under them, and what is made of both. Pure, but for
/// the music's files.
namespace dadcam::sound {

/// One of those that are heard one after the other: a clip's window, whatever spans it has, or a card. It ends where
/// the next one's fade is over.
struct Voice {
    Samples from;          ///< on the film's sound
    Samples alone;         ///< where its fade is over: until there the one before is heard, too
    std::size_t item = 0;  ///< the first of the film's items that it is
    bool operator==(const Voice&) const = default;
};

std::vector<Voice> voices_of(std::span<const timeline::Item> items, Rational rate);

}  // namespace dadcam::sound

#pragma once

#include <cstddef>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/timeline/source.hpp>
#include <libdadcam/units.hpp>
#include <span>
#include <vector>

namespace dadcam::timeline {

/// A source's place on the film. Its first `fade_in` frames lie on the film together with the last ones of the item
/// before it.
struct Item {
    Source source;
    Frames start;  ///< on the film: where its fade begins
    Frames frames;
    Frames fade_in{};
    Samples first_sample{};  ///< on the film's sound: where its first frame's sound lies
    bool operator==(const Item&) const = default;
};

/// Lays the sources out one after the other, in whole frames: item i shows source i. A fade takes at most half of each
/// of its two clips, so that no frame is in two fades.
std::vector<Item> lay_out(const recipe::Recipe& recipe, std::span<const Source> sources, Rational rate);
/// The same with sources_of() the clips.
std::vector<Item> lay_out(const recipe::Recipe& recipe, std::span<const footage::Clip> clips, Rational rate,
                          const recipe::Sequence& sequence = {});

/// Where a frame of an item lies in the item's own sound: the same wherever the item lies on the film, so that its
/// segments are, too. At a rate of whole samples a frame it is the frame's time. Else it is rounded from the item's
/// first frame on, and where the next item begins, the next item begins; what is lost by rounding an item is made good
/// before it comes to a millisecond; where pictures are copied, at once.
Samples sample_within(std::span<const Item> items, std::size_t index, Frames frame, Rational rate);

/// How many clips these are: several spans of one count as that one.
std::size_t clips_on(std::span<const Item> items);

/// The number of the last item that has begun at a frame of the film.
std::size_t item_at(std::span<const Item> items, Frames frame);

/// The film's length, and that of its sound.
Frames total_frames(std::span<const Item> items);
Samples total_samples(std::span<const Item> items, Rational rate);

/// A part of one item within a segment. The piece that begins with its item renders the item's fade; the frames that
/// fade into the next item belong to the next item's piece.
struct Piece {
    std::size_t item = 0;
    Frames from;  ///< counted from the item's first frame
    Frames frames;
    bool operator==(const Piece&) const = default;
};

/// A piece of the timeline that one ffmpeg renders.
struct Segment {
    Frames first;  ///< on the film
    Frames frames;
    std::vector<Piece> pieces;
    bool operator==(const Segment&) const = default;
};

/// Cuts the timeline. A boundary lies at a clip's boundary (where its fade begins), or about every 60 s inside a long
/// clip, counted from the clip's own beginning. Very short clips are grouped; where a group ends follows from the
/// clips' contents, not from a count, so that another clip before it changes nothing. No segment is shorter than 3
/// frames unless the film is, none longer than 3 minutes or 30 clips (but for the tail of fewer than 3 frames that one
/// may have to take in).
std::vector<Segment> cut(std::span<const Item> items, std::span<const footage::Clip> clips, Rational rate);

/// The length of a segment's sound.
Samples samples_of(std::span<const Item> items, const Segment& segment, Rational rate);

/// The whole film as one segment: what the cut ones must equal.
Segment uncut(std::span<const Item> items);

}  // namespace dadcam::timeline

#pragma once

#include <cstddef>
#include <cstdint>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dadcam::timeline {

/// What an item shows: a clip, from its beginning. A stretch of a clip, a card or a still would be another kind of this
/// value. Only this room and ffmpeg's ask of which kind it is; to all others it is what these functions say.
struct Source {
    std::size_t clip = 0;  ///< index into the film's clips
    bool operator==(const Source&) const = default;
};

/// What the film shows, one after the other.
std::vector<Source> sources_of(std::span<const footage::Clip> clips);

/// How much of it there is to show, in microseconds: its own length, or as much as the recipe wants of each.
std::int64_t length_of(const Source& source, std::span<const footage::Clip> clips, const recipe::Recipe& recipe);

/// The film's clip that it reads, as an index; nothing for a source that reads none.
std::optional<std::size_t> clip_read_by(const Source& source);

/// Who it is, wherever it lies.
const std::string& content_of(const Source& source, std::span<const footage::Clip> clips);

/// For a person: a clip's stored path.
const std::string& name_of(const Source& source, std::span<const footage::Clip> clips);

}  // namespace dadcam::timeline

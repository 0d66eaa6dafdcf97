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

/// What an item shows: a span of a clip, from its beginning; of a clip that has none, all of it. A card or a still
/// would be another kind of this value. Only this room and ffmpeg's ask of which kind it is; to all others it is what
/// these functions say.
struct Source {
    std::size_t clip = 0;        ///< index into the film's clips
    std::size_t span = 0;        ///< of the clip's; 0 for a clip without
    std::int64_t since_us = 0;   ///< how much of the clip its earlier spans have shown
    std::int64_t length_us = 0;  ///< how much of it there is to show: its own length, or what the recipe wants of it
    bool operator==(const Source&) const = default;
};

/// What the film shows, one after the other.
std::vector<Source> sources_of(std::span<const footage::Clip> clips, const recipe::Recipe& recipe);

/// Whether it goes on where the source before it ends, so that nothing comes between the two.
bool goes_on(const Source& source);

/// The film's clip that it reads, as an index; nothing for a source that reads none.
std::optional<std::size_t> clip_read_by(const Source& source);

/// What it shows, as though it were a file.
const footage::Facts& facts_of(const Source& source, std::span<const footage::Clip> clips);

/// The span that it shows; nullptr where that is a whole file.
const footage::Span* span_of(const Source& source, std::span<const footage::Clip> clips);

/// Who it is, wherever it lies.
const std::string& content_of(const Source& source, std::span<const footage::Clip> clips);

/// For a person: a clip's stored path.
const std::string& name_of(const Source& source, std::span<const footage::Clip> clips);

}  // namespace dadcam::timeline

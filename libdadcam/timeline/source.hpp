#pragma once

#include <cstddef>
#include <cstdint>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <libdadcam/recipe/sequence.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dadcam::timeline {

/// What an item shows: a stretch of a span of a clip; of a clip that has none, of all of it; or a card. Only this room
/// and ffmpeg's ask of which kind it is; to all others it is what these functions say.
struct Source {
    static constexpr auto kNoClip = static_cast<std::size_t>(-1);

    std::size_t clip = 0;        ///< index into the film's clips; of a card, the next one that is shown, or kNoClip
    std::size_t span = 0;        ///< of the clip's; 0 for a clip without
    std::int64_t since_us = 0;   ///< how much of the clip has been shown just before it
    std::int64_t length_us = 0;  ///< how much of it there is to show
    std::int64_t from_us = 0;    ///< where it begins, within the span
    std::size_t entry = 0;       ///< of the film's sequence, where it has one
    std::shared_ptr<const recipe::Card> card{};  ///< nullptr: it is none
    bool operator==(const Source& other) const;
};

/// What the film shows, one after the other. Of a window that lies behind its clip's end there is nothing to show.
std::vector<Source> sources_of(std::span<const footage::Clip> clips, const recipe::Recipe& recipe,
                               const recipe::Sequence& sequence = {});

/// Whether it goes on with the clip that the source before it shows, so that nothing comes between the two.
bool goes_on(const Source& source);

/// The film's clip that it reads, as an index; nothing for a source that reads none.
std::optional<std::size_t> clip_read_by(const Source& source);

/// What it shows of a clip, as though it were a file; of a card, what lies behind it.
const footage::Facts& facts_of(const Source& source, std::span<const footage::Clip> clips);

/// The span that it shows; nullptr where that is a whole file.
const footage::Span* span_of(const Source& source, std::span<const footage::Clip> clips);

/// Who it is, wherever it lies.
const std::string& content_of(const Source& source, std::span<const footage::Clip> clips);

/// For a person: a clip's stored path, or what stands on a card.
const std::string& name_of(const Source& source, std::span<const footage::Clip> clips);

}  // namespace dadcam::timeline

#pragma once

#include <cstdint>
#include <functional>
#include <libdadcam/ffmpeg/card.hpp>
#include <libdadcam/ffmpeg/film_text.hpp>
#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/timeline/timeline.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace dadcam::ffmpeg {

/// What is to be known of a film's pictures where they are copied.
struct Copying {
    std::int64_t lead_in_us = 0;  ///< how long after its beginning the first file's first picture is shown
    std::int64_t pictures = 0;    ///< how many there are
};

/// All that is rendered from: clips in their order, laid out.
struct Film {
    std::span<const footage::Clip> clips;
    std::span<const timeline::Item> items;
    timeline::FilmFormat format;
    const recipe::Preset& preset;
    Look look{};
    const CardTexts* texts = nullptr;  ///< of the items that are cards
    const FilmText* text = nullptr;    ///< nullptr: it tells nothing of itself
    Copying copying{};
};

/// The name of a clip's file, for a command line.
using InputName = std::function<std::string(const footage::Clip&)>;

/// The command line that renders a segment into `output`: the preset's picture and PCM sound in a QuickTime file; the
/// sound alone where pictures are copied.
std::vector<std::string> segment_arguments(const Film& film, const timeline::Segment& segment, const InputName& name_of,
                                           const std::string& output);

/// The same without a result: to find out whether the clips can be rendered at all, and to how many frames.
std::vector<std::string> decode_arguments(const Film& film, const timeline::Segment& segment, const InputName& name_of);

/// The filters that its command line names.
std::set<std::string> filters_of(const Film& film, const timeline::Segment& segment);

/// A segment's key: a hash over all that can change its bytes, and over no path.
std::string segment_key(const Film& film, const timeline::Segment& segment, const std::string& ffmpeg_identity);

/// The list for the concat demuxer: `names[i]` is segment i's file, relative to the list, in plain characters.
std::string concat_list(std::span<const timeline::Segment> segments, std::span<const std::string> names, Rational rate);

/// A file whose pictures are copied.
struct CopiedFile {
    std::string name;             ///< in quotes
    std::int64_t lead_in_us = 0;  ///< how long after its beginning its first picture is shown
};
/// The same of a film whose pictures are copied: item i shows all of `files[i]`.
std::string copy_list(const Film& film, std::span<const CopiedFile> files);

/// A part of a clip's pictures: those that are shown in [from, until), in ticks of its stream, from the first one.
struct PicturePart {
    std::int64_t from = 0;
    std::int64_t until = 0;
    std::int64_t first_dts = 0;  ///< when the first of them is decoded
    bool operator==(const PicturePart&) const = default;
};
/// The command line that copies a part of an item's pictures into a file of their own, in which the first is shown at
/// its beginning. `first_pts`: of the clip's first picture, in ticks of its stream.
std::vector<std::string> part_arguments(const Film& film, const timeline::Item& item, PicturePart part,
                                        std::int64_t first_pts, const std::string& name, const std::string& output);

/// The command line that encodes a part of the film's sound: it reads on its standard input the PCM sound of the
/// segments, one after the other, and writes AAC, as ADTS.
std::vector<std::string> sound_arguments(const Film& film, const std::string& output);

/// The command line that decodes a piece of music: PCM as the segments' is, no more than the film is long.
std::vector<std::string> music_arguments(const std::string& music, Samples film, const std::string& output);

/// Files that a film is joined from: the list of its segments and, where it has them, chapters and captions.
struct FilmInputs {
    std::string list;
    std::string chapters{};
    std::string captions{};
};

/// The demuxer of ffmpeg that reads segments and films, by all its names.
inline constexpr std::string_view kSegmentContainer = "mov,mp4,m4a,3gp,3g2,mj2";

/// The command line that joins segments and sound into a film, both copied; it reads the sound on its standard input.
/// Room for the film's index is kept at its front, so that nothing has to be moved when it is written.
std::vector<std::string> film_arguments(const Film& film, const FilmInputs& inputs, const std::string& output);

/// The command line for a picture of a film, a segment or a clip, at most 320 pixels wide, at a position in
/// microseconds. `formats`: what it may be.
std::vector<std::string> thumbnail_arguments(const std::string& film, std::int64_t position_us,
                                             const std::string& output, std::string_view formats = kSegmentContainer);

/// Changes whenever the same snapshot would give other bytes: part of every key, and stored with every run.
inline constexpr int kPipelineVersion = 5;

}  // namespace dadcam::ffmpeg

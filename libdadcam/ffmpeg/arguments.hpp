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

/// All that is rendered from: clips in their order, laid out.
struct Film {
    std::span<const footage::Clip> clips;
    std::span<const timeline::Item> items;
    timeline::FilmFormat format;
    const recipe::Preset& preset;
    Look look{};
    const CardTexts* texts = nullptr;  ///< of the items that are cards
    const FilmText* text = nullptr;    ///< nullptr: it tells nothing of itself
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

/// The same of a film whose pictures are copied: `names[i]` is the file that item i shows, in quotes.
std::string copy_list(const Film& film, std::span<const std::string> names);

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

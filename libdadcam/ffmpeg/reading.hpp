#pragma once

#include <cstdint>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/ffmpeg/sound.hpp>
#include <string>
#include <vector>

namespace dadcam::ffmpeg {

/// What is read of one file: a window of an item. Two of them make a piece that begins with a fade. A card reads a
/// picture, or nothing.
struct Reading {
    const footage::Clip* clip;    ///< nullptr: nothing is read
    const footage::Facts* facts;  ///< of what the window is cut from
    const footage::Span* span;    ///< nullptr: the whole file
    std::int64_t since_us;        ///< what the film has shown of the clip before that
    std::int64_t from_us;         ///< where it begins to be shown, within what the window is cut from
    Window window;                ///< of the clip; of a card, the frame behind it, and how many it has itself
    SampleWindow samples;
    std::optional<std::size_t> card{};  ///< the card's place on the film

    bool has_sound() const { return !card && facts->sound.has_value(); }
    /// Pictures and sound of a span are entered at places of their own.
    std::size_t inputs() const { return clip == nullptr ? 0 : span != nullptr && has_sound() ? 2 : 1; }
};

/// By how much ffmpeg counts otherwise what is entered at `time` than what was entered at its beginning and came there,
/// in ticks. The clock of MPEG-TS and MPEG-PS has 33 bits. ffmpeg counts on beyond their end; but where it begins
/// within the last minute before that, it counts what comes before the end as negative (libavformat/demux.c,
/// update_wrap_reference). `minute`: in ticks. Pure.
std::int64_t clock_shift(std::int64_t time, std::int64_t minute);

/// The frames of the piece that lie together with the end of the item before it.
Frames fade_of(const Film& film, const timeline::Piece& piece);

/// The end of the item before, where there is a fade, then the piece itself.
std::vector<Reading> readings_of(const Film& film, const timeline::Piece& piece);

/// The words that open what a reading reads, under this name of its clip: as many inputs as it has.
std::vector<std::string> inputs_of(const Film& film, const Reading& reading, const std::string& name);

/// A stream as a filter graph names it, and the facts that hold for it there.
struct Stream {
    std::string name;  ///< "0:1", "2:i:0x1e0"
    footage::Facts facts;
};
/// `input`: the reading's first on the command line.
Stream pictures_in(const Film& film, const Reading& reading, std::size_t input);
/// Of a reading that has sound.
Stream sound_in(const Film& film, const Reading& reading, std::size_t input);

}  // namespace dadcam::ffmpeg

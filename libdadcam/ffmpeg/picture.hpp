#pragma once

#include <libdadcam/footage/facts.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/timeline/units.hpp>
#include <optional>
#include <string>

/// What is said to ffmpeg, and what it says back. Pure: values in, values out.
namespace dadcam::ffmpeg {

/// A piece of a clip: frames of the film's rate, counted from the clip's first picture.
struct Window {
    Frames from;
    Frames frames;
};

/// Where reading has to begin for a window.
struct Seek {
    std::optional<std::int64_t> input_us;  ///< for -ss, on the container's clock; absent: from the file's beginning
    std::int64_t grid_seconds = 0;         ///< the second of the clip at which its frames begin to be counted
    std::int64_t sound_seconds = 0;        ///< the second at which its samples begin to be counted
};

/// Early enough that the decoder has a key frame and its sound a lead-in. Pictures must be the same as in an uncut
/// decode: design, section 5.
Seek seek_for(const footage::Facts& facts, Window window, Rational rate);

/// The filters that bring a clip's pictures to exactly `window.frames` pictures of the film's format. Their time
/// stamps count frames of the film's rate from `window.from`.
std::string picture_chain(const footage::Facts& facts, Window window, const timeline::FilmFormat& format,
                          const std::string& pixel_format);

}  // namespace dadcam::ffmpeg

#pragma once

#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/units.hpp>
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

/// How long after what ffmpeg's -ss counts from a clip's first picture is shown, in microseconds.
std::int64_t lead_in_us(const footage::Facts& facts);

/// Early enough that the decoder has a key frame and its sound a lead-in. Pictures must be the same as in an uncut
/// decode.
Seek seek_for(const footage::Facts& facts, Window window, Rational rate);

/// The filters that bring a clip's pictures to `window.frames` pictures of the film's format. Their time stamps are the
/// numbers that they have when the clip's first picture is number 0. A clip whose recording ends up to kMissingSeconds
/// early stands still for the rest; one that ends earlier gives fewer, which the count of the finished segment shows.
/// `label`: a word of its own in the graph.
std::string picture_chain(const footage::Clip& clip, Window window, const timeline::FilmFormat& format,
                          const Look& look, const std::string& pixel_format, const std::string& label);

/// How much of a clip's end may be missing: what a container promises is not always there to the last frame.
inline constexpr std::int64_t kMissingSeconds = 1;

}  // namespace dadcam::ffmpeg

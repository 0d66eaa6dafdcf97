#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

/// What the first packets of a file tell of how its pictures begin.
namespace dadcam::footage {

/// Seconds. Some recorders count from 1970; beyond that a start is a broken header.
inline constexpr double kFarthestStart = 2e9;

/// A coded picture, as `ffprobe -show_entries packet=stream_index,pts,duration,pos,flags,size` tells of it.
struct FirstPicture {
    std::optional<std::int64_t> pts;
    std::int64_t duration = 0;  ///< in ticks; 0: it is not said
    Bytes bytes{};
    bool is_key = false;     ///< as the container says
    bool is_hidden = false;  ///< by an edit list
};

/// Those of one stream, in the order in which they are decoded.
std::vector<FirstPicture> first_pictures(const nlohmann::json& document, int stream);

/// What follows the first picture in the file up to the next key picture, and is shown before it.
std::optional<Leading> leading_in(const std::vector<FirstPicture>& pictures, Rational time_base);

/// When the first picture is shown, where ffprobe, which says `start`, is wrong: it takes a later picture for it, when
/// it does not know when the first one is decoded, or a time before all of them, when the sound of a NUT begins there.
std::optional<std::int64_t> true_start(const std::vector<FirstPicture>& pictures, std::int64_t start);

/// Whether the first one need not be a key picture: the container does not say so, or says so of all. Of H.264 it also
/// says so of recovery points. Of one that an edit list hides nothing but H.264 tells later whether it was one: its
/// decoder shows nothing before it is right.
bool is_begin_doubtful(const std::vector<FirstPicture>& pictures, const std::string& codec);

/// Whether one of them is taken to be less than half as long as pictures are at this rate: of those that are reordered
/// a movie does not say it, and H.264 that was coded for any rate says that of its clock.
bool is_any_short(const std::vector<FirstPicture>& pictures, Rational rate, Rational time_base);

}  // namespace dadcam::footage

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

/// A coded picture, as `ffprobe -show_entries packet=stream_index,pts,pos,flags,size` tells of it.
struct FirstPicture {
    std::optional<std::int64_t> pts;
    Bytes bytes{};
    bool is_key = false;     ///< as the container says
    bool is_hidden = false;  ///< by an edit list
};

/// Those of one stream, in the order in which they are decoded.
std::vector<FirstPicture> first_pictures(const nlohmann::json& document, int stream);

/// What follows the first picture in the file up to the next key picture, and is shown before it.
std::optional<Leading> leading_in(const std::vector<FirstPicture>& pictures, Rational time_base);

/// Whether the first one need not be a key picture: the container does not say so, or says so of all. Of H.264 it also
/// says so of recovery points. Of one that an edit list hides nothing but H.264 tells later whether it was one: its
/// decoder shows nothing before it is right.
bool is_begin_doubtful(const std::vector<FirstPicture>& pictures, const std::string& codec);

}  // namespace dadcam::footage

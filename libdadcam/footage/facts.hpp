#pragma once

#include <cstdint>
#include <libdadcam/footage/camera.hpp>
#include <libdadcam/units.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::footage {

/// What ffprobe says of a clip's sound.
struct Sound {
    int stream = 0;  ///< absolute stream index in the file
    std::string codec;
    std::int64_t sample_rate = 0;  ///< hertz
    int channels = 0;
    std::int64_t start_us = 0;  ///< on the file's own clock, as the picture's start
    std::string stream_id{};    ///< the container's own number of it, "0x1c0"; empty where it has none
    std::string layout{};       ///< ffmpeg's name for where the channels are heard; empty when nothing says it
    std::int64_t end_us = 0;    ///< when it ends, as its header says, on the same clock as start_us; 0: not known
    int tracks = 1;             ///< how many sounds the file has, this one among them
    bool operator==(const Sound&) const = default;
};

/// Pictures that lie behind the first one of a file and are shown before it, if they can be decoded. In ticks.
struct Leading {
    std::int64_t key = 0;    ///< when that first one is shown
    std::int64_t first = 0;  ///< and the first of the others
    bool operator==(const Leading&) const = default;
};

/// Where some bytes of a file lie.
struct Bytes {
    std::int64_t at = 0;
    std::int64_t count = 0;
    bool operator==(const Bytes&) const = default;
};

/// What could not be decoded, so that it is in no span.
struct Lost {
    std::int64_t at_us = 0;  ///< from the clip's beginning, as far as its spans are laid one after the other
    std::int64_t us = 0;     ///< 0: nothing says how much
    bool operator==(const Lost&) const = default;
};

/// What ffprobe says of a clip, and the .MOI beside it of its shape: all that decides how it is normalised. Nothing
/// here is a guess.
struct Facts {
    std::string container;  ///< ffprobe's format_name
    int stream = 0;         ///< absolute index of the video stream
    std::string stream_id;  ///< the container's own number of it, "0x1e0"; empty where it has none
    std::string codec;
    int tracks = 1;  ///< how many streams of pictures hold at least half as much as this one, itself among them
    int width = 0;   ///< as stored, before rotation and pixel aspect
    int height = 0;
    Rational sample_aspect{1, 1};
    int rotation = 0;  ///< degrees clockwise to turn for display: 0, 90, 180, 270
    std::string pixel_format;
    std::string field_order;  ///< progressive, tt, bb, tb, bt, or unknown
    std::string color_range;  ///< tv, pc, or unknown
    std::string color_space;
    std::string color_primaries;
    std::string color_transfer;
    Rational rate;                        ///< average frames (not fields) per second; 0/1 when unknown
    Rational time_base;                   ///< of the video stream
    std::int64_t start_pts = 0;           ///< of the first picture, in time_base
    std::int64_t start_us = 0;            ///< the same on the file's clock
    std::int64_t container_start_us = 0;  ///< what ffmpeg's -ss counts from
    std::int64_t duration_us = 0;         ///< of the picture; 0: not known
    std::int64_t claimed_us = 0;          ///< what its header says, where that is more than there is; else 0
    std::int64_t lost_us = 0;             ///< before its first picture lie others that cannot be decoded: so much
    std::vector<Lost> damaged{};          ///< what of it cannot be read, or found; see is_end_lost()
    std::int64_t pictures = 0;            ///< as the header counts them; 0: it does not
    bool is_last_short = false;           ///< ffmpeg takes its last picture to be less than half as long as the others
    bool has_start = true;                ///< whether anything says when the first picture is shown
    bool measured = false;                ///< by reading all of it, not by what its header says
    std::optional<std::int64_t> recovery_us{};  ///< measure::recovery_us(); unknown until a film enters its middle
    std::optional<Sound> sound;
    std::optional<std::string> creation_time;    ///< ISO 8601, from the container
    std::optional<std::string> creation_date{};  ///< Apple's, with its offset
    std::optional<std::string> date_recorded{};  ///< Matroska's
    Camera camera{};
    // The next four only the first look at a file needs; they are not kept.
    std::optional<Leading> leading{};
    int reordered = 0;               ///< how many pictures a decoder holds back before it shows one
    bool is_begin_doubtful = false;  ///< whether its first picture need not be a key picture
    Bytes first_picture{};           ///< none: it is not said where it lies
    std::optional<bool> wide{};      ///< what a .MOI says of its shape: 16:9, else 4:3; in sample_aspect, too
    bool operator==(const Facts&) const = default;
};

bool interlaced(const Facts& facts);

/// Whether something lies behind its end that no film shows: fragments that cannot be found, or what its clock begins
/// anew for.
bool is_end_lost(const Facts& facts);

/// Whether the top field of an interlaced picture is the earlier one. In QuickTime (`fiel` 9 and 14: "spatial first
/// line early" and "late") and in Matroska, "tb" is top field first and "bt" bottom field first, whatever ffmpeg's
/// header says of them; in MXF, "tb" is bottom field first.
bool top_field_first(const Facts& facts);

/// A wild aspect is a broken header, not an anamorphic lens (2:1 is the widest made).
bool is_believable_aspect(Rational sample_aspect);

/// Whether a text is a container's own number of a stream, "0x1e0", or empty.
bool is_stream_id(const std::string& text);

struct Size {
    int width = 0;
    int height = 0;
    bool operator==(const Size&) const = default;
};

/// The picture's size in square pixels, upright: rotation and sample aspect applied (the longer way, never shrinking).
Size display_size(const Facts& facts);

/// Of what is written. A later one reads what an earlier one wrote: a field that it adds has a value that stands for
/// "not known". A clip of the library that has facts of an earlier one is looked into again by the next ingest of its
/// place.
inline constexpr int kFactsVersion = 6;

void to_json(nlohmann::json& json, const Lost& lost);
/// Throws nlohmann::json::exception on a missing or wrong field.
void from_json(const nlohmann::json& json, Lost& lost);
void to_json(nlohmann::json& json, const Facts& facts);
/// Throws nlohmann::json::exception on a missing or wrong field, Error(general) for figures that no recording has.
void from_json(const nlohmann::json& json, Facts& facts);

}  // namespace dadcam::footage

#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

/// What ffprobe writes of streams, field by field: what is not there, or is of another kind, is `otherwise`.
namespace dadcam::footage {

std::string text_of(const nlohmann::json& object, const char* field, const std::string& otherwise = {});
std::int64_t integer_of(const nlohmann::json& object, const char* field, std::int64_t otherwise = 0);

/// ffprobe writes times as text. Nothing for what is no finite number.
std::optional<double> seconds_in(const std::string& value);

/// ffprobe writes counts as text; 0 when it has none.
std::int64_t count_of(const nlohmann::json& stream, const char* field);

/// In seconds, as the header says of this stream.
std::optional<double> duration_of(const nlohmann::json& stream);

/// Whether there are several streams of pictures, of which the header does not tell how many each holds.
bool has_to_be_counted(const nlohmann::json& document);

/// Of several streams of a kind the one that holds most: beside the recording there may be a preview, or a sound that
/// lasts for less than half of the other. Of equals the one that a player would take: the default one, else the first.
/// Pictures of covers are none; nullptr: there is none.
const nlohmann::json* choose_stream(const nlohmann::json& streams, const std::string& kind);

/// How many streams are of the kind of a chosen one, itself among them; of pictures without those that hold less than
/// half as much, which are previews.
int tracks_beside(const nlohmann::json& streams, const nlohmann::json& chosen);

/// Whether ffprobe met no key picture in what it looked at, which alone says how large the pictures of MPEG-TS and -PS
/// are: a recording that was cut, and whose key pictures lie far apart.
bool is_key_farther(const nlohmann::json& document);

}  // namespace dadcam::footage

#pragma once

#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/zone.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace dadcam::app {

/// A clip as an object of a listing.
nlohmann::ordered_json clip_json(const library::Library& library, const footage::Clip& clip, const Zone& zone);

/// When it was recorded and how that is known: recordedAt, recordedLocal, recordedAtSource, recordedAtEstimated.
nlohmann::ordered_json recorded_json(const footage::RecordedAt& recorded, const Zone& zone);

/// The local time: "2019-07-14 18:30", with a mark where it is estimated.
std::string recorded_text(const footage::RecordedAt& recorded, const Zone& zone);

/// Where that is known from, in words: "its name; an estimate".
std::string from_where(const footage::RecordedAt& recorded);

/// "1:23", with a mark where only a header that need not be right says it.
std::string length_of(const footage::Facts& facts);

/// Whether its file is not where it was.
bool is_missing(const library::Library& library, const footage::Clip& clip);

}  // namespace dadcam::app

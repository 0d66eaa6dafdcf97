#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/recorded_at.hpp>
#include <libdadcam/footage/span.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace dadcam::footage {

/// One source file with a video stream, as the library knows it.
struct Clip {
    std::int64_t id = 0;
    std::string path;  ///< relative to the library root wherever the file is inside it, else absolute
    std::string content_id;
    std::string sampled_id{};  ///< of what lies between its ends; empty when it was not taken, or nothing does
    std::string whole_id{};    ///< of a file that was mended between its ends: a hash of all of it; else empty
    FileState state;
    Facts facts;
    std::vector<Span> spans{};  ///< in an export: what was measured of it; empty: its facts tell all
    RecordedAt recorded;
    std::string camera{};           ///< as its file says, else its card's folders; empty: nothing does
    std::string event;              ///< the name of the folder that the clip came from
    std::vector<std::string> tags;  ///< sorted
    bool operator==(const Clip&) const = default;
};

/// Where in its clip one of its spans begins, in microseconds; 0 for nullptr, the whole file.
std::int64_t begin_of(const Clip& clip, const Span* span);

/// What the clip's segments and measurements go by: its content, as far as it is known.
const std::string& rendering_id(const Clip& clip);

/// As an entry of a run's inputs_snapshot; the tags of that day are not part of it. Names come back byte for byte,
/// UTF-8 or not.
void to_json(nlohmann::json& json, const Clip& clip);
/// Throws nlohmann::json::exception on a missing or wrong field.
void from_json(const nlohmann::json& json, Clip& clip);

}  // namespace dadcam::footage

#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/recorded_at.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace dadcam::footage {

/// One source file with a video stream, as the library knows it.
struct Clip {
    std::int64_t id = 0;
    std::string path;  ///< relative to the library root wherever the file is inside it, else absolute
    std::string content_id;
    FileState state;
    Facts facts;
    RecordedAt recorded;
    std::string event;              ///< the name of the folder that the clip came from
    std::vector<std::string> tags;  ///< sorted
    bool operator==(const Clip&) const = default;
};

/// As an entry of a run's inputs_snapshot; the tags of that day are not part of it. Names come back byte for byte,
/// UTF-8 or not.
void to_json(nlohmann::json& json, const Clip& clip);
/// Throws nlohmann::json::exception on a missing or wrong field.
void from_json(const nlohmann::json& json, Clip& clip);

}  // namespace dadcam::footage

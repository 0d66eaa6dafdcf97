#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::recipe {

/// The preset of drafts: no recipe's, but of what is exported as one.
inline constexpr const char* kDraft = "draft";

/// The preset that copies the clips' pictures, packet by packet.
inline constexpr const char* kOriginal = "original";

/// How a film is encoded. Stored whole in a run's snapshot, so that an old run reruns as it was.
struct Preset {
    std::string name;       ///< share, archive, original, draft
    std::string label;      ///< "Share (H.264)"
    std::string extension;  ///< of the film, without the dot
    std::string muxer;      ///< ffmpeg's name of the film's container
    std::string pixel_format;
    std::vector<std::string> encoders;  ///< that ffmpeg must have
    std::vector<std::string>
        video_arguments;  ///< of a segment; the thread count is part of it: it changes bytes. None: pictures are copied
    std::vector<std::string>
        sound_arguments;  ///< of the film, which is silent without; a segment's sound is always PCM
    bool operator==(const Preset&) const = default;
};

/// Whether no picture is rendered: then a segment holds sound alone, and a film without sound has none.
bool copies_pictures(const Preset& preset);
/// Whether the film has sound: only one whose pictures are copied can have none, if no clip of it has any.
bool has_sound(const Preset& preset);

/// All there are.
std::span<const Preset> presets();

/// Throws Error(usage) naming the presets there are.
const Preset& find_preset(std::string_view name);

void to_json(nlohmann::json& json, const Preset& preset);
/// Throws nlohmann::json::exception on a missing or wrong field; Error(general) for arguments that would make ffmpeg do
/// anything else than encode: a snapshot can come from anyone.
void from_json(const nlohmann::json& json, Preset& preset);

}  // namespace dadcam::recipe

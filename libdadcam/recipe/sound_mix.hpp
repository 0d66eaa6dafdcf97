#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dadcam::recipe {

/// How a film's sound is finished. As it is here, it is the clips' own.
struct SoundMix {
    std::optional<double> loudness;  ///< LUFS that each clip is brought to; absent: as it was recorded
    std::vector<std::string> music;  ///< stored paths, in their order
    bool music_once = false;         ///< not over and over until the film ends
    double music_level = -24;        ///< LUFS
    double duck = 12;                ///< dB by which it sinks under clips that have something to say
    bool clip_sound = true;          ///< false: the music alone is heard
    bool operator==(const SoundMix&) const = default;
};

/// Whether the film's sound is anything else than its clips'.
inline bool changes_sound(const SoundMix& mix) {
    return mix.loudness || !mix.music.empty() || !mix.clip_sound;
}

/// "-16" LUFS, or "off". Error(usage) for other text, and outside -40 to -5.
std::optional<double> parse_loudness(std::string_view text);

/// Throws Error(usage).
void validate(const SoundMix& mix);

/// As fields of a recipe. What is not there is as it was before there was any of this.
void add_to(nlohmann::json& json, const SoundMix& mix);
/// Throws nlohmann::json::exception on a wrong field.
SoundMix sound_mix_in(const nlohmann::json& json);

}  // namespace dadcam::recipe

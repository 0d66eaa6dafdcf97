#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::recipe {
namespace {

/// x264's output depends on its thread count, so it is pinned. filter_units drops the SEI (NAL type 6) in which x264
/// writes its version and settings: the film has no encoder strings.
std::vector<std::string> x264(const char* speed, const char* crf, const char* threads) {
    return {"-c:v",     "libx264", "-preset",    speed,   "-crf",   crf,
            "-pix_fmt", "yuv420p", "-threads:v", threads, "-bsf:v", "filter_units=remove_types=6"};
}

const std::array<Preset, 4> kPresets{
    Preset{"share",
           "Share (H.264)",
           "mp4",
           "mp4",
           "yuv420p",
           {"libx264", "aac"},
           x264("medium", "20", "4"),
           {"-c:a", "aac", "-b:a", "160k"}},
    Preset{"archive",
           "Archive (ProRes)",
           "mov",
           "mov",
           "yuv422p10le",
           {"prores_ks"},
           {"-c:v", "prores_ks", "-profile:v", "3", "-vendor", "apl0", "-pix_fmt", "yuv422p10le", "-threads:v", "4"},
           {"-c:a", "pcm_s16le"}},
    Preset{
        kOriginal, "Original (pictures copied)", "mp4", "mp4", "yuv420p", {"aac"}, {}, {"-c:a", "aac", "-b:a", "160k"}},
    Preset{kDraft,
           "Draft (H.264)",
           "mp4",
           "mp4",
           "yuv420p",
           {"libx264", "aac"},
           x264("ultrafast", "32", "1"),
           {"-c:a", "aac", "-b:a", "160k"}},
};

constexpr std::array<std::string_view, 11> kOptions{"-c:v",       "-preset", "-crf", "-pix_fmt", "-threads:v", "-bsf:v",
                                                    "-profile:v", "-vendor", "-c:a", "-b:a",     "-g"};

bool is_word(std::string_view text) {
    return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("_+=.-").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

/// Known options, each with a plain word: nothing that names a file, a filter or a further output.
bool is_harmless(const std::vector<std::string>& arguments) {
    if (arguments.size() % 2 != 0) return false;
    for (std::size_t at = 0; at < arguments.size(); at += 2) {
        if (std::find(kOptions.begin(), kOptions.end(), arguments[at]) == kOptions.end()) return false;
        if (!is_word(arguments[at + 1])) return false;
    }
    return true;
}

}  // namespace

bool copies_pictures(const Preset& preset) {
    return preset.video_arguments.empty();
}

bool has_sound(const Preset& preset) {
    return !preset.sound_arguments.empty();
}

std::span<const Preset> presets() {
    return kPresets;
}

const Preset& find_preset(std::string_view name) {
    for (const Preset& preset : kPresets) {
        if (preset.name == name) return preset;
    }
    throw Error(Category::usage, fmt::format("There is no preset named \"{}\".", name),
                "Use share, archive or original.");
}

void to_json(nlohmann::json& json, const Preset& preset) {
    json = {{"name", preset.name},
            {"label", preset.label},
            {"extension", preset.extension},
            {"muxer", preset.muxer},
            {"pixelFormat", preset.pixel_format},
            {"encoders", preset.encoders},
            {"videoArguments", preset.video_arguments},
            {"soundArguments", preset.sound_arguments}};
}

void from_json(const nlohmann::json& json, Preset& preset) {
    json.at("name").get_to(preset.name);
    json.at("label").get_to(preset.label);
    json.at("extension").get_to(preset.extension);
    json.at("muxer").get_to(preset.muxer);
    json.at("pixelFormat").get_to(preset.pixel_format);
    json.at("encoders").get_to(preset.encoders);
    json.at("videoArguments").get_to(preset.video_arguments);
    json.at("soundArguments").get_to(preset.sound_arguments);
    const bool known_container = preset.muxer == "mp4" || preset.muxer == "mov";
    if (!known_container || !is_word(preset.pixel_format) || !is_harmless(preset.video_arguments) ||
        !is_harmless(preset.sound_arguments)) {
        throw Error(Category::general, fmt::format("The export's preset \"{}\" is not one of dadcam's.", preset.name),
                    "Another program has changed the database. Export the recipe again.");
    }
}

}  // namespace dadcam::recipe

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/name_as_json.hpp>
#include <libdadcam/recipe/sound_mix.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::recipe {
namespace {

constexpr double kQuietest = -40, kLoudest = -5;  // LUFS: between them lies what films and broadcasts have
constexpr double kQuietestMusic = -60;
constexpr double kMostDuck = 40;
constexpr std::size_t kMostMusic = 1000;

[[noreturn]] void refuse_sound(std::string message, std::string advice) {
    throw Error(Category::usage, std::move(message), std::move(advice));
}

bool within(double value, double from, double to) {
    return value >= from && value <= to;  // NaN is nowhere
}

}  // namespace

std::optional<double> parse_loudness(std::string_view text) {
    if (text == "off") return std::nullopt;
    double level = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
    if (error != std::errc() || end != text.data() + text.size() || !within(level, kQuietest, kLoudest)) {
        refuse_sound(fmt::format("\"{}\" is not a loudness.", text),
                     fmt::format("Give LUFS from {} to {}, for example -16; or off.", kQuietest, kLoudest));
    }
    return level;
}

void validate(const SoundMix& mix) {
    if (mix.loudness && !within(*mix.loudness, kQuietest, kLoudest)) parse_loudness(fmt::format("{}", *mix.loudness));
    if (!within(mix.music_level, kQuietestMusic, kLoudest)) {
        refuse_sound("--music-level is out of range.",
                     fmt::format("Give LUFS from {} to {}, for example -24.", kQuietestMusic, kLoudest));
    }
    if (!within(mix.duck, 0, kMostDuck)) {
        refuse_sound("--duck is not a sensible number of decibels.", fmt::format("Give 0 to {}.", kMostDuck));
    }
    if (mix.music.size() > kMostMusic) {
        refuse_sound("There are too many pieces of music.", fmt::format("Give at most {}.", kMostMusic));
    }
    if (std::find(mix.music.begin(), mix.music.end(), std::string()) != mix.music.end())
        refuse_sound("A piece of music has no name.", "Name a file.");
    if (!mix.clip_sound && mix.music.empty()) {
        refuse_sound("With --clip-sound off and no music, the film would be silent.", "Give --music FILE as well.");
    }
}

void add_to(nlohmann::json& json, const SoundMix& mix) {
    json["loudness"] = mix.loudness ? nlohmann::json(*mix.loudness) : nlohmann::json();
    json["music"] = nlohmann::json::array();
    for (const auto& piece : mix.music) json["music"].push_back(footage::name_as_json(piece));
    json["musicOnce"] = mix.music_once;
    json["musicLevel"] = mix.music_level;
    json["duck"] = mix.duck;
    json["clipSound"] = mix.clip_sound;
}

SoundMix sound_mix_in(const nlohmann::json& json) {
    SoundMix mix;
    if (const auto found = json.find("loudness"); found != json.end() && !found->is_null()) {
        mix.loudness = found->get<double>();
    }
    for (const auto& piece : json.value("music", nlohmann::json::array())) mix.music.push_back(footage::as_name(piece));
    mix.music_once = json.value("musicOnce", mix.music_once);
    mix.music_level = json.value("musicLevel", mix.music_level);
    mix.duck = json.value("duck", mix.duck);
    mix.clip_sound = json.value("clipSound", mix.clip_sound);
    return mix;
}

}  // namespace dadcam::recipe

#include <algorithm>
#include <array>
#include <cmath>
#include <libdadcam/footage/first_packets.hpp>
#include <libdadcam/footage/probe_stream.hpp>
#include <nlohmann/json.hpp>
#include <string_view>

namespace dadcam::footage {

std::vector<FirstPicture> first_pictures(const nlohmann::json& document, int stream) {
    std::vector<FirstPicture> pictures;
    const auto packets = document.find("packets");
    if (packets == document.end() || !packets->is_array()) return pictures;
    for (const auto& packet : *packets) {
        if (integer_of(packet, "stream_index", -1) != stream) continue;
        const auto flags = text_of(packet, "flags");
        FirstPicture picture;
        if (packet.contains("pts")) picture.pts = integer_of(packet, "pts");
        picture.duration = integer_of(packet, "duration");
        picture.bytes = {count_of(packet, "pos"), count_of(packet, "size")};
        picture.is_key = flags.starts_with('K');
        picture.is_hidden = flags.find('D') != std::string::npos;
        pictures.push_back(picture);
    }
    return pictures;
}

std::optional<Leading> leading_in(const std::vector<FirstPicture>& pictures, Rational time_base) {
    std::optional<std::int64_t> key, first;
    for (const auto& picture : pictures) {
        if (picture.is_hidden) continue;
        if (!picture.pts || picture.is_key == key.has_value()) break;
        if (std::abs(static_cast<double>(*picture.pts) * time_base.value()) > kFarthestStart) break;
        if (!key)
            key = picture.pts;
        else if (*picture.pts < first.value_or(*key))
            first = picture.pts;
    }
    return first ? std::optional(Leading{*key, *first}) : std::nullopt;
}

std::optional<std::int64_t> true_start(const std::vector<FirstPicture>& pictures, std::int64_t start) {
    std::vector<std::int64_t> shown;
    for (const auto& picture : pictures) {
        if (picture.is_hidden) continue;
        if (!picture.pts) return std::nullopt;
        shown.push_back(*picture.pts);
    }
    if (shown.empty()) return std::nullopt;
    if (const auto first = *std::min_element(shown.begin(), shown.end()); start < first) return first;
    const bool is_another = std::find(shown.begin(), shown.end(), start) != shown.end();
    return is_another && shown.front() < start ? std::optional(shown.front()) : std::nullopt;
}

bool is_begin_doubtful(const std::vector<FirstPicture>& pictures, const std::string& codec) {
    constexpr std::array<std::string_view, 9> kOnlyKeys{"mjpeg", "dvvideo", "prores",   "rawvideo", "dnxhd",
                                                        "v210",  "huffyuv", "jpeg2000", "cfhd"};
    if (std::find(kOnlyKeys.begin(), kOnlyKeys.end(), codec) != kOnlyKeys.end()) return false;
    if (codec == "h264" || pictures.empty()) return true;
    const auto is_key = [](const auto& picture) { return picture.is_key; };
    const auto& first = pictures.front();
    return !first.is_key || (!first.is_hidden && std::all_of(pictures.begin(), pictures.end(), is_key));
}

bool is_any_short(const std::vector<FirstPicture>& pictures, Rational rate, Rational time_base) {
    if (!rate.positive()) return false;
    const double half = 0.5 / rate.value();
    return std::any_of(pictures.begin(), pictures.end(), [&](const auto& picture) {
        return static_cast<double>(picture.duration) * time_base.value() < half;
    });
}

}  // namespace dadcam::footage

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
        picture.bytes = count_of(packet, "size");
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

bool is_begin_doubtful(const std::vector<FirstPicture>& pictures, const std::string& codec) {
    constexpr std::array<std::string_view, 9> kOnlyKeys{"mjpeg", "dvvideo", "prores",   "rawvideo", "dnxhd",
                                                        "v210",  "huffyuv", "jpeg2000", "cfhd"};
    constexpr double kLarger = 1.5;
    if (std::find(kOnlyKeys.begin(), kOnlyKeys.end(), codec) != kOnlyKeys.end()) return false;
    if (pictures.empty() || !pictures.front().is_key) return true;
    if (pictures.front().is_hidden && codec != "h264") return false;
    std::int64_t largest = 0;
    for (const auto& picture : pictures)
        if (!picture.is_key) largest = std::max(largest, picture.bytes);
    return largest == 0 || static_cast<double>(pictures.front().bytes) < kLarger * static_cast<double>(largest);
}

}  // namespace dadcam::footage

#include <algorithm>
#include <libdadcam/footage/date_in_avchd.hpp>
#include <libdadcam/footage/wall_time.hpp>

namespace dadcam::footage {
namespace {

constexpr std::string_view kStartCode("\0\0\1", 3);
constexpr std::string_view kMdpm("\x17\xee\x8c\x60\xf8\x4d\x11\xd9\x8c\xd6\x08\x00\x20\x0c\x9a\x66MDPM", 20);

constexpr unsigned kSei = 6, kUserData = 5;
constexpr std::size_t kLongestSei = 1 << 16;

unsigned octet_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

/// Without the bytes 3 that keep two zeros from looking like a start code.
std::string without_emulation_prevention(std::string_view unit) {
    std::string bytes;
    std::size_t zeros = 0;
    for (const char byte : unit) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        bytes.push_back(byte);
    }
    return bytes;
}

/// A number of an SEI message: as many bytes 255 as there are, and one more, all added up.
std::size_t take_number(std::string_view& bytes) {
    std::size_t number = 0;
    while (!bytes.empty()) {
        const auto byte = octet_at(bytes, 0);
        bytes.remove_prefix(1);
        number += byte;
        if (byte != 0xff) break;
    }
    return number;
}

/// 0x40 summer time, which the hours include; 0x20 west; 0x1e hours; 0x01 half an hour. 0xff: not set.
std::optional<std::chrono::minutes> zone_of(unsigned byte) {
    if (byte == 0xff) return {};
    const auto offset = std::chrono::hours{byte >> 1U & 0xfU} + std::chrono::minutes{(byte & 1U) * 30};
    const auto east = (byte & 0x20U) != 0 ? -offset : offset;
    if (!is_offset(east)) return {};
    return east;
}

/// `tags`: how many there are, and five bytes each.
std::optional<Told> read_tags(std::string_view tags) {
    constexpr std::size_t kTag = 5;
    std::string_view month, day;
    const std::size_t count = octet_at(tags, 0);
    for (std::size_t i = 0; i < count && 1 + (i + 1) * kTag <= tags.size(); ++i) {
        const auto tag = tags.substr(1 + i * kTag, kTag);
        if (octet_at(tag, 0) == 0x18 && month.empty()) month = tag;
        if (octet_at(tag, 0) == 0x19 && day.empty()) day = tag;
    }
    if (month.empty() || day.empty()) return {};
    const auto bcd = [](std::string_view tag, std::size_t at) { return from_bcd(octet_at(tag, at)); };
    if (bcd(month, 2) < 0 || bcd(month, 3) < 0) return {};
    const auto wall = wall_time(
        {bcd(month, 2) * 100 + bcd(month, 3), bcd(month, 4), bcd(day, 1), bcd(day, 2), bcd(day, 3), bcd(day, 4)});
    if (!wall) return {};
    const auto zone = zone_of(octet_at(month, 1));
    return Told{zone ? at_offset(*wall, *zone) : Moment{wall, {}}, false};
}

/// `messages`: what is behind the byte that says that the unit is an SEI.
std::optional<Told> read_sei(std::string_view messages) {
    while (!messages.empty()) {
        const auto kind = take_number(messages);
        const auto size = take_number(messages);
        const auto payload = messages.substr(0, size);
        messages.remove_prefix(payload.size());
        if (kind != kUserData || !payload.starts_with(kMdpm)) continue;
        if (const auto found = read_tags(payload.substr(kMdpm.size()))) return found;
    }
    return {};
}

/// 188 or 192, and where the first packet begins; 0 when these bytes are no transport stream.
std::size_t packet_bytes(std::string_view bytes) {
    constexpr char kSync = 0x47;
    for (const std::size_t size : {std::size_t{188}, std::size_t{192}}) {
        const auto sync = size - 188;
        bool all = bytes.size() >= size;
        for (std::size_t i = 0; i < 4 && i * size + sync < bytes.size(); ++i)
            all = all && bytes[i * size + sync] == kSync;
        if (all) return size;
    }
    return 0;
}

struct TransportPacket {
    unsigned pid = 0;
    bool begins_pes = false;
    std::string_view payload;
};

/// `packet`: its 188 bytes.
TransportPacket read_packet(std::string_view packet) {
    const auto control = octet_at(packet, 3);
    std::size_t header = 4;
    if ((control & 0x20U) != 0) header += 1 + octet_at(packet, 4);
    const bool carries = (control & 0x10U) != 0 && header < packet.size();
    return {(octet_at(packet, 1) & 0x1fU) << 8U | octet_at(packet, 2), (octet_at(packet, 1) & 0x40U) != 0,
            carries ? packet.substr(header) : std::string_view()};
}

bool is_video_pes(std::string_view payload) {
    return payload.starts_with(kStartCode) && (octet_at(payload, 3) & 0xf0U) == 0xe0;
}

std::string_view behind_pes_header(std::string_view payload) {
    constexpr std::size_t kFixed = 9;
    return payload.substr(std::min(payload.size(), kFixed + octet_at(payload, kFixed - 1)));
}

}  // namespace

std::optional<Told> avchd_date(std::string_view h264) {
    for (auto at = h264.find(kStartCode); at != std::string_view::npos; at = h264.find(kStartCode, at)) {
        at += kStartCode.size();
        if ((octet_at(h264, at) & 0x1fU) != kSei) continue;
        const auto end = h264.find(kStartCode, at);
        const auto unit = h264.substr(at, std::min(end == std::string_view::npos ? end : end - at, kLongestSei));
        if (const auto found = read_sei(std::string_view(without_emulation_prevention(unit)).substr(1))) return found;
    }
    return {};
}

std::string h264_of_transport(std::string_view bytes) {
    bytes = bytes.substr(0, kTransportBytes);
    const auto size = packet_bytes(bytes);
    std::optional<unsigned> video;
    std::string h264;
    for (std::size_t at = 0; size > 0 && at + size <= bytes.size(); at += size) {
        const auto packet = read_packet(bytes.substr(at + size - 188, 188));
        const bool begins_video = packet.begins_pes && is_video_pes(packet.payload);
        if (!video && begins_video) video = packet.pid;
        if (video != packet.pid) continue;
        h264 += begins_video ? behind_pes_header(packet.payload) : packet.payload;
    }
    return h264;
}

}  // namespace dadcam::footage

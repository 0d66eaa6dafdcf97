#include <algorithm>
#include <array>
#include <cstdint>
#include <libdadcam/measure/byte_at.hpp>
#include <libdadcam/measure/headers.hpp>

namespace dadcam::measure {
namespace {

constexpr std::string_view kStart("\0\0\1", 3);
constexpr std::size_t kTransportPacket = 188;
constexpr char kTransportSync = 0x47;

/// What a packet of the stream carries, as far as it lies in one piece: behind the header of its PES packet.
std::string_view payload(std::string_view bytes) {
    // A recorder's transport packets have a time of four bytes in front of each.
    const auto sync = bytes.substr(0, 5).find(kTransportSync);
    const bool transport = sync == 0 || sync == 4;
    if (transport) bytes = bytes.substr(sync, kTransportPacket);
    const auto start = bytes.find(kStart);
    if (start == std::string_view::npos || byte_at(bytes, start + 3) < 0xbd) return {};
    constexpr std::size_t kFixed = 9;
    const auto begin = start + kFixed + byte_at(bytes, start + kFixed - 1);
    return begin < bytes.size() ? bytes.substr(begin) : std::string_view();
}

/// The bytes behind a start code of a kind, up to the next one.
template <typename IsKind>
std::string_view unit(std::string_view bytes, IsKind is_kind) {
    for (auto at = bytes.find(kStart); at != std::string_view::npos; at = bytes.find(kStart, at + 1)) {
        if (!is_kind(byte_at(bytes, at + 3))) continue;
        const auto end = bytes.find(kStart, at + 3);
        return bytes.substr(at + 3, end == std::string_view::npos ? end : end - at - 3);
    }
    return {};
}

/// An MPEG-2 extension of that kind, from its kind on (ISO/IEC 13818-2, 6.2.2.2).
std::string_view extension(std::string_view bytes, unsigned kind) {
    constexpr unsigned kExtension = 0xb5;
    for (auto at = bytes.find(kStart); at != std::string_view::npos; at = bytes.find(kStart, at + 1)) {
        if (byte_at(bytes, at + 3) == kExtension && byte_at(bytes, at + 4) >> 4U == kind) return bytes.substr(at + 4);
    }
    return {};
}

/// Width, height, shape and rate: the four bytes behind a sequence header's code. With MPEG-2 also whether all of its
/// pictures are progressive.
std::string sequence(std::string_view bytes) {
    const auto header = unit(bytes, [](unsigned code) { return code == 0xb3; });
    if (header.size() < 5) return {};
    constexpr unsigned kSequence = 1;
    return std::string(header.substr(1, 4)) + static_cast<char>(byte_at(extension(bytes, kSequence), 1) & 0x08U);
}

/// A sequence's parameters, whole. One that is cut by the end of the packet is none.
std::string parameters(std::string_view bytes, unsigned mask, unsigned kind) {
    const auto found = unit(bytes, [&](unsigned code) { return (code & 0x80U) == 0 && (code & mask) == kind; });
    const bool whole = !found.empty() && found.data() + found.size() != bytes.data() + bytes.size();
    return whole ? std::string(found) : std::string();
}

/// The system and the shape of a frame of DV: it has no other header than what is told in its blocks of 80 bytes. Of
/// these it looks at the packs that ffmpeg looks at: the source control pack says whether it is 16:9.
std::string dv(std::string_view bytes) {
    constexpr std::size_t kSystem = 3, kTrack = 4, kControl = 80 * 5 + 3 + 10 * 5, kShape = kControl + 2;
    constexpr unsigned kHeaderBlock = 0x1f, kControlPack = 0x61;
    if (bytes.size() <= kShape || byte_at(bytes, 0) != kHeaderBlock || byte_at(bytes, kControl) != kControlPack)
        return {};
    return {static_cast<char>(byte_at(bytes, kSystem) & 0x80U), static_cast<char>(byte_at(bytes, kTrack) & 0x07U),
            static_cast<char>(byte_at(bytes, kShape) & 0x07U)};
}

/// The rate and how the channels are coded. Only at the packet's beginning, where a sound's access unit begins.
std::string ac3(std::string_view bytes) {
    constexpr std::size_t kSubstream = 4;  // what MPEG-PS has in front of it
    for (const std::size_t at : {std::size_t{0}, kSubstream}) {
        if (byte_at(bytes, at) != 0x0b || byte_at(bytes, at + 1) != 0x77) continue;
        return {static_cast<char>(byte_at(bytes, at + 4) >> 6U), static_cast<char>(byte_at(bytes, at + 6) >> 5U)};
    }
    return {};
}

std::string adts(std::string_view bytes) {
    if (byte_at(bytes, 0) != 0xff || (byte_at(bytes, 1) & 0xf6U) != 0xf0) return {};
    return {static_cast<char>(byte_at(bytes, 2) & 0xfdU), static_cast<char>(byte_at(bytes, 3) & 0xc0U)};
}

/// The length of a frame of MPEG-1 layer II; 0 when these bytes begin none.
std::size_t frame_bytes(std::string_view bytes) {
    constexpr std::array<unsigned, 15> kKilobits{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
    constexpr std::array<unsigned, 3> kRates{44100, 48000, 32000};
    const auto bit_rate = byte_at(bytes, 2) >> 4U, rate = byte_at(bytes, 2) >> 2U & 3U;
    if (byte_at(bytes, 0) != 0xff || (byte_at(bytes, 1) & 0xfeU) != 0xfc || bit_rate == 0 || bit_rate == 15 ||
        rate == 3)
        return 0;
    return 144'000 * kKilobits[bit_rate] / kRates[rate] + (byte_at(bytes, 2) >> 1U & 1U);
}

/// The rate, and whether there is one channel; of a frame behind which another one of its kind begins: sound has bytes
/// that look like a frame's beginning.
std::string layer_2(std::string_view bytes) {
    const auto kind_at = [&](std::size_t at) {
        return std::string{static_cast<char>(byte_at(bytes, at + 2) >> 2U & 3U),
                           static_cast<char>(byte_at(bytes, at + 3) >> 6U == 3U)};
    };
    for (std::size_t at = 0; at + 4 < bytes.size(); ++at) {
        const auto next = at + frame_bytes(bytes.substr(at));
        if (next == at || next + 4 > bytes.size() || frame_bytes(bytes.substr(next)) == 0) continue;
        if (kind_at(at) == kind_at(next)) return kind_at(at);
    }
    return {};
}

/// An unsigned number in Exp-Golomb code at the beginning of some bytes (ISO/IEC 14496-10, 9.1); at most 16 bits of it.
int exp_golomb(std::string_view bytes) {
    constexpr unsigned kMostZeros = 16;
    const auto bit = [&](unsigned at) { return byte_at(bytes, at / 8) >> (7U - at % 8U) & 1U; };
    unsigned zeros = 0;
    while (zeros <= kMostZeros && bit(zeros) == 0) ++zeros;
    if (zeros > kMostZeros) return 0;
    unsigned value = 0;
    for (unsigned at = zeros; at <= 2 * zeros; ++at) value = value << 1U | bit(at);
    return static_cast<int>(value - 1);
}

/// What the message of that type says in a unit of supplemental information; empty where there is none (7.3.2.3.1).
std::string_view message(std::string_view unit, unsigned type) {
    const auto number = [&] {
        unsigned sum = 0;
        while (!unit.empty() && byte_at(unit, 0) == 0xff) {
            sum += 0xff;
            unit.remove_prefix(1);
        }
        sum += byte_at(unit, 0);
        unit.remove_prefix(std::min<std::size_t>(1, unit.size()));
        return sum;
    };
    constexpr std::size_t kEndOfUnit = 1;
    while (unit.size() > kEndOfUnit) {
        const auto found = number();
        const std::size_t told = number(), size = std::min(told, unit.size());
        if (found == type) return unit.substr(0, size);
        unit.remove_prefix(size);
    }
    return {};
}

constexpr unsigned kSlice = 1, kIdrSlice = 5, kFill = 12;

/// The type of the first slice among units each of which lies behind its length; 0 where these bytes are none.
unsigned slice_behind_lengths(std::string_view bytes, std::int64_t packet_bytes) {
    constexpr std::size_t kLength = 4;
    for (std::size_t at = 0; at + kLength < bytes.size();) {
        std::size_t length = 0;
        for (std::size_t byte = 0; byte < kLength; ++byte) length = length << 8U | byte_at(bytes, at + byte);
        const auto code = byte_at(bytes, at + kLength), type = code & 0x1fU;
        if (length < 2 || length + kLength > static_cast<std::size_t>(packet_bytes) || (code & 0x80U) != 0) return 0;
        if (type == kSlice || type == kIdrSlice) return type;
        if (type < kIdrSlice || type > kFill) return 0;
        at += kLength + length;
    }
    return 0;
}

}  // namespace

std::string header_of(std::string_view codec, std::string_view bytes) {
    if (codec == "dvvideo") return dv(bytes);
    const auto carried = payload(bytes);
    if (codec == "mpeg2video" || codec == "mpeg1video") return sequence(carried);
    if (codec == "h264") return parameters(carried, 0x1f, 7);
    if (codec == "hevc") return parameters(carried, 0x7e, 33U << 1U);
    if (codec == "ac3") return ac3(carried);
    if (codec == "aac") return adts(carried);
    if (codec == "mp2") return layer_2(carried);
    return {};
}

char first_field_of(std::string_view codec, std::string_view bytes) {
    constexpr unsigned kPicture = 8, kBothFields = 3;
    if (codec != "mpeg2video") return 0;
    const auto coding = extension(payload(bytes), kPicture);
    const bool is_progressive = (byte_at(coding, 4) & 0x80U) != 0, is_frame = (byte_at(coding, 2) & 3U) == kBothFields;
    if (coding.size() < 5 || is_progressive || !is_frame) return 0;
    return (byte_at(coding, 3) & 0x80U) != 0 ? 't' : 'b';
}

int pictures_to_recover(std::string_view codec, std::string_view bytes) {
    return codec == "h264" ? recovery_point(payload(bytes)) : 0;
}

bool is_idr(std::string_view bytes, std::int64_t packet_bytes) {
    constexpr std::size_t kLongestPrefix = 32;
    for (std::size_t prefix = 0; prefix < std::min(bytes.size(), kLongestPrefix); ++prefix) {
        const auto rest = bytes.substr(prefix);
        if (rest.starts_with(kStart)) {
            const auto slice =
                unit(rest, [](unsigned code) { return (code & 0x9fU) == kSlice || (code & 0x9fU) == kIdrSlice; });
            return (byte_at(slice, 0) & 0x1fU) == kIdrSlice;
        }
        if (const auto type = slice_behind_lengths(rest, packet_bytes); type != 0) return type == kIdrSlice;
    }
    return false;
}

int recovery_point(std::string_view stream) {
    constexpr unsigned kInformation = 6, kRecoveryPoint = 6;
    while (true) {
        const auto information = unit(stream, [](unsigned code) { return (code & 0x9fU) == kInformation; });
        if (information.empty()) return 0;
        const auto found = message(information.substr(1), kRecoveryPoint);
        if (!found.empty()) return exp_golomb(found);
        stream.remove_prefix(static_cast<std::size_t>(information.data() + information.size() - stream.data()));
    }
}

}  // namespace dadcam::measure

#pragma once

#include <cstddef>
#include <cstdint>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/units.hpp>
#include <optional>
#include <string_view>
#include <vector>

/// The film's sound, where it is encoded: as AAC, in packets of 1024 samples, over the whole length. Several encoders
/// make it, each a part; a part begins early and ends late, and only the packets that are its own are kept.
namespace dadcam::ffmpeg {

/// Samples of a packet of AAC, and what an encoder puts before the first one (ISO/IEC 14496-3; ffmpeg's aac).
inline constexpr Samples kPacketSamples{1024};

/// What one encoder is given, and which packets of what it makes are the film's.
struct SoundPart {
    Samples from;                  ///< of the film
    Samples samples;               ///< that are encoded
    std::int64_t skipped = 0;      ///< packets at its beginning that are the part's before it
    std::int64_t kept = 0;         ///< packets from there on
    std::int64_t encoded() const;  ///< packets in all
    bool operator==(const SoundPart&) const = default;
};

/// True when the film's sound is not that of the segments as it is.
bool encodes_sound(const recipe::Preset& preset);

/// The packets of so many samples.
std::int64_t sound_packets(Samples samples);

/// Two and a half minutes. Shorter parts would encode more of what is not kept, longer ones keep fewer cores busy.
inline constexpr std::int64_t kMostPartPackets = 7000;

/// Cuts the film's sound, in parts of equal length. It follows from the length alone.
std::vector<SoundPart> cut_sound(Samples whole, std::int64_t most_packets = kMostPartPackets);

/// The bytes of a packet that is framed as ADTS, its header included; nothing when there is no such header.
std::optional<std::size_t> adts_packet_bytes(std::string_view header);
inline constexpr std::size_t kAdtsHeaderBytes = 7;

}  // namespace dadcam::ffmpeg

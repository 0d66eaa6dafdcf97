#pragma once

#include <libdadcam/footage/moment.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::footage {

/// When an AVCHD camera recorded, from bytes of H.264 with start codes: the first SEI message with user data of the
/// kind MDPM (its UUID is 17ee8c60-f84d-11d9-8cd6-0800200c9a66) that has the tags 0x18 (zone, year, month) and 0x19
/// (day and time). The wall; with a zone the instant, too. The zone includes summer time, as the file of a Sony
/// ILCE-7M3 shows. What the tags hold is described by ExifTool's documentation of the H264 MDPM tags. Pure, linear.
std::optional<Told> avchd_date(std::string_view h264);

/// How many bytes of the beginning of a file h264_of_transport() looks at.
inline constexpr std::size_t kTransportBytes = 1 << 20;

/// What the packets of the first video stream in an MPEG-TS carry, PES headers left out. The transport packets have 188
/// bytes, or 192 with a time in front, as AVCHD's (.mts, .m2ts) have. Empty for anything else. ISO/IEC 13818-1. Pure.
std::string h264_of_transport(std::string_view bytes);

}  // namespace dadcam::footage

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dadcam::measure {

/// What a stream's own header says of its kind, at a packet of MPEG-PS or MPEG-TS, or a frame of DV, that begins at
/// these bytes: the size and shape of its pictures, or the rate and the channels of its sound, as bytes that are the
/// same as long as these are. Empty where no header is found, which says nothing. `codec`: ffmpeg's name; mpeg1video,
/// mpeg2video, h264, hevc, dvvideo, ac3, mp2 and aac are known. ISO/IEC 13818-1 (PES), 13818-2, 11172-3, 13818-7
/// (ADTS), 14496-10, 23008-2; ATSC A/52; IEC 61834-2 and -4 (DV). Pure.
std::string header_of(std::string_view codec, std::string_view bytes);

/// Which field of a picture of MPEG-2 is shown first, where its two fields are two moments: 't' or 'b'; 0 where they
/// are one, or nothing is found. Pure.
char first_field_of(std::string_view codec, std::string_view bytes);

/// Behind how many pictures that others refer to a decoder that was entered at this picture of H.264 shows what was
/// meant: 0 but for a stream whose pictures are renewed bit by bit, and has no key pictures (its recovery point,
/// ISO/IEC 14496-10, D.2.8). Pure.
int pictures_to_recover(std::string_view codec, std::string_view bytes);

/// The same of the stream itself, as a packet of MPEG-PS or MPEG-TS carries it (H.264's Annex B). Pure.
int recovery_point(std::string_view stream);

/// Whether a picture of H.264 lets nothing refer to what is decoded before it (an IDR picture, 14496-10, 7.4.1.2.4): of
/// the bytes where its packet of so many bytes begins, behind what the container puts in front of it; in Annex B or
/// each unit behind its length. False where nothing is found. Pure.
bool is_idr(std::string_view bytes, std::int64_t packet_bytes);

/// Of so many pictures at least one is referred to by others.
inline constexpr std::int64_t kMostPerReferred = 4;

/// How many bytes they look at.
inline constexpr std::size_t kHeaderBytes = 2048;

}  // namespace dadcam::measure

#pragma once

#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/footage/facts.hpp>
#include <string>

namespace dadcam::ffmpeg {

/// The filters that scale a clip's pictures to `size` and bring their colours to BT.709, limited range, in square
/// pixels and `pixel_format`: any matrix and range, PQ and HLG tone-mapped, the look's LUT applied. No comma at the
/// end.
std::string to_bt709(const footage::Facts& facts, footage::Size size, const Look& look,
                     const std::string& pixel_format);

}  // namespace dadcam::ffmpeg

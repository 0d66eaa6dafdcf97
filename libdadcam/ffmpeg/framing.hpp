#pragma once

#include <libdadcam/ffmpeg/look.hpp>
#include <libdadcam/footage/facts.hpp>
#include <string>

namespace dadcam::ffmpeg {

/// A picture's size when it just fits into the frame: whole, even numbers.
footage::Size inside(footage::Size shown, footage::Size frame);

/// The filters that fill a frame with a clip's picture, in the film's colours: see to_bt709(). `label` is a word of its
/// own in the graph. No comma at the end.
std::string framing(const footage::Facts& facts, footage::Size frame, const Look& look, const std::string& pixel_format,
                    const std::string& label);

/// True when these lay the picture over a blurred copy of itself.
bool over_itself(const footage::Facts& facts, footage::Size frame, const Look& look);

}  // namespace dadcam::ffmpeg

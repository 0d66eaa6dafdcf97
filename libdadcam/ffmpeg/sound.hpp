#pragma once

#include <libdadcam/ffmpeg/picture.hpp>
#include <string>

namespace dadcam::ffmpeg {

/// A stretch of a clip's sound: samples at kSampleRate, counted from the clip's first picture.
struct SampleWindow {
    Samples from;
    Samples samples;
};

/// The filters that bring a clip's sound to exactly `window.samples` samples of 16-bit stereo at kSampleRate, in step
/// with the picture: its own offset kept, gaps and a missing end filled with silence. `facts.sound` must be there.
/// `first_second`: Seek's sound_seconds. Resampling begins at a whole second, so that it gives the same samples as an
/// uncut one. `is_spliced`: where its times jump by less than is a gap elsewhere, it follows them.
std::string sound_chain(const footage::Facts& facts, SampleWindow window, std::int64_t first_second,
                        bool is_spliced = false);

/// The same length of silence: a source, without an input.
std::string silence(Samples samples);

}  // namespace dadcam::ffmpeg

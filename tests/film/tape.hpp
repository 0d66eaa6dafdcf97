#pragma once

#include <cstdint>
#include <string>
#include <tests/film/studio.hpp>
#include <vector>

/// Recordings in containers without an index, put together of stretches.
namespace dadcam::test {

constexpr int kStretchRate = 25;

/// A stretch of a recording, a flash and a beep at each of its seconds.
struct Stretch {
    int seconds = 2;
    std::string size = "64x48";
    int sample_rate = 48000;
    int channels = 2;
    double clock = 0;  ///< seconds at which it begins
    Words other{};     ///< what its encoders and its muxer do otherwise
};

struct Container {
    std::string extension;
    Words words;  ///< the encoders and the muxer
};

extern const Container kProgramStream, kTransportStream, kH264, kTape;

/// Each is made once.
const std::string& bytes_of(const Studio& studio, const Container& container, const Stretch& stretch);

/// Takes the stretches in, one behind the other in one file; returns their seconds.
int take_tape(Studio& studio, const Container& container, const std::vector<Stretch>& stretches);

/// That a film of what is in the library, so many seconds long, has each flash and each beep at its place. `late`:
/// seconds by which a beep may be.
void check_seconds(Studio& studio, int seconds, double late = 0.005);

/// Both.
void check_tape(const Container& container, const std::vector<Stretch>& stretches, double late = 0.005);

}  // namespace dadcam::test

#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <libdadcam/units.hpp>
#include <vector>

namespace dadcam::render {

/// How much picture and sound a file holds.
struct Measured {
    Frames frames;
    Samples samples;  ///< the sound's length at kSampleRate, without what an encoder put before it
    bool operator==(const Measured&) const = default;
};

/// A run of bytes in a file.
struct Chunk {
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    bool operator==(const Chunk&) const = default;
};

/// What the index (moov) of a QuickTime or MP4 file says: of those that dadcam made, which have one picture and one
/// sound track.
struct Index {
    Measured measured;
    std::vector<Chunk> sound;  ///< where PCM sound lies, in its order; empty for any other
};

/// Reads the boxes that ISO/IEC 14496-12 and the QuickTime File Format name, never the media; the file must hold every
/// box to its end. Error(encoding_error) when it is no such file or is not whole.
Index read_index(std::istream& file, std::int64_t size);
Index index_of(const std::filesystem::path& file);

/// When a film's pictures are shown, in that order, in ticks from its beginning.
struct PictureTimes {
    std::vector<std::int64_t> times;
    std::int64_t ticks_a_second = 0;
};
/// As index_of().
PictureTimes picture_times(const std::filesystem::path& path);

/// True when a file begins as such a one, whatever else is in it: then ffmpeg reads it as nothing else.
bool begins_as_movie(const std::filesystem::path& file);

}  // namespace dadcam::render

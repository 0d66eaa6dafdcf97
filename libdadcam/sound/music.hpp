#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <libdadcam/sound/loudness.hpp>
#include <libdadcam/units.hpp>
#include <span>
#include <vector>

namespace dadcam::sound {

/// A piece of music, decoded: a file of PCM, as kSampleRate and Pcm have it.
struct Track {
    std::filesystem::path pcm;
    Samples samples;
    Loudness loudness;
    std::vector<float> peaks;  ///< true peaks, one a block
};

/// Reads such a file once, to know it. Error(encoding_error) when it cannot be read.
Track measured_track(const std::filesystem::path& pcm);

/// Where a track is played.
struct Play {
    std::size_t track = 0;
    std::int64_t from = 0;  ///< samples, on the film
    std::int64_t to = 0;
    std::int64_t fade_in = 0;  ///< samples that it shares with the one before
    bool operator==(const Play&) const = default;
};

/// Tracks one after the other, over and over until the film ends or, with `once`, each of them once. Two that follow
/// each other share up to two seconds. A track has a tenth of a second at least.
std::vector<Play> plays_of(std::span<const Samples> tracks, Samples film, bool once);

/// The music of a film. Each place of it is the same whoever asks, and in whatever parts.
class Music {
public:
    /// `level`: LUFS that each track is brought to, but no true peak of it above -1 dBTP.
    Music(std::vector<Track> tracks, Samples film, bool once, double level);

    /// Adds what is heard of it from a sample of the film on: left and right in turns, 1 being full scale.
    /// Error(encoding_error) when a file is not what it was.
    void add_to(std::span<double> sound, std::int64_t from) const;
    /// No sample of a block of the film is above that.
    double peak(std::int64_t block) const;

private:
    double envelope(std::int64_t sample) const;
    std::vector<Play>::const_iterator first_play(std::int64_t sample) const;

    std::vector<Track> tracks_;
    std::vector<double> gains_;
    std::vector<Play> plays_;
    std::int64_t end_;
    std::int64_t fade_in_, fade_out_;  ///< of all of it
};

}  // namespace dadcam::sound

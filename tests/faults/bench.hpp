#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <tests/faults/attempt.hpp>
#include <tests/faults/child.hpp>

namespace dadcam::faults {

/// What all attempts start from: a small library with the recipe "Film" of clip1.mp4, clip2.mp4 and clip3.mp4, a
/// segment each, and in a long run of clips whose container has no index, behind them; and the film that comes of it
/// when nothing happens.
class Bench {
public:
    /// Makes all of it in `folder`, which must be there.
    Bench(Options options, std::filesystem::path folder);

    const Options options;
    const std::filesystem::path folder;
    const std::filesystem::path library = folder / "prepared";  ///< never exported from: attempts take copies
    /// A clip that could stand for clip1.mp4, but has other pictures.
    const std::filesystem::path other_clip = folder / "other.mp4";
    const std::filesystem::path music = folder / "music.wav";

    std::string film;                          ///< the bytes of the uninterrupted film
    std::map<std::string, std::string> clips;  ///< the bytes of the originals, by name
    double seconds = 0;                        ///< how long an export takes here, as many at once as attempts are made
    std::string ffmpeg;                        ///< path of the real one
    std::string no_strace;                     ///< why strace cannot be used here; empty: it can
    std::string trace;                         ///< system calls of an uninterrupted export, as strace wrote them

    /// What every call of dadcam has in its environment. In the short form ffmpeg does not say anew each time what it
    /// is.
    Environment environment() const;
    /// The command that makes the recipe "Film".
    std::vector<std::string> recipe() const;
    /// A seed of its own for each kind of fault, so that --only makes the same moments.
    std::mt19937_64 random(std::uint64_t kind) const;
    /// Over the whole of an export: start, rendering, joining, thumbnail, recording, and a little after its end.
    std::chrono::milliseconds moment(std::mt19937_64& random) const;

private:
    void make_clip(const std::filesystem::path& path, int number, int seed) const;
    void make_odd_clips() const;
    void make_library() const;
    void make_film();
    void make_trace();
};

/// A copy with all times and nothing shared.
void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& content);

}  // namespace dadcam::faults

#pragma once

#include <cstdint>
#include <libdadcam/footage/span.hpp>
#include <libdadcam/measure/packets.hpp>
#include <map>
#include <optional>
#include <vector>

namespace dadcam::measure {

/// Finds where a clip's clock begins anew: backwards by more than a tenth of a second, or at all at a key picture, or
/// forwards by more than ten
/// (ffmpeg's own measure for formats whose clocks jump). What is less was recorded time. Pure.
class RegionFinder {
public:
    /// `tick_us`: of the pictures' and sounds' time base, in microseconds. `sizes_tell`: packets of another size are
    /// another kind of recording (DV, where each picture and its sound have the size of their kind).
    RegionFinder(double tick_us, bool sizes_tell) : tick_us_(tick_us), sizes_tell_(sizes_tell) {}

    void add(const Packet& packet);

    /// The bytes at which regions begin, but for the first; ascending.
    std::vector<std::int64_t> beginnings() const;

private:
    struct Stream {
        std::optional<std::int64_t> last;   ///< its last time, where that ended, how large it was
        std::optional<std::int64_t> shown;  ///< the last of what is shown of the region
        std::int64_t end = 0;
        std::int64_t size = 0;
        std::size_t region = 0;
    };
    bool jumps(const Stream& stream, const Packet& packet, std::int64_t time) const;

    double tick_us_;
    bool sizes_tell_;
    std::map<int, Stream> streams_;
    std::vector<std::int64_t> beginnings_;
};

/// What one region holds, packet by packet. Pure.
class RegionReader {
public:
    /// Of the pictures' stream and the sound's; times in ticks.
    explicit RegionReader(double tick_us) : tick_us_(tick_us) {}

    /// `to_recover`: see pictures_to_recover().
    void add(const Packet& packet, int to_recover = 0);

    struct Stretch {
        std::int64_t first_key = 0;  ///< its time
        std::int64_t leading = 0;    ///< the least time of it and of what follows it up to the next key picture
        std::int64_t first = 0;      ///< the least time of a picture, decodable or not
        std::int64_t end = 0;
        std::int64_t decoded_first = 0;  ///< in the order of decoding, where a time of showing may be missing
        std::int64_t decoded_end = 0;
        bool shown_unknown = false;
        bool begins_with_key = false;
        bool recovers = false;  ///< its first key picture is none: what follows it comes right bit by bit
        bool is_behind_next_key = false;
        std::int64_t last_byte = 0;             ///< where its last picture begins
        std::vector<footage::KeyPicture> keys;  ///< in microseconds after the first one
        std::vector<footage::Hole> holes;       ///< the same
    };
    /// By the stream's index; those without a key picture are not in it.
    const std::map<int, Stretch>& pictures() const { return pictures_; }
    /// The byte of the first packet of each stream of sound.
    const std::map<int, std::int64_t>& sounds() const { return sounds_; }

private:
    void begin(const Packet& packet, std::int64_t time, int to_recover);
    void look_for_hole(Stretch& stretch, const Packet& packet) const;

    double tick_us_;
    std::map<int, Stretch> pictures_;
    std::map<int, std::int64_t> before_key_;  ///< the least time of what came before the first key picture
    std::map<int, std::int64_t> sounds_;
};

}  // namespace dadcam::measure

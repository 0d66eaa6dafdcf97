#pragma once

#include <cstdint>
#include <libdadcam/footage/facts.hpp>
#include <libdadcam/measure/packets.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/units.hpp>
#include <optional>
#include <string>

/// What a clip's own packets say of when its pictures are shown, where its header is not to be trusted.
namespace dadcam::measure {

/// No camera records faster; a rate beyond it is a time base that was taken for one.
inline constexpr double kFastest = 999;
/// A rate that is off by so much is not that of the pictures.
inline constexpr double kMuch = 1.5;

/// What the packets of the pictures say, all of them or those at the end.
struct Packets {
    std::int64_t count = 0;
    std::int64_t without_time = 0;  ///< of these, those of which it is not said when they are shown
    std::int64_t durations = 0;     ///< together, in ticks, as the others
    std::optional<std::int64_t> first_shown, last_shown, shown_until;
    std::optional<std::int64_t> first_decoded, last_decoded, decoded_until;
    std::optional<std::int64_t> closest;  ///< the shortest time between two that are decoded
    std::int64_t all_until = 0;           ///< the end of all streams, as though all had the pictures' time base
    bool goes_back = false;               ///< the clock does, behind these

    /// Notes a picture. Those behind a clock that has gone back are not to be.
    void add(const Packet& packet);
    /// Whether the clock has gone back before this one: it is before what came before it in its stream, of sound by
    /// more than one and a half of its packets, of pictures by more than `reordered` ticks. A key picture is shown
    /// behind all that is decoded before it; of others so many in a row. When they are decoded is a guess of ffmpeg's
    /// in Matroska.
    bool is_back(const Packet& packet, double reordered);

private:
    std::optional<std::int64_t> last_sound_;
    int behind_ = 0;  ///< pictures that are shown before others, in a row
};

/// Lists a clip's packets, the sound's only to see whether the clock goes back, from a time on or all of them. Throws
/// as walk() does.
Packets list_packets(const std::string& ffprobe, const process::Input& input, const footage::Facts& facts,
                     const process::Stop& stop, std::optional<std::int64_t> from_us);

/// MP4, QuickTime and their kin.
bool is_movie(const footage::Facts& facts);

/// Whether the rate is one that a camera has.
bool has_believable_rate(const footage::Facts& facts);

/// How far apart pictures are decoded, in microseconds. An AVI's ticks, which it calls its rate, may be finer than
/// that.
double step_us(const Packets& pictures, const footage::Facts& facts);

/// How long the header calls its pictures on average, in microseconds; 0 where it does not say it.
double mean_length_us(const Packets& pictures, const footage::Facts& facts);

/// Whether the header calls each picture less than two thirds as long as the shortest time between two of them.
bool is_rate_too_high(const Packets& pictures, const footage::Facts& facts);

/// The end of pictures from `first` on, of which the last begins at `last`; in microseconds, from ticks. Where that has
/// no length of its own, or one that cannot be right, it is as long as the others.
double until(std::int64_t first, std::int64_t last, std::int64_t end, const Packets& pictures,
             const footage::Facts& facts);

/// How many pictures come in a second; 0/1 when too few are known.
Rational counted_rate(const Packets& pictures, const footage::Facts& facts);

}  // namespace dadcam::measure

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam {

/// The one sample rate of every segment and film, in hertz.
inline constexpr std::int64_t kSampleRate = 48000;

/// A count of frames, or a position on a timeline, at the film's rate.
struct Frames {
    std::int64_t count = 0;
    auto operator<=>(const Frames&) const = default;
    Frames operator+(Frames other) const { return {count + other.count}; }
    Frames operator-(Frames other) const { return {count - other.count}; }
    Frames& operator+=(Frames other) {
        count += other.count;
        return *this;
    }
};

/// A count of samples (of all channels together), or a position, at kSampleRate.
struct Samples {
    std::int64_t count = 0;
    auto operator<=>(const Samples&) const = default;
    Samples operator+(Samples other) const { return {count + other.count}; }
    Samples operator-(Samples other) const { return {count - other.count}; }
    Samples& operator+=(Samples other) {
        count += other.count;
        return *this;
    }
};

/// A positive rational: frames per second, a time base, a pixel's aspect. Kept in lowest terms.
struct Rational {
    std::int64_t num = 0;
    std::int64_t den = 1;
    bool operator==(const Rational&) const = default;
    bool positive() const { return num > 0 && den > 0; }
    double value() const { return static_cast<double>(num) / static_cast<double>(den); }
};

/// Lowest terms. 0/x and x/0 become 0/1.
Rational reduced(std::int64_t num, std::int64_t den);

/// Reads "30000/1001", "25", "16:15" or "29.97" (decimals: the NTSC rate they stand for where there is one).
/// Returns 0/1 for anything else.
Rational parse_rational(std::string_view text);

/// "30000/1001", or "25" where the denominator is 1.
std::string to_string(Rational value);

/// round(a · b / c), half away from zero, without overflow for any product below 2^127. c > 0.
std::int64_t rounded_product(std::int64_t a, std::int64_t b, std::int64_t c);

/// The audio position of a frame: round(f · 48000 / rate).
Samples sample_at(Frames position, Rational rate);

/// The time of a frame in microseconds: round(f · 10^6 / rate).
std::int64_t microseconds_at(Frames position, Rational rate);

/// The frames of a window of time: max(1, round(window · rate)). Microseconds.
Frames frames_in(std::int64_t window_us, Rational rate);

/// "512 B", "1.5 KB", "10.0 MB", "2.35 GB": 1024-based, halves rounded up; GB is the largest unit.
std::string file_size(std::int64_t bytes);

/// Reads "20GB", "500 mb", "1KiB" or "4096" as bytes: 1024-based like file_size(), with units up to EB; a unit alone is
/// one of it. Nothing for anything else.
std::optional<std::int64_t> parse_size(std::string_view text);

}  // namespace dadcam

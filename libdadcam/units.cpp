#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <libdadcam/units.hpp>
#include <limits>
#include <numeric>

namespace dadcam {
namespace {

template <typename Number>
std::optional<Number> whole(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    constexpr const char* kBlanks = " \t\n\v\f\r";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

/// The power of two that a unit in small letters stands for: "", "b", or "k" to "e" with or without "b", "i" or "ib".
std::optional<int> exponent(std::string_view unit) {
    if (unit.empty() || unit == "b") return 0;
    const auto prefix = std::string_view("kmgtpe").find(unit.front());
    const auto rest = unit.substr(1);
    if (prefix == std::string_view::npos || !(rest.empty() || rest == "b" || rest == "i" || rest == "ib")) return {};
    return 10 * (static_cast<int>(prefix) + 1);
}

/// 23.976, 29.97, 59.94 stand for 24000/1001, 30000/1001, 60000/1001.
Rational from_decimal(double value) {
    if (!(value > 0) || value > 1e6) return {};
    const double nearest = std::round(value);
    if (std::abs(value - nearest) < 1e-9) return reduced(static_cast<std::int64_t>(nearest), 1);
    const double ntsc = std::ceil(value);
    if (std::abs(value - ntsc * 1000 / 1001) < 0.005) return reduced(static_cast<std::int64_t>(ntsc) * 1000, 1001);
    return reduced(static_cast<std::int64_t>(std::llround(value * 1000)), 1000);
}

}  // namespace

Rational reduced(std::int64_t num, std::int64_t den) {
    if (num <= 0 || den <= 0) return {};
    const std::int64_t divisor = std::gcd(num, den);
    return {num / divisor, den / divisor};
}

Rational parse_rational(std::string_view text) {
    const auto slash = text.find_first_of("/:");
    if (slash != std::string_view::npos) {
        const auto num = whole<std::int64_t>(text.substr(0, slash));
        const auto den = whole<std::int64_t>(text.substr(slash + 1));
        return num && den ? reduced(*num, *den) : Rational{};
    }
    const auto decimal = whole<double>(text);
    return decimal ? from_decimal(*decimal) : Rational{};
}

std::string to_string(Rational value) {
    return value.den == 1 ? fmt::format("{}", value.num) : fmt::format("{}/{}", value.num, value.den);
}

std::int64_t rounded_product(std::int64_t a, std::int64_t b, std::int64_t c) {
    __extension__ using Wide = __int128;
    const Wide product = Wide{a} * b;
    const Wide half = c / 2;
    return static_cast<std::int64_t>(product >= 0 ? (product + half) / c : -((-product + half) / c));
}

Samples sample_at(Frames position, Rational rate) {
    return {rounded_product(position.count, kSampleRate * rate.den, rate.num)};
}

std::int64_t microseconds_at(Frames position, Rational rate) {
    return rounded_product(position.count, 1'000'000 * rate.den, rate.num);
}

Frames frames_in(std::int64_t window_us, Rational rate) {
    return {std::max<std::int64_t>(1, rounded_product(window_us, rate.num, 1'000'000 * rate.den))};
}

std::string file_size(std::int64_t bytes) {
    constexpr double kKilo = 1024, kMega = kKilo * 1024, kGiga = kMega * 1024;
    const auto count = static_cast<double>(bytes);
    if (count < kKilo) return fmt::format("{} B", bytes);
    if (count < kMega) return fmt::format("{:.1f} KB", std::round(count / kKilo * 10) / 10);
    if (count < kGiga) return fmt::format("{:.1f} MB", std::round(count / kMega * 10) / 10);
    return fmt::format("{:.2f} GB", std::round(count / kGiga * 100) / 100);
}

std::optional<std::int64_t> parse_size(std::string_view text) {
    const auto all = trimmed(text);
    std::string unit;
    for (const char c : all.substr(all.find_last_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") + 1))
        unit += static_cast<char>(c | 0x20);
    const auto digits = trimmed(all.substr(0, all.size() - unit.size()));
    const auto number = digits.empty() && !unit.empty() ? 1 : whole<std::uint64_t>(digits);
    const auto power = exponent(unit);
    if (!number || !power || *number > std::uint64_t{std::numeric_limits<std::int64_t>::max()} >> *power) return {};
    return static_cast<std::int64_t>(*number << *power);
}

}  // namespace dadcam

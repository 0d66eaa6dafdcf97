#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <libdadcam/ffmpeg/progress.hpp>
#include <limits>
#include <utility>

namespace dadcam::ffmpeg {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A number at the beginning of the text; `rest` becomes what follows it.
template <typename Number>
std::optional<Number> number(std::string_view text, std::string_view* rest = nullptr) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value < 0) return std::nullopt;
    const auto left = text.substr(static_cast<std::size_t>(end - text.data()));
    if (rest != nullptr)
        *rest = left;
    else if (!left.empty())
        return std::nullopt;
    return value;
}

/// "1.5x"
std::optional<double> speed(std::string_view text) {
    std::string_view unit;
    const auto value = number<double>(text, &unit);
    return value && unit == "x" && std::isfinite(*value) ? value : std::nullopt;
}

/// "10240kB" (1024 bytes in ffmpeg's book), "10240KiB"
std::optional<std::int64_t> size_bytes(std::string_view text) {
    std::string_view unit;
    const auto value = number<std::int64_t>(text, &unit);
    if (!value || (unit != "kB" && unit != "KiB")) return std::nullopt;
    return *value <= std::numeric_limits<std::int64_t>::max() / 1024 ? std::optional(*value * 1024) : std::nullopt;
}

/// "00:00:16.67"; a time before the beginning, "-00:00:00.02", is none.
std::optional<std::int64_t> time_us(std::string_view text) {
    if (text.empty() || text[0] == '-') return std::nullopt;
    std::string_view rest;
    const auto hours = number<std::int64_t>(text, &rest);
    if (!hours || *hours > 100'000 || rest.empty() || rest[0] != ':') return std::nullopt;
    const auto minutes = number<std::int64_t>(rest.substr(1), &rest);
    if (!minutes || *minutes > 59 || rest.empty() || rest[0] != ':') return std::nullopt;
    const auto seconds = number<double>(rest.substr(1));
    if (!seconds || !(*seconds < 61)) return std::nullopt;
    return (*hours * 60 + *minutes) * 60'000'000 + std::llround(*seconds * 1e6);
}

/// The keys of a -progress block. A log line that happens to look like `key=value` is none of these.
constexpr std::array<std::string_view, 12> kKeys{"frame",       "fps",      "bitrate",     "total_size",
                                                 "out_time_us", "out_time", "out_time_ms", "dup_frames",
                                                 "drop_frames", "speed",    "progress",    "size"};

bool is_key(std::string_view key) {
    for (const auto known : kKeys) {
        if (key == known) return true;
    }
    return key.rfind("stream_", 0) == 0;  // stream_0_0_q
}

void set(ProgressReport& report, std::string_view key, std::string_view value) {
    if (key == "frame")
        report.frame = number<std::int64_t>(value);
    else if (key == "out_time_us")
        report.out_time_us = number<std::int64_t>(value);
    else if (key == "total_size")
        report.size_bytes = number<std::int64_t>(value);
    else if (key == "speed")
        report.speed = speed(value);
}

/// The value behind `name=` in a classic line: blanks, then up to the next blank.
std::string_view field(std::string_view line, std::string_view name) {
    const auto at = line.find(name);
    if (at == std::string_view::npos) return {};
    auto rest = line.substr(at + name.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return rest.substr(0, rest.find(' '));
}

std::optional<ProgressReport> classic_line(std::string_view line) {
    if (line.rfind("frame=", 0) != 0 || line.find("time=") == std::string_view::npos) return std::nullopt;
    ProgressReport report;
    report.frame = number<std::int64_t>(field(line, "frame="));
    if (!report.frame) return std::nullopt;
    report.out_time_us = time_us(field(line, " time="));
    report.size_bytes = size_bytes(field(line, "size="));
    report.speed = speed(field(line, "speed="));
    report.ended = line.find("Lsize=") != std::string_view::npos;
    return report;
}

}  // namespace

ProgressParser::ProgressParser(std::function<void(const ProgressReport&)> on_report,
                               std::function<void(std::string_view)> on_log)
    : on_report_(std::move(on_report)), on_log_(std::move(on_log)) {}

void ProgressParser::feed(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto end = bytes.find_first_of("\r\n");
        const auto part = bytes.substr(0, end);
        line_.append(part.substr(0, kLongestLine - std::min(kLongestLine, line_.size())));
        if (end == std::string_view::npos) return;
        take_line();
        bytes.remove_prefix(end + 1);
    }
}

void ProgressParser::finish() {
    take_line();
}

void ProgressParser::take_line() {
    const std::string whole = std::exchange(line_, {});
    const std::string_view line = trimmed(whole);
    if (line.empty()) return;
    if (const auto report = classic_line(line)) return on_report_(*report);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || !is_key(trimmed(line.substr(0, equals)))) return on_log_(whole);
    const auto key = trimmed(line.substr(0, equals));
    const auto value = trimmed(line.substr(equals + 1));
    set(block_, key, value);
    if (key != "progress") return;
    block_.ended = value == "end";
    on_report_(std::exchange(block_, {}));
}

}  // namespace dadcam::ffmpeg

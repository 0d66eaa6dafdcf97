#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dadcam::ffmpeg {

/// What one block of -progress, or one classic line, says. Absent: not said, or "N/A".
struct ProgressReport {
    std::optional<std::int64_t> frame;
    std::optional<std::int64_t> out_time_us;
    std::optional<std::int64_t> size_bytes;
    std::optional<double> speed;
    bool ended = false;  ///< progress=end
    bool operator==(const ProgressReport&) const = default;
};

/// Reads ffmpeg's stderr as it comes, in chunks of any size: `key=value` blocks ended by `progress=`, the classic
/// `frame= … time=` line ended by \r or \n, and log lines. Never fails, whatever the bytes; a line longer than
/// kLongestLine is cut.
class ProgressParser {
public:
    static constexpr std::size_t kLongestLine = 4096;

    ProgressParser(std::function<void(const ProgressReport&)> on_report, std::function<void(std::string_view)> on_log);

    void feed(std::string_view bytes);
    /// At the end of the stream: a last line without an end.
    void finish();

private:
    void take_line();

    std::function<void(const ProgressReport&)> on_report_;
    std::function<void(std::string_view)> on_log_;
    std::string line_;
    ProgressReport block_;
};

}  // namespace dadcam::ffmpeg

#pragma once

#include <chrono>
#include <functional>
#include <libdadcam/error.hpp>
#include <libdadcam/ffmpeg/progress.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/options.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dadcam::render {

/// One run of ffmpeg.
struct Encoding {
    process::Command command;
    std::string output;  ///< its name on the command line, to tell writing errors from reading ones
    std::chrono::milliseconds stall_timeout{60'000};
    bool launched = false;  ///< the command is a launcher's, which may fail before ffmpeg is there
};

/// One run of ffmpeg, behind the launcher. `folder`: in which it runs; empty: the current one.
Encoding encoding_of(const RenderTools& tools, const RenderOptions& options, std::vector<std::string> arguments,
                     std::string output, const std::string& folder = {});

/// How it went. A failure is a value: the coordinator decides what it means for the run.
struct Encoded {
    std::optional<Error> error;
    std::string log;            ///< ffmpeg's last words; empty when it said nothing
    std::size_t log_lines = 0;  ///< how many lines it wrote in all
    ffmpeg::ProgressReport last;
    bool success() const { return !error; }
};

struct EncodingListener {
    std::function<void(const ffmpeg::ProgressReport&)> on_report;
    /// Something that grows as the work goes on, beside ffmpeg's own reports; may be empty.
    std::function<std::int64_t()> amount;
    /// Asked at least every 100 ms; false ends ffmpeg as a stop does.
    std::function<bool()> keep_going;
};

/// What a stop makes of an export.
Error cancelled();

/// Runs ffmpeg to its end under the watchdog.
Encoded encode(const Encoding& encoding, const EncodingListener& listener, const process::Stop& stop);

}  // namespace dadcam::render

#include <fmt/format.h>

#include <libdadcam/ffmpeg/classify.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/render/encoder.hpp>
#include <libdadcam/render/watchdog.hpp>

namespace dadcam::render {
namespace {

constexpr std::size_t kLastWords = 12U << 10U;

Error stalled(std::chrono::milliseconds timeout, const std::string& log) {
    return Error(Category::timeout, fmt::format("Export stalled (no progress updates for {}s)", timeout.count() / 1000),
                 "Run it again; finished segments are kept. --stall-timeout gives a slow source more time.", log);
}

/// ffmpeg has neither told of progress nor said a word: whatever is in the log, most likely it was not even started.
Error not_launched(const Encoding& encoding, const process::Exit& exit, const std::string& log) {
    return Error(Category::encoding_error, "The launcher could not run ffmpeg, or ffmpeg failed at once.",
                 "Try the launcher by hand; --launcher \"\" renders without it.",
                 fmt::format("{} ended with {}.\n{}", encoding.command.program, process::describe(exit), log));
}

/// srun ends with 0 when the node fails on which it runs ffmpeg.
Error launcher_lost_it(const Encoding& encoding, const std::string& log) {
    return Error(Category::encoding_error, "The launcher reported success, but ffmpeg had not finished.",
                 "Run it again; finished segments are kept. The log has what the launcher said.",
                 fmt::format("{} ended with exit code 0.\n{}", encoding.command.program, log));
}

/// A launcher, too, may lack a file or a permission: only ffmpeg's own words tell of a clip or of the film.
ffmpeg::Failure failure_of(const Encoding& encoding, const std::string& log, const std::string& own) {
    auto failure = ffmpeg::classify(log, encoding.output);
    if (!encoding.launched || failure.category == Category::disk_full) return failure;
    return ffmpeg::classify(own, encoding.output);
}

/// What its end by itself means; nothing when all went well.
std::optional<Error> error_of(const Encoding& encoding, const process::Exit& exit, const Encoded& encoded) {
    if (exit.success()) {
        if (!encoding.launched || encoded.last.ended) return std::nullopt;
        return launcher_lost_it(encoding, encoded.log);
    }
    const auto own = ffmpeg::own_words(encoded.log);
    const auto failure = failure_of(encoding, encoded.log, own);
    const bool said_nothing = own.empty() && encoded.last == ffmpeg::ProgressReport{};
    if (encoding.launched && said_nothing && failure.category == Category::encoding_error) {
        return not_launched(encoding, exit, encoded.log);
    }
    return Error(failure.category, failure.message, failure.advice,
                 fmt::format("ffmpeg ended with {}.\n{}", process::describe(exit), encoded.log));
}

}  // namespace

Encoding encoding_of(const RenderTools& tools, const RenderOptions& options, std::vector<std::string> arguments,
                     std::string output, const std::string& folder) {
    return {process::command_of(tools.ffmpeg, std::move(arguments), folder), std::move(output), options.stall_timeout,
            !tools.ffmpeg.launcher.empty()};
}

Error cancelled() {
    return Error(Category::cancelled, "Export was cancelled.");
}

Encoded encode(const Encoding& encoding, const EncodingListener& listener, const process::Stop& stop) {
    using SteadyClock = std::chrono::steady_clock;
    Encoded result;
    ffmpeg::LastWords words(kLastWords);
    Watchdog watchdog(encoding.stall_timeout, SteadyClock::now());
    Watchdog growth(encoding.stall_timeout, SteadyClock::now());
    ffmpeg::ProgressParser parser(
        [&](const ffmpeg::ProgressReport& report) {
            result.last = report;
            watchdog.saw(report.frame.value_or(0), SteadyClock::now());
            if (listener.on_report) listener.on_report(report);
        },
        [&](std::string_view line) {
            if (ffmpeg::tells_something(line)) words.add(line);
        });
    bool given_up = false;
    const process::Listener process_listener{[&](std::string_view bytes) { parser.feed(bytes); },
                                             [&] {
                                                 const auto now = SteadyClock::now();
                                                 if (listener.amount) growth.saw(listener.amount(), now);
                                                 given_up = listener.keep_going && !listener.keep_going();
                                                 const bool says_nothing = watchdog.stalled(now);
                                                 const bool stands_still = growth.stalled(now);
                                                 return !given_up && !(says_nothing && stands_still);
                                             }};
    try {
        const auto finished = process::run(encoding.command, process::Stream::err, process_listener, stop);
        parser.finish();
        result.log = words.text();
        result.log_lines = words.lines();
        if (finished.ended == process::Ended::stopped || given_up) {
            result.error = cancelled();
        } else if (finished.ended == process::Ended::given_up) {
            result.error = stalled(encoding.stall_timeout, result.log);
        } else {
            result.error = error_of(encoding, finished.exit, result);
        }
    } catch (const Error& error) {
        result.error = error;
    } catch (const SQLite::Exception& error) {  // the listener's
        result.error = library::database_error(error);
    } catch (const std::exception& error) {
        result.error = Error(Category::general, "ffmpeg could not be run.", "Try again.", error.what());
    }
    return result;
}

}  // namespace dadcam::render

// ffmpeg's stderr, whatever its bytes. The first two bytes of the input choose where the stream is split.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <libdadcam/ffmpeg/progress.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using dadcam::ffmpeg::ProgressParser;
using dadcam::ffmpeg::ProgressReport;

struct Heard {
    std::vector<ProgressReport> reports;
    std::vector<std::string> log;
    bool operator==(const Heard&) const = default;
};

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void check(const ProgressReport& report) {
    require(report.frame.value_or(0) >= 0 && report.out_time_us.value_or(0) >= 0);
    require(report.size_bytes.value_or(0) >= 0 && report.speed.value_or(0) >= 0);
    require(std::isfinite(report.speed.value_or(0)));
}

template <typename Feed>
Heard listen(Feed feed) {
    Heard heard;
    ProgressParser parser(
        [&](const ProgressReport& report) {
            check(report);
            heard.reports.push_back(report);
        },
        [&](std::string_view line) {
            require(!line.empty() && line.size() <= ProgressParser::kLongestLine);
            require(line.find_first_of("\r\n") == std::string_view::npos);
            heard.log.emplace_back(line);
        });
    feed(parser);
    parser.finish();
    return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::size_t split = data[0] * std::size_t{256} + data[1];
    const std::string_view stream(reinterpret_cast<const char*>(data) + 2, size - 2);

    const Heard whole = listen([&](ProgressParser& parser) { parser.feed(stream); });
    const Heard halves = listen([&](ProgressParser& parser) {
        const auto at = std::min(split, stream.size());
        parser.feed(stream.substr(0, at));
        parser.feed(stream.substr(at));
    });
    const Heard chunks = listen([&](ProgressParser& parser) {
        const std::size_t length = split % 61 + 1;
        for (std::size_t at = 0; at < stream.size(); at += length) parser.feed(stream.substr(at, length));
    });
    require(whole == halves && whole == chunks);
    return 0;
}

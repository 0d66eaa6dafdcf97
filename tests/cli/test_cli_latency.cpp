#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <tests/cli/sandbox.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

using Milliseconds = double;

std::int64_t microseconds_now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// The value that so many percent of the sorted values do not exceed.
Milliseconds quantile(const std::vector<Milliseconds>& sorted, std::size_t percent) {
    return sorted[(sorted.size() - 1) * percent / 100];
}

/// When the first line arrived that counts at least so many frames.
class Arrivals {
public:
    /// Takes the lines that are complete by now.
    void take(std::string_view out) {
        const auto now = microseconds_now();
        for (auto end = out.find('\n', done_); end != std::string_view::npos; end = out.find('\n', done_)) {
            const auto line = Json::parse(out.substr(done_, end - done_));
            done_ = end + 1;
            if (line["event"] == "progress") lines_.emplace_back(line["framesCompleted"].get<std::int64_t>(), now);
        }
    }
    std::int64_t of(std::int64_t frame) const {
        const auto line =
            std::find_if(lines_.begin(), lines_.end(), [&](const auto& entry) { return entry.first >= frame; });
        REQUIRE(line != lines_.end());
        return line->second;
    }
    const std::vector<std::pair<std::int64_t, std::int64_t>>& lines() const { return lines_; }

private:
    std::size_t done_ = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> lines_;  ///< frames, microseconds
};

}  // namespace

TEST_SUITE("latency") {
    TEST_CASE("what ffmpeg tells reaches a reader of --json within a quarter of a second") {
        const Sandbox sandbox;
        sandbox.take_clips({"2012 Birthday/short sound.mp4"});
        sandbox.make_library({"--resolution", "64x36", "--fps", "25"});
        const auto stamps_file = sandbox / "stamps";
        Arrivals arrivals;
        const auto ran = run({{"export", "Film", "--json"},
                              sandbox.library,
                              {{"DADCAM_FFMPEG_PATH", DADCAM_TEST_STAMPING_FFMPEG},
                               {"DADCAM_TEST_REAL_FFMPEG", tool("ffmpeg")},
                               {"DADCAM_TEST_STAMPS", stamps_file.string()}},
                              [&](pid_t, std::string_view out) { arrivals.take(out); }});
        REQUIRE(ran.ended() == "exit code 0");

        std::vector<Milliseconds> latencies;
        std::ifstream stamps(stamps_file);
        for (std::int64_t frame = 0, written = 0; stamps >> frame >> written;) {
            latencies.push_back(static_cast<double>(arrivals.of(frame) - written) / 1000);
        }
        REQUIRE(latencies.size() == 60);
        std::sort(latencies.begin(), latencies.end());
        MESSAGE(fmt::format("ms from ffmpeg's block to the line: median {:.1f}, 75 % {:.1f}, 90 % {:.1f}, most {:.1f}",
                            quantile(latencies, 50), quantile(latencies, 75), quantile(latencies, 90),
                            latencies.back()));
        // The promise is one for each block. A test machine that is busy with other things may hold up a few of them,
        // and that says nothing about dadcam: three in four must keep it.
        CHECK(quantile(latencies, 50) < 250);
        CHECK(quantile(latencies, 75) < 250);
    }
}

}  // namespace dadcam::test

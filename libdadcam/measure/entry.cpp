#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/entry.hpp>
#include <libdadcam/measure/headers.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/process/process.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dadcam::measure {
namespace {

using footage::Facts;

constexpr std::chrono::minutes kPatienceWithOne{1}, kPatienceWithAll{30};

std::string words_of(const process::Command& command, std::chrono::milliseconds patience, const process::Stop& stop) {
    constexpr std::size_t kMost = std::size_t{1} << 26U;
    const auto ran = process::capture(command, process::Stream::out, kMost, patience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (ran.finished.ended == process::Ended::given_up)
        throw Error(Category::timeout, "its key pictures were not found in time");
    return ran.output;
}

/// Those before the input, the input, those behind it.
std::vector<std::string> around(const process::Input& input, std::vector<std::string> before,
                                const std::vector<std::string>& behind) {
    before.insert(before.end(), input.held.begin(), input.held.end());
    before.insert(before.end(), {"-i", input.name});
    before.insert(before.end(), behind.begin(), behind.end());
    return before;
}

/// What a decoder shows that is given one packet from each of these places on, and nothing else.
std::string shown_alone(const std::string& ffprobe, const process::Input& input, const Facts& facts,
                        const std::string& places, const process::Stop& stop) {
    auto asking = around(input,
                         {"-v", "quiet", "-select_streams", fmt::format("{}", facts.stream), "-read_intervals", places,
                          "-show_entries", "frame=pict_type", "-of", "compact=nk=1"},
                         {});
    return words_of({ffprobe, std::move(asking)}, kPatienceWithOne, stop);
}

bool is_one(std::string_view line) {
    return line.starts_with("frame|I") || line.starts_with("frame|?");  // of some codecs no decoder tells the kind
}

/// What it says of itself as a recovery point, in pictures that others refer to; 0 where it is none.
int recovery_of_last_key(const std::string& ffmpeg, const process::Input& input, const Facts& facts,
                         const process::Stop& stop) {
    if (facts.codec != "h264") return 0;
    const auto end = facts.start_us - facts.container_start_us + facts.duration_us;
    auto words = around(
        input, {"-v", "quiet", "-nostdin", "-ss", fmt::format("{}us", end)},
        {"-map", fmt::format("0:{}", facts.stream), "-c", "copy", "-copyinkf", "-frames:v", "1", "-f", "h264", "-"});
    return recovery_point(words_of({ffmpeg, std::move(words)}, kPatienceWithOne, stop));
}

/// The longest time from one picture that is decoded by itself to the next one, or to the end.
std::int64_t farthest_keys_us(const std::vector<std::int64_t>& keys, const Facts& facts) {
    const auto end_us = facts.start_us + facts.duration_us;
    std::int64_t farthest = 0, before = facts.start_us;
    for (const auto key : keys) {
        const std::int64_t us = std::llround(static_cast<double>(key) * facts.time_base.value() * 1e6);
        farthest = std::max(farthest, us - before);
        before = us;
    }
    return std::clamp<std::int64_t>(std::max(farthest, end_us - before), 0, facts.duration_us);
}

}  // namespace

bool has_true_keys(const std::string& ffprobe, const process::Input& input, const Facts& facts,
                   const process::Stop& stop) {
    const auto middle = facts.start_us + facts.duration_us / 2, end = facts.start_us + facts.duration_us;
    const auto words = shown_alone(ffprobe, input, facts, fmt::format("{}us%+#1,{}us%+#1", middle, end), stop);
    const auto second = words.find("frame|", 1);
    return second != std::string::npos && is_one(words) && is_one(std::string_view(words).substr(second));
}

bool begins_with_true_key(const std::string& ffprobe, const process::Input& input, const Facts& facts,
                          const process::Stop& stop) {
    return is_one(shown_alone(ffprobe, input, facts, "%+#1", stop));
}

std::vector<std::int64_t> true_keys(const std::string& ffmpeg, const process::Input& input, const Facts& facts,
                                    const process::Stop& stop) {
    return frames_in(
               words_of({ffmpeg, listing_decoded(input, facts, {"-skip_frame", "nokey"}, {})}, kPatienceWithAll, stop))
        .times;
}

std::int64_t recovery_us(const Readers& readers, const std::filesystem::path& absolute, const Facts& facts,
                         const process::Stop& stop) {
    const auto input = process::input_of(absolute);
    if (has_true_keys(readers.ffprobe, input, facts, stop)) return 0;
    const auto pictures = recovery_of_last_key(readers.ffmpeg, input, facts, stop);
    if (pictures == 0 || !facts.rate.positive())
        return farthest_keys_us(true_keys(readers.ffmpeg, input, facts, stop), facts);
    const std::int64_t us = std::llround(kMostPerReferred * pictures * 1e6 / facts.rate.value());
    return std::min(us, facts.duration_us);
}

}  // namespace dadcam::measure

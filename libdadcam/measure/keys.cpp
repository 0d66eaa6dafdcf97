#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/process/process.hpp>
#include <string_view>

namespace dadcam::measure {
namespace {

constexpr std::chrono::minutes kPatienceForKeys{30};  // a long file without one says nothing

/// ISO/IEC 14496-10, table 7-1; ISO/IEC 23008-2, table 7-1: IDR, and BLA where nothing that follows is skipped.
constexpr const char* kH264Keys = "5";
constexpr const char* kHevcKeys = "17-20";

std::vector<std::string> listing_keys(const process::Input& input, const footage::Facts& facts, Reach reach) {
    std::vector<std::string> arguments{"-v", "quiet", "-nostdin", "-copyts"};
    if (reach == Reach::first_second) arguments.insert(arguments.end(), {"-t", "1"});
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    const auto* keys = facts.codec == "h264" ? kH264Keys : kHevcKeys;
    for (auto& word : std::vector<std::string>{"-i", input.name, "-map", fmt::format("0:{}", facts.stream), "-c",
                                               "copy", "-bsf:v", fmt::format("filter_units=pass_types={}", keys), "-f",
                                               "framehash", "-hash", "md5", "-"})
        arguments.push_back(std::move(word));
    return arguments;
}

/// The whole number at the beginning, behind blanks; nothing where there is none, or one beyond 2^53.
std::optional<std::int64_t> number_at(std::string_view text) {
    constexpr std::int64_t kFarthest = std::int64_t{1} << 53;
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    std::int64_t number = 0;
    const bool is_number = std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
    return is_number && std::abs(number) <= kFarthest ? std::optional(number) : std::nullopt;
}

/// Empty where there is no such sign.
std::string_view behind(std::string_view text, char sign) {
    const auto at = text.find(sign);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
}

struct Listed {
    std::int64_t time, length;
};

/// A line of ffmpeg's framehash muxer: "#extradata 0,  31, ebed72…", "#tb 0: 1/48000", or of a packet "0,  1024,  2048,
/// 512,  3456, 7d8c5d…", whose third field is when it is shown, and the fourth for how long.
void add_line(FrameList& list, std::vector<Listed>& frames, std::string_view line) {
    if (line.starts_with("#extradata")) list.parameters = line;
    if (line.starts_with("#tb")) {
        const auto num = number_at(behind(line, ':')), den = number_at(behind(line, '/'));
        if (num && den && *num > 0 && *den > 0) list.tick = {*num, *den};
    }
    if (line.empty() || line.front() == '#') return;
    const auto shown = behind(behind(line, ','), ',');
    if (const auto time = number_at(shown)) frames.push_back({*time, number_at(behind(shown, ',')).value_or(0)});
}

}  // namespace

bool has_key_units(const footage::Facts& facts) {
    return facts.codec == "h264" || facts.codec == "hevc";
}

FrameList frames_in(std::string_view words) {
    FrameList list;
    std::vector<Listed> frames;
    while (!words.empty()) {
        const auto end = std::min(words.size(), words.find('\n'));
        add_line(list, frames, words.substr(0, end));
        words.remove_prefix(std::min(words.size(), end + 1));
    }
    std::sort(frames.begin(), frames.end(), [](auto one, auto other) { return one.time < other.time; });
    for (const auto& frame : frames) {
        list.times.push_back(frame.time);
        list.lengths.push_back(frame.length);
    }
    return list;
}

std::vector<std::string> as_list_of_decoded(Rational tick) {
    return {"-fps_mode", "passthrough", "-enc_time_base", fmt::format("{}:{}", tick.num, tick.den), "-f", "framehash",
            "-"};
}

std::vector<std::string> as_list_of_decoded_sound() {
    return {"-f", "framehash", "-"};
}

std::vector<std::string> as_list_of_coded() {
    return {"-c", "copy", "-f", "framehash", "-"};
}

std::vector<std::string> listing_decoded(const process::Input& input, const footage::Facts& facts,
                                         const std::vector<std::string>& before,
                                         const std::vector<std::string>& behind) {
    std::vector<std::string> arguments{"-v", "quiet", "-nostdin", "-copyts", "-threads", "1"};
    arguments.insert(arguments.end(), before.begin(), before.end());
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.insert(arguments.end(), {"-i", input.name, "-map", fmt::format("0:{}", facts.stream)});
    arguments.insert(arguments.end(), behind.begin(), behind.end());
    const auto listing = as_list_of_decoded(facts.time_base);
    arguments.insert(arguments.end(), listing.begin(), listing.end());
    return arguments;
}

FrameList read_keys(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts, Reach reach,
                    const process::Stop& stop) {
    constexpr std::size_t kMost = std::size_t{1} << 28U;
    const auto ran = process::capture({ffmpeg, listing_keys(input, facts, reach)}, process::Stream::out, kMost,
                                      kPatienceForKeys, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (ran.finished.ended == process::Ended::given_up)
        throw Error(Category::timeout, "ffmpeg did not list its key pictures in time");
    if (!ran.finished.exit.success()) {
        throw Error(Category::input_not_found, "ffmpeg cannot read it to its end", {},
                    fmt::format("ffmpeg ended with {}.", process::describe(ran.finished.exit)));
    }
    return frames_in(ran.output);
}

}  // namespace dadcam::measure

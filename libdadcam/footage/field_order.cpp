#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>

namespace dadcam::footage {
namespace {

/// Enough to see which field is the earlier one. Headers are not to be trusted: of H.264 that ffmpeg coded bottom field
/// first, ffprobe says "tt".
constexpr int kFewPictures = 20;
/// Of a clip that shows itself to be progressive in these no more are looked at.
constexpr int kPictures = 60;
/// A pattern that moves can look like fields for two seconds, and a tape begins with black.
constexpr int kMorePictures = 300;
constexpr std::size_t kMostWords = 1 << 20;
constexpr std::chrono::seconds kIdetPatience{60};

/// Fewer interlaced pictures than this are a few quick movements, not a field order.
constexpr int kEnough = 5;

/// One field of PAL (ITU-R BT.601). A picture of no more lines does not hold two.
constexpr int kLinesOfField = 288;

/// Its last words: nothing when there are none. A line of the clip's own tags never begins like that, for ffmpeg puts
/// blanks in front of each.
std::string_view last_line_of_idet(std::string_view words) {
    constexpr std::string_view kName = "[Parsed_idet", kWhat = "] Multi frame detection:";
    while (!words.empty()) {
        const auto before = words.find_last_of('\n', words.size() - 1);
        const auto line = before == std::string_view::npos ? words : words.substr(before + 1);
        if (const auto what = line.find(kWhat); line.starts_with(kName) && what != std::string_view::npos)
            return line.substr(what + kWhat.size());
        words = before == std::string_view::npos ? std::string_view() : words.substr(0, before);
    }
    return {};
}

/// The number behind a name; 0 when there is none.
int count_behind(std::string_view line, std::string_view name) {
    const auto at = line.find(name);
    if (at == std::string_view::npos) return 0;
    line.remove_prefix(at + name.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    int count = 0;
    const auto result = std::from_chars(line.data(), line.data() + line.size(), count);
    return result.ec == std::errc() && count <= kMorePictures * 2 ? count : 0;
}

std::string look_at(int pictures, const std::string& ffmpeg, const process::Input& input, const Facts& facts,
                    const process::Stop& stop) {
    std::vector<std::string> arguments{"-hide_banner", "-nostdin", "-nostats"};
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.insert(arguments.end(), {"-i", input.name, "-map", fmt::format("0:{}", facts.stream), "-frames:v",
                                       fmt::format("{}", pictures), "-vf", "idet", "-f", "null", "-"});
    const auto captured =
        process::capture({ffmpeg, std::move(arguments)}, process::Stream::err, kMostWords, kIdetPatience, stop);
    if (captured.finished.exit.success()) return read_idet(captured.output);
    process::require_filters({ffmpeg, ffmpeg, {}, {}}, {"idet"}, stop);
    return "unknown";
}

}  // namespace

std::string read_idet(std::string_view words) {
    const auto line = last_line_of_idet(words);
    const auto top = count_behind(line, "TFF:"), bottom = count_behind(line, "BFF:"),
               progressive = count_behind(line, "Progressive:");
    // A recording has one order; noise looks like both.
    const bool one_order = std::min(top, bottom) * 10 <= std::max(top, bottom);
    if (one_order && std::max(top, bottom) >= kEnough && top + bottom > progressive) return top > bottom ? "tt" : "bb";
    return progressive > 0 ? "progressive" : "unknown";
}

Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const process::Input& input,
                const process::Stop& stop) {
    auto facts = probe(ffprobe, input, stop);
    auto& order = facts.field_order;
    const auto seen_in = [&](int pictures) { return look_at(pictures, ffmpeg, input, facts, stop); };
    if (interlaced(facts)) {
        if (const auto seen = seen_in(kFewPictures); seen == "tt" || seen == "bb") order = seen;
    } else if (order == "unknown") {
        order = facts.height <= kLinesOfField ? "progressive" : seen_in(kPictures);
        if (order == "progressive") return facts;
        if (const auto seen = seen_in(kMorePictures); seen != "unknown") order = seen;
    }
    return facts;
}

}  // namespace dadcam::footage

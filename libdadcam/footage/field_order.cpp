#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <regex>

namespace dadcam::footage {
namespace {

constexpr int kPictures = 60;
constexpr std::size_t kMostWords = 1 << 20;
constexpr std::chrono::seconds kIdetPatience{60};

/// Fewer interlaced pictures than this are a few quick movements, not a field order.
constexpr int kEnough = 5;

/// One field of PAL (ITU-R BT.601). A picture of no more lines does not hold two.
constexpr int kLinesOfField = 288;

}  // namespace

std::string read_idet(std::string_view words) {
    static const std::regex line(
        R"(Multi frame detection: TFF:\s*([0-9]+)\s+BFF:\s*([0-9]+)\s+Progressive:\s*([0-9]+))");
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(words.begin(), words.end(), match, line)) return "unknown";
    const int top = std::stoi(match[1].str()), bottom = std::stoi(match[2].str()),
              progressive = std::stoi(match[3].str());
    // A recording has one order; noise looks like both.
    const bool one_order = std::min(top, bottom) * 10 <= std::max(top, bottom);
    if (one_order && std::max(top, bottom) >= kEnough && top + bottom > progressive) return top > bottom ? "tt" : "bb";
    return progressive > 0 ? "progressive" : "unknown";
}

std::string detect_field_order(const std::string& ffmpeg, const std::filesystem::path& absolute, const Facts& facts,
                               const process::Stop& stop) {
    std::vector<std::string> arguments{"-hide_banner", "-nostdin", "-nostats"};
    for (auto& word : process::held_to(process::kContainers)) arguments.push_back(std::move(word));
    arguments.insert(arguments.end(), {"-i", process::as_input(absolute), "-map", fmt::format("0:{}", facts.stream),
                                       "-frames:v", fmt::format("{}", kPictures), "-vf", "idet", "-f", "null", "-"});
    const auto captured =
        process::capture({ffmpeg, std::move(arguments)}, process::Stream::err, kMostWords, kIdetPatience, stop);
    if (captured.finished.exit.success()) return read_idet(captured.output);
    process::require_filters({ffmpeg, ffmpeg, {}, {}}, {"idet"}, stop);
    return "unknown";
}

Facts look_into(const std::string& ffprobe, const std::string& ffmpeg, const std::filesystem::path& absolute,
                const process::Stop& stop) {
    auto facts = probe(ffprobe, absolute, stop);
    if (facts.field_order != "unknown") return facts;
    facts.field_order =
        facts.height <= kLinesOfField ? "progressive" : detect_field_order(ffmpeg, absolute, facts, stop);
    return facts;
}

}  // namespace dadcam::footage

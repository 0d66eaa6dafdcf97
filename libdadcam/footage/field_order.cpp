#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <libdadcam/footage/field_order.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/process/tools.hpp>
#include <utility>
#include <vector>

namespace dadcam::footage {
namespace {

/// Enough to see which field is the earlier one. Headers are not to be trusted: of H.264 that ffmpeg coded bottom field
/// first, ffprobe says "tt".
constexpr int kFewPictures = 20;
/// Of a clip that shows itself to be progressive in these no more are looked at.
constexpr int kPictures = 60;
/// A pattern that moves can look like fields for two seconds, and a tape begins with black.
constexpr int kMorePictures = 300;

/// A clip of no more has been seen when its beginning has.
constexpr std::int64_t kShortUs = 2'000'000;
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

/// Where a clip is looked at, from its beginning: a title can stand there, or move as a whole, before a recording comes
/// whose pictures hold two fields. Microseconds.
std::vector<std::int64_t> places_in(std::int64_t length_us) {
    if (length_us <= kShortUs) return {0};
    return {0, length_us / 2, length_us / 4, length_us / 4 * 3};
}

bool names_a_field(std::string_view order) {
    return order == "tt" || order == "bb";
}

/// The first field that some place shows; else what moves as a whole picture in two places is taken to do so
/// everywhere.
std::string order_of(const std::vector<std::int64_t>& places, const std::function<std::string(std::int64_t)>& seen_at) {
    std::string order = "unknown";
    for (const auto place : places) {
        auto seen = seen_at(place);
        if (names_a_field(seen)) return seen;
        if (seen == "progressive" && std::exchange(order, seen) == seen) break;
    }
    return order;
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
    bool is_too_slow = false;
    const auto look = [&](int pictures, std::int64_t place_us) {
        if (is_too_slow) return std::string("unknown");
        std::vector<std::string> arguments{"-hide_banner", "-nostdin", "-nostats"};
        arguments.insert(arguments.end(), input.held.begin(), input.held.end());
        if (place_us > 0) arguments.insert(arguments.end(), {"-noaccurate_seek", "-ss", fmt::format("{}us", place_us)});
        arguments.insert(arguments.end(), {"-i", input.name, "-map", fmt::format("0:{}", facts.stream), "-frames:v",
                                           fmt::format("{}", pictures), "-vf", "idet", "-f", "null", "-"});
        const auto captured =
            process::capture({ffmpeg, std::move(arguments)}, process::Stream::err, kMostWords, kIdetPatience, stop);
        if (captured.finished.exit.success()) return read_idet(captured.output);
        is_too_slow = captured.finished.ended == process::Ended::given_up;
        process::require_filters({ffmpeg, ffmpeg, {}, {}}, {"idet"}, stop);
        return std::string("unknown");
    };
    const auto places = places_in(facts.duration_us);
    if (interlaced(facts)) {
        const auto seen = order_of(places, [&](std::int64_t place_us) { return look(kFewPictures, place_us); });
        if (names_a_field(seen)) order = seen;
    } else if (order == "unknown" && facts.height <= kLinesOfField) {
        order = "progressive";
    } else if (order == "unknown") {
        order = order_of(places, [&](std::int64_t place_us) {
            auto seen = look(kPictures, place_us);
            if (seen == "progressive") return seen;
            auto more = look(kMorePictures, place_us);
            return more == "unknown" ? seen : more;
        });
    }
    return facts;
}

}  // namespace dadcam::footage

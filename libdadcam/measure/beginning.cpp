#include <algorithm>
#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/measure/beginning.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/process/process.hpp>

namespace dadcam::measure {

std::optional<std::int64_t> first_shown(const std::string& ffmpeg, const process::Input& input,
                                        const footage::Facts& facts, const process::Stop& stop) {
    constexpr std::size_t kMostWords = 1 << 20;
    constexpr std::chrono::seconds kPatience{60};
    const auto ran = process::capture({ffmpeg, listing_decoded(input, facts, {}, {"-frames:v", "1"})},
                                      process::Stream::out, kMostWords, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    const auto shown = frames_in(ran.output).times;
    return shown.empty() ? std::nullopt : std::optional(shown.front());
}

bool is_first_shown(const std::string& ffmpeg, const process::Input& input, const footage::Facts& facts,
                    std::int64_t key, std::int64_t leading, const process::Stop& stop) {
    if (!has_key_units(facts)) return first_shown(ffmpeg, input, facts, stop) == leading;
    try {
        // ffmpeg would decode, and show, what refers to pictures that are not there.
        const auto keys = read_keys(ffmpeg, input, facts, Reach::first_second, stop).times;
        return std::binary_search(keys.begin(), keys.end(), key);
    } catch (const Error& error) {
        if (error.category() == Category::cancelled) throw;
        return false;
    }
}

std::int64_t begin_of(const Asked& asked, process::Part part, const footage::Facts& facts,
                      const RegionReader::Stretch& stretch) {
    // A stream that is entered between two key pictures begins with the first one that can be decoded.
    const auto begin = stretch.begins_with_key ? facts.start_pts : stretch.first_key;
    const auto from_key = process::input_of(asked.file, {stretch.keys.front().byte, part.end});
    if (stretch.recovers)
        return std::max(stretch.first_key, first_shown(asked.ffmpeg, from_key, facts, asked.stop).value_or(begin));
    if (stretch.leading >= begin || begin != stretch.first_key) return begin;
    return is_first_shown(asked.ffmpeg, from_key, facts, begin, stretch.leading, asked.stop) ? stretch.leading : begin;
}

}  // namespace dadcam::measure

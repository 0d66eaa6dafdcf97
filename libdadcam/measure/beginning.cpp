#include <algorithm>
#include <chrono>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/first_bytes.hpp>
#include <libdadcam/measure/beginning.hpp>
#include <libdadcam/measure/entry.hpp>
#include <libdadcam/measure/headers.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/process/process.hpp>

namespace dadcam::measure {

std::optional<std::int64_t> first_shown(const std::string& ffmpeg, const process::Input& input,
                                        const footage::Facts& facts, const process::Stop& stop, Among among) {
    constexpr std::size_t kMostWords = 1 << 20;
    constexpr std::chrono::seconds kPatience{60};
    // Not with -skip_frame: where a container does not say when a picture is shown, that is told by those around it.
    std::vector<std::string> one{"-frames:v", "1"};
    if (among == Among::keys) one.insert(one.end(), {"-vf", "select=eq(pict_type\\,I)"});
    const auto ran = process::capture({ffmpeg, listing_decoded(input, facts, {}, one)}, process::Stream::out,
                                      kMostWords, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    const auto shown = frames_in(ran.output).times;
    return shown.empty() ? std::nullopt : std::optional(shown.front());
}

std::optional<std::int64_t> later_beginning(const Readers& readers, const std::filesystem::path& absolute,
                                            const footage::Facts& facts, const process::Stop& stop) {
    if (!facts.is_begin_doubtful) return std::nullopt;
    const auto& first = facts.first_picture;
    if (facts.codec == "h264" && is_idr(footage::bytes_from(absolute, first.at, kHeaderBytes), first.count))
        return std::nullopt;
    const auto input = process::input_of(absolute);
    if (begins_with_true_key(readers.ffprobe, input, facts, stop)) return std::nullopt;
    // A decoder of H.264 shows nothing before it is right, and need never meet a picture that refers to no other.
    const auto among = facts.codec == "h264" ? Among::all : Among::keys;
    const auto time = first_shown(readers.ffmpeg, input, facts, stop, among);
    // An edit list may begin within a picture.
    const double picture = facts.rate.positive() ? 1 / facts.rate.value() / facts.time_base.value() : 1;
    const bool is_later = time && static_cast<double>(*time - facts.start_pts) >= picture / 2;
    return is_later ? time : std::nullopt;
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

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/footage/clip.hpp>
#include <libdadcam/library/measurement_store.hpp>
#include <libdadcam/measure/damage.hpp>
#include <libdadcam/measure/keys.hpp>
#include <libdadcam/process/process.hpp>
#include <libdadcam/render/damage.hpp>
#include <libdadcam/render/measured.hpp>
#include <map>
#include <optional>

namespace dadcam::render {
namespace {

using Words = std::vector<std::string>;

/// When the pictures are shown that ffmpeg writes, in microseconds from the clip's first one; nothing when it takes too
/// long.
std::optional<std::vector<std::int64_t>> times_of(const std::string& ffmpeg, Words reading, const Words& behind,
                                                  const ffmpeg::Stream& stream, const process::Stop& stop) {
    constexpr std::size_t kMost = std::size_t{1} << 26U;
    constexpr std::chrono::minutes kPatience{30};
    reading.insert(reading.begin(), {"-v", "quiet", "-nostdin"});
    reading.insert(reading.end(), {"-map", stream.name});
    reading.insert(reading.end(), behind.begin(), behind.end());
    const auto ran = process::capture({ffmpeg, std::move(reading)}, process::Stream::out, kMost, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (ran.finished.ended == process::Ended::given_up) return std::nullopt;
    auto times = measure::frames_in(ran.output).times;
    const double tick_us = stream.facts.time_base.value() * 1e6;
    for (auto& time : times) time = std::llround(static_cast<double>(time - stream.facts.start_pts) * tick_us);
    return times;
}

/// The same inputs, but only so much of each.
Words shortened(const Words& reading, std::int64_t us) {
    Words words;
    for (const auto& word : reading) {
        if (word == "-i") words.insert(words.end(), {"-t", fmt::format("{}us", us)});
        words.push_back(word);
    }
    return words;
}

std::vector<footage::Lost> lost_in(const ffmpeg::Film& film, const ffmpeg::Reading& reading,
                                   const ffmpeg::InputName& name_of, const std::string& ffmpeg,
                                   const process::Stop& stop) {
    constexpr std::int64_t kSecond = 1'000'000, kBetweenKeys = 60 * kSecond;
    const auto stream = ffmpeg::pictures_in(film, reading, 0);
    const auto from = microseconds_at(reading.window.from, film.format.rate);
    const auto until = std::min(reading.facts->duration_us,
                                microseconds_at(reading.window.from + reading.window.frames, film.format.rate));
    if (from >= until || !reading.facts->rate.positive()) return {};
    const auto inputs = ffmpeg::inputs_of(film, reading, name_of(*reading.clip));
    const auto tick = stream.facts.time_base;
    const auto end = stream.facts.start_pts + std::llround(static_cast<double>(until + kSecond) / 1e6 / tick.value());
    auto up_to_end = measure::as_list_of_decoded(tick);
    up_to_end.insert(up_to_end.begin(), {"-vf", fmt::format("trim=end_pts={}", end)});
    const auto decoded = times_of(ffmpeg, inputs, up_to_end, stream, stop);
    if (!decoded) return {};
    const double picture_us = 1e6 / reading.facts->rate.value();
    const auto gaps = measure::gaps_in(*decoded, {from, until}, picture_us);
    if (gaps.empty()) return {};
    const auto some = shortened(inputs, until - from + kBetweenKeys);
    const auto coded = times_of(ffmpeg, some, measure::as_list_of_coded(), stream, stop);
    return coded ? measure::undecoded(gaps, *coded, picture_us) : std::vector<footage::Lost>();
}

}  // namespace

bool is_damage_likely(std::string_view words) {
    for (auto at = words.find("[error]"); at != std::string_view::npos; at = words.find("[error]", at + 1)) {
        // Where H.264 is entered in its middle; the pictures that are shown are whole.
        if (!words.substr(at).starts_with("[error] mmco: ")) return true;
    }
    return false;
}

std::vector<Damage> look_for_damage(const ffmpeg::Film& film, const timeline::Segment& segment,
                                    const ffmpeg::InputName& name_of, const std::string& ffmpeg,
                                    const process::Stop& stop) {
    std::vector<Damage> found;
    for (const auto& piece : segment.pieces) {
        for (const auto& reading : ffmpeg::readings_of(film, piece)) {
            if (reading.clip == nullptr) continue;
            auto lost = lost_in(film, reading, name_of, ffmpeg, stop);
            if (lost.empty()) continue;
            for (auto& one : lost) one.at_us += footage::begin_of(*reading.clip, reading.span);
            found.push_back({footage::rendering_id(*reading.clip), std::move(lost)});
        }
    }
    return found;
}

std::vector<std::string> damaged_in(library::Library& library, const Snapshot& snapshot, const Plan& plan) {
    std::map<std::size_t, std::vector<footage::Lost>> by_clip;
    for (const auto& item : plan.items) {
        if (item.source.card) continue;
        const auto& clip = snapshot.inputs[item.source.clip];
        const auto begin =
            item.source.from_us + footage::begin_of(clip, timeline::span_of(item.source, snapshot.inputs));
        for (const auto& lost : library::find_damage(library, footage::rendering_id(clip))) {
            const auto from = std::max(lost.at_us, begin);
            const auto until = std::min(lost.at_us + lost.us, begin + item.source.length_us);
            if (from < until) by_clip[item.source.clip].push_back({from, until - from});
        }
    }
    constexpr std::size_t kMostTold = 5;
    std::vector<std::string> told;
    for (auto& [index, all] : by_clip) {
        const auto& clip = snapshot.inputs[index];
        const auto lost = measure::merged(std::move(all));
        const auto shown = std::min(kMostTold, lost.size());
        for (std::size_t at = 0; at < shown; ++at) told.push_back(with_time(clip, lost[at]));
        if (shown < lost.size()) told.push_back(fmt::format("{} (at {} more places)", clip.path, lost.size() - shown));
    }
    return told;
}

}  // namespace dadcam::render

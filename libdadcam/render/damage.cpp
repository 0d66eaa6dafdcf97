#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/footage/clip.hpp>
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
using Stretches = std::vector<measure::Shown>;

/// A stream of what a segment reads.
struct Stream {
    library::Damaged kind;
    ffmpeg::Stream stream;
    Words inputs;
    std::int64_t picture_us;  ///< how long one is shown; of sound, each says it
    std::ptrdiff_t few_gaps;  ///< as undecoded() takes it

    bool has_pictures() const { return kind == library::Damaged::pictures; }
    double first_us() const {
        return static_cast<double>(stream.facts.start_pts) * stream.facts.time_base.value() * 1e6;
    }
};

/// What ffmpeg writes of it, from the clip's first picture on; nothing when it takes too long.
std::optional<Stretches> stretches_in(const std::string& ffmpeg, Words reading, const Words& behind,
                                      const Stream& stream, const process::Stop& stop) {
    constexpr std::size_t kMost = std::size_t{1} << 26U;
    constexpr std::chrono::minutes kPatience{30};
    reading.insert(reading.begin(), {"-v", "quiet", "-nostdin"});
    reading.insert(reading.end(), {"-map", stream.stream.name});
    reading.insert(reading.end(), behind.begin(), behind.end());
    const auto ran = process::capture({ffmpeg, std::move(reading)}, process::Stream::out, kMost, kPatience, stop);
    if (ran.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (ran.finished.ended == process::Ended::given_up) return std::nullopt;
    const auto list = measure::frames_in(ran.output);
    const double tick_us = list.tick.value() * 1e6;
    Stretches all;
    for (std::size_t at = 0; at < list.times.size(); ++at) {
        const auto from = std::llround(static_cast<double>(list.times[at]) * tick_us - stream.first_us());
        const auto length = std::llround(static_cast<double>(list.lengths[at]) * tick_us);
        all.push_back({from, from + (stream.has_pictures() ? stream.picture_us : length)});
    }
    return all;
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

Words decoding(const Stream& stream, std::int64_t until_us) {
    const auto end = std::llround(stream.first_us()) + until_us;
    Words words{"-filter", fmt::format("{}=end={}us", stream.has_pictures() ? "trim" : "atrim", end)};
    const auto list = stream.has_pictures() ? measure::as_list_of_decoded(stream.stream.facts.time_base)
                                            : measure::as_list_of_decoded_sound();
    words.insert(words.end(), list.begin(), list.end());
    return words;
}

std::vector<footage::Lost> lost_in(const Stream& stream, measure::Shown shown, const std::string& ffmpeg,
                                   const process::Stop& stop) {
    constexpr std::int64_t kSecond = 1'000'000, kBetweenKeys = 60 * kSecond, kHalfAPacket = 10'000;
    const auto decoded = stretches_in(ffmpeg, stream.inputs, decoding(stream, shown.until_us + kSecond), stream, stop);
    if (!decoded) return {};
    const auto slack = stream.has_pictures() ? stream.picture_us / 2 : kHalfAPacket;
    auto gaps = measure::gaps_in(*decoded, shown, slack);
    if (gaps.empty()) return {};
    const auto some = shortened(stream.inputs, shown.until_us - shown.from_us + kBetweenKeys);
    const auto coded = stretches_in(ffmpeg, some, measure::as_list_of_coded(), stream, stop);
    if (!coded) return {};
    std::vector<std::int64_t> times;
    for (const auto& one : *coded) times.push_back(one.from_us);
    if (!stream.has_pictures()) gaps = measure::within_sound(std::move(gaps), *decoded, times);
    return measure::undecoded(std::move(gaps), times, slack, stream.few_gaps);
}

/// What a segment shows and lets hear of a reading, where that can be damaged.
std::vector<Stream> streams_of(const ffmpeg::Film& film, const ffmpeg::Reading& reading,
                               const ffmpeg::InputName& name_of) {
    std::vector<Stream> streams;
    const auto inputs = ffmpeg::inputs_of(film, reading, name_of(*reading.clip));
    // An AVI does not say when its pictures are shown, and a span is entered with errors, though it is whole. The times
    // of sound jump a little now and then.
    const std::ptrdiff_t few = reading.span == nullptr && reading.facts->container != "avi" ? 2 : 0;
    if (!recipe::copies_pictures(film.preset) && reading.facts->rate.positive())
        streams.push_back({library::Damaged::pictures, ffmpeg::pictures_in(film, reading, 0), inputs,
                           std::llround(1e6 / reading.facts->rate.value()), few});
    if (recipe::has_sound(film.preset) && reading.has_sound())
        streams.push_back({library::Damaged::sound, ffmpeg::sound_in(film, reading, 0), inputs, 0, 0});
    return streams;
}

}  // namespace

bool is_damage_likely(std::string_view words) {
    if (words.find("[warning] edit unit sync lost") != std::string_view::npos) return true;  // MXF's word for it
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
            const auto from = microseconds_at(reading.window.from, film.format.rate);
            const auto until = std::min(reading.facts->duration_us,
                                        microseconds_at(reading.window.from + reading.window.frames, film.format.rate));
            if (from >= until) continue;
            for (const auto& stream : streams_of(film, reading, name_of)) {
                auto lost = lost_in(stream, {from, until}, ffmpeg, stop);
                if (lost.empty()) continue;
                for (auto& one : lost) one.at_us += footage::begin_of(*reading.clip, reading.span);
                found.push_back({footage::rendering_id(*reading.clip), stream.kind, std::move(lost)});
            }
        }
    }
    return found;
}

std::vector<std::string> damaged_in(library::Library& library, const Snapshot& snapshot, const Plan& plan) {
    std::map<std::pair<std::size_t, library::Damaged>, std::vector<footage::Lost>> all;
    const auto take = [&](const timeline::Source& source, library::Damaged damaged,
                          const std::vector<footage::Lost>& stretches) {
        const auto begin = source.from_us +
                           footage::begin_of(snapshot.inputs[source.clip], timeline::span_of(source, snapshot.inputs));
        const auto end = begin + source.length_us;
        for (const auto& lost : stretches) {
            const auto from = std::max(lost.at_us, begin), until = std::min(lost.at_us + lost.us, end);
            if (from < until || (lost.us == 0 && lost.at_us == end))
                all[{source.clip, damaged}].push_back({from, until - from});
        }
    };
    for (const auto& item : plan.items) {
        if (item.source.card) continue;
        const auto& clip = snapshot.inputs[item.source.clip];
        for (const auto damaged : {library::Damaged::pictures, library::Damaged::sound}) {
            const bool is_rendered = damaged == library::Damaged::pictures ? !recipe::copies_pictures(snapshot.preset)
                                                                           : recipe::has_sound(snapshot.preset);
            if (is_rendered)
                take(item.source, damaged, library::find_damage(library, footage::rendering_id(clip), damaged));
        }
        take(item.source, library::Damaged::pictures, clip.facts.damaged);
    }
    constexpr std::size_t kMostTold = 5;
    std::vector<std::string> told;
    for (auto& [where, stretches] : all) {
        const auto& clip = snapshot.inputs[where.first];
        const auto lost = measure::merged(std::move(stretches));
        const auto shown = std::min(kMostTold, lost.size());
        for (std::size_t at = 0; at < shown; ++at)
            told.push_back(with_time(clip, lost[at], where.second == library::Damaged::sound ? " of sound" : ""));
        if (shown < lost.size()) told.push_back(fmt::format("{} (at {} more places)", clip.path, lost.size() - shown));
    }
    return told;
}

}  // namespace dadcam::render

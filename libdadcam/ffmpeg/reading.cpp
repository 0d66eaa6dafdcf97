#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/process/input.hpp>

namespace dadcam::ffmpeg {
namespace {

/// How far before a window its pictures and its sound are entered: a deinterlacer looks at its neighbours, and a
/// sound's bytes may lie a second or more away from those of its pictures.
constexpr std::int64_t kPictureLeadUs = 1'000'000;
constexpr std::int64_t kSoundLeadUs = 3'000'000;

void append(std::vector<std::string>& words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
}

/// Where a source begins, as a frame of its clip: the last one at the latest.
Frames first_frame(const timeline::Source& source, std::span<const footage::Clip> clips, Rational rate) {
    if (source.from_us == 0) return {};
    const auto last = frames_in(timeline::facts_of(source, clips).duration_us, rate) - Frames{1};
    return std::min(Frames{rounded_product(source.from_us, rate.num, 1'000'000 * rate.den)}, last);
}

/// Where its sound begins within that of its clip: with its frame; but where the pictures are copied, which keep their
/// own times, with its first picture.
Samples first_sample_of(const Film& film, const timeline::Source& source, Frames first) {
    if (!recipe::copies_pictures(film.preset)) return sample_at(first, film.format.rate);
    return {rounded_product(source.from_us, kSampleRate, 1'000'000)};
}

Reading window_of(const Film& film, std::size_t item_index, Window window) {
    const auto& source = film.items[item_index].source;
    const auto rate = film.format.rate;
    const auto position = [&](Frames frame) { return timeline::sample_within(film.items, item_index, frame, rate); };
    const auto first = position(window.from);
    const SampleWindow samples{first, position(window.from + window.frames) - first};
    const auto begin = source.clip == timeline::Source::kNoClip ? Frames{} : first_frame(source, film.clips, rate);
    if (source.card) {
        Reading card{nullptr, nullptr, nullptr, 0, 0, {{}, window.frames}, samples, item_index};
        if (!timeline::clip_read_by(source)) return card;
        card.clip = &film.clips[source.clip];
        card.facts = &timeline::facts_of(source, film.clips);
        card.span = timeline::span_of(source, film.clips);
        card.window.from = begin;
        return card;
    }
    return {&film.clips[source.clip],
            &timeline::facts_of(source, film.clips),
            timeline::span_of(source, film.clips),
            source.since_us,
            source.from_us,
            {begin + window.from, window.frames},
            {first_sample_of(film, source, begin) + samples.from, samples.samples}};
}

/// Where the pictures and the sound of a span are entered for a window of it.
footage::KeyPicture picture_entry(const Film& film, const Reading& reading) {
    return footage::key_before(*reading.span, microseconds_at(reading.window.from, film.format.rate) - kPictureLeadUs);
}

footage::KeyPicture sound_entry(const Film& film, const Reading& reading) {
    const auto key =
        footage::key_before(*reading.span, microseconds_at(reading.window.from, film.format.rate) - kSoundLeadUs);
    const auto begin = reading.span->sounds.begin;
    return key.us <= 0 || key.byte <= begin ? footage::KeyPicture{0, begin} : key;
}

/// The facts that hold for a part that is entered there: where the clock counts from the part's own beginning, the
/// first picture of the span lies before it.
footage::Facts entered(const Reading& reading, const footage::KeyPicture& entry) {
    constexpr std::int64_t kSecondsInMinute = 60;
    auto facts = *reading.facts;
    const auto ticks = rounded_product(entry.us, facts.time_base.den, 1'000'000 * facts.time_base.num);
    if (reading.span->clock_counts)
        facts.start_pts -= ticks;
    else
        facts.start_pts += clock_shift(facts.start_pts + ticks, kSecondsInMinute * facts.time_base.den /
                                                                    std::max<std::int64_t>(1, facts.time_base.num));
    return facts;
}

/// A span's pictures, then its sound.
std::vector<std::string> inputs_of_span(const Film& film, const Reading& reading, const std::string& name) {
    const auto of_part = [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::string> arguments{"-copyts", "-threads", "1"};
        append(arguments, process::held_to_part(process::kContainers));
        append(arguments, {"-i", process::part_of(name, {begin, end})});
        return arguments;
    };
    auto arguments = of_part(picture_entry(film, reading).byte, reading.span->pictures.end);
    if (reading.has_sound()) append(arguments, of_part(sound_entry(film, reading).byte, reading.span->sounds.end));
    return arguments;
}

/// A stream by the number that its container gives it, which is the same wherever it is entered; else by its place.
std::string specifier(int stream, const std::string& id) {
    return id.empty() ? fmt::format("{}", stream) : "i:" + id;
}

}  // namespace

std::int64_t clock_shift(std::int64_t time, std::int64_t minute) {
    constexpr std::int64_t kWrap = std::int64_t{1} << 33;
    const auto stands = (time % kWrap + kWrap) % kWrap;
    return (stands < kWrap - minute ? stands : stands - kWrap) - time;
}

Frames fade_of(const Film& film, const timeline::Piece& piece) {
    return piece.from.count == 0 ? film.items[piece.item].fade_in : Frames{};
}

std::vector<Reading> readings_of(const Film& film, const timeline::Piece& piece) {
    std::vector<Reading> readings;
    if (const Frames fade = fade_of(film, piece); fade.count > 0) {
        readings.push_back(window_of(film, piece.item - 1, {film.items[piece.item - 1].frames - fade, fade}));
    }
    readings.push_back(window_of(film, piece.item, {piece.from, piece.frames}));
    // As many frames need not be as many samples: a fade is no longer than the shorter of its two sounds.
    auto& fade = readings.front().samples.samples;
    fade = std::min(fade, readings.back().samples.samples);
    return readings;
}

/// One thread a decoder: what is made of a damaged stream can depend on how many there are, and the workers share the
/// cores among them. Without -noaccurate_seek the picture that is on when the window begins could be thrown away.
std::vector<std::string> inputs_of(const Film& film, const Reading& reading, const std::string& name) {
    if (reading.span != nullptr) return inputs_of_span(film, reading, name);
    std::vector<std::string> arguments{"-copyts", "-threads", "1"};
    if (const auto seek = seek_for(*reading.facts, reading.window, film.format.rate); seek.input_us) {
        append(arguments, {"-noaccurate_seek", "-ss", fmt::format("{}us", *seek.input_us)});
    }
    append(arguments, process::held_to(process::kContainers));
    append(arguments, {"-i", name});
    return arguments;
}

Stream pictures_in(const Film& film, const Reading& reading, std::size_t input) {
    const auto& facts = *reading.facts;
    if (reading.span == nullptr) return {fmt::format("{}:{}", input, facts.stream), facts};
    return {fmt::format("{}:{}", input, specifier(facts.stream, facts.stream_id)),
            entered(reading, picture_entry(film, reading))};
}

Stream sound_in(const Film& film, const Reading& reading, std::size_t input) {
    const auto& facts = *reading.facts;
    if (reading.span == nullptr) return {fmt::format("{}:{}", input, facts.sound->stream), facts};
    return {fmt::format("{}:{}", input + 1, specifier(facts.sound->stream, facts.sound->stream_id)),
            entered(reading, sound_entry(film, reading))};
}

}  // namespace dadcam::ffmpeg

#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/command.hpp>
#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/ffmpeg/sound.hpp>
#include <libdadcam/hash.hpp>

namespace dadcam::ffmpeg {
namespace {

/// As it is for what is shown so long after a clip's beginning on the film, and begins there within its file: a date
/// that is drawn for some time only may be over.
Look look_since(Look look, std::int64_t since_us, std::int64_t from_us) {
    if ((since_us == 0 && from_us == 0) || !look.date_overlay || !look.date_overlay->milliseconds) return look;
    auto& left = *look.date_overlay->milliseconds;
    left -= since_us / 1000;
    if (left <= 0)
        look.date_overlay.reset();
    else
        left += from_us / 1000;
    return look;
}

std::string card_of(const Film& film, const Reading& reading, std::size_t input) {
    const std::span lines(film.texts->at(*reading.card));
    if (reading.clip == nullptr)
        return black_card(lines, reading.window.frames, film.format, film.look.font_file, film.preset.pixel_format);
    auto stream = pictures_in(film, reading, input);
    footage::Clip clip;
    clip.facts = std::move(stream.facts);
    return fmt::format("[{}]{}", stream.name,
                       blurred_card(lines, reading.window.frames, clip, reading.window.from, film.format, film.look,
                                    film.preset.pixel_format, fmt::format("p{}", input)));
}

std::string pictures_of(const Film& film, const Reading& reading, std::size_t input) {
    if (reading.card) return card_of(film, reading, input);
    auto stream = pictures_in(film, reading, input);
    footage::Clip clip;
    clip.recorded = reading.clip->recorded;
    clip.facts = std::move(stream.facts);
    return fmt::format(
        "[{}]{}", stream.name,
        picture_chain(clip, reading.window, film.format, look_since(film.look, reading.since_us, reading.from_us),
                      film.preset.pixel_format, fmt::format("p{}", input)));
}

/// The frame that had this number is the first.
std::string from_zero(Frames first) {
    return fmt::format("setpts=PTS-{}", first.count);
}

std::string sound_of(const Film& film, const Reading& reading, std::size_t input) {
    if (!reading.has_sound()) return silence(reading.samples.samples);
    const auto seek = seek_for(*reading.facts, reading.window, film.format.rate);
    const auto stream = sound_in(film, reading, input);
    return fmt::format("[{}]{}", stream.name,
                       sound_chain(stream.facts, reading.samples, seek.sound_seconds,
                                   reading.span != nullptr && reading.span->sound_is_spliced));
}

/// The pictures of a piece that begins with a fade: [v<index>]. xfade knows 4:4:4 alone, so nothing but the fade passes
/// through it: the rest of the clip keeps the colours that it has without a fade. Frames are counted from zero behind
/// it: from 7.0 on a stream has no rate after setpts, and xfade takes none without.
std::string faded_pictures(const Film& film, const timeline::Piece& piece, const std::vector<Reading>& readings,
                           std::size_t index, std::size_t input) {
    const Frames fade = fade_of(film, piece);
    // xfade looks one frame beyond its end, and waits for ever when the second input ends there too.
    return fmt::format(
        "{before},tpad=stop=1:stop_mode=clone[x{i}];{own},split[o{i}][r{i}];"
        "[o{i}]trim=end_frame={fade},tpad=stop=1:stop_mode=clone[y{i}];"
        "[x{i}][y{i}]xfade=transition=fade:duration={us}us:offset=0,trim=end_frame={fade},format={format},{f0}[f{i}];"
        "[r{i}]trim=start_frame={fade},{g0}[g{i}];[f{i}][g{i}]concat=n=2:v=1:a=0[v{i}];",
        fmt::arg("before", pictures_of(film, readings[0], input)), fmt::arg("i", index),
        fmt::arg("own", pictures_of(film, readings[1], input + readings[0].inputs())), fmt::arg("fade", fade.count),
        fmt::arg("us", microseconds_at(fade, film.format.rate)), fmt::arg("format", film.preset.pixel_format),
        fmt::arg("f0", from_zero(readings[0].window.from)), fmt::arg("g0", from_zero(readings[1].window.from + fade)));
}

/// The sound of such a piece: [a<index>]. Its second input goes on without end: ffmpeg 7.1's acrossfade gives nothing
/// at all where that one ends, as it does by chance, before the first has.
std::string faded_sound(const Film& film, const std::vector<Reading>& readings, std::size_t index, std::size_t input) {
    return fmt::format(
        "{before}[s{i}];{own},apad[t{i}];[s{i}][t{i}]acrossfade=ns={fade}:c1=tri:c2=tri,atrim=end_sample={whole},"
        "asetpts=N[a{i}];",
        fmt::arg("before", sound_of(film, readings[0], input)), fmt::arg("i", index),
        fmt::arg("own", sound_of(film, readings[1], input + readings[0].inputs())),
        fmt::arg("fade", readings[0].samples.samples.count), fmt::arg("whole", readings[1].samples.samples.count));
}

/// The chains of one piece: [v<index>] and [a<index>]. `input`: its first on the command line.
std::string piece_graph(const Film& film, const timeline::Piece& piece, std::size_t index, std::size_t input) {
    const auto readings = readings_of(film, piece);
    if (readings.size() == 1) {
        return fmt::format("{},{}[v{}];{}[a{}];", pictures_of(film, readings[0], input),
                           from_zero(readings[0].window.from), index, sound_of(film, readings[0], input), index);
    }
    return faded_pictures(film, piece, readings, index, input) + faded_sound(film, readings, index, input);
}

/// The sound alone, where the pictures are copied: one chain a piece, joined.
std::string sound_graph_of(const Film& film, const timeline::Segment& segment) {
    std::string chains, sounds;
    std::size_t input = 0;
    for (std::size_t index = 0; index < segment.pieces.size(); ++index) {
        const auto reading = readings_of(film, segment.pieces[index]).back();
        chains += fmt::format("{}[a{}];", sound_of(film, reading, input), index);
        sounds += fmt::format("[a{}]", index);
        input += reading.inputs();
    }
    return fmt::format("{}{}concat=n={}:v=0:a=1[a]", chains, sounds, segment.pieces.size());
}

/// One chain a piece, joined, and counted anew: every step is exactly one frame.
std::string graph_of(const Film& film, const timeline::Segment& segment) {
    if (recipe::copies_pictures(film.preset)) return sound_graph_of(film, segment);
    std::string chains, pictures, sounds;
    std::size_t input = 0;
    for (std::size_t index = 0; index < segment.pieces.size(); ++index) {
        chains += piece_graph(film, segment.pieces[index], index, input);
        for (const auto& reading : readings_of(film, segment.pieces[index])) input += reading.inputs();
        pictures += fmt::format("[v{}]", index);
        sounds += fmt::format("[a{}]", index);
    }
    const auto count = segment.pieces.size();
    const Rational rate = film.format.rate;
    return fmt::format("{0}{1}concat=n={3}:v=1:a=0,settb={5}/{4},setpts=N,fps={4}/{5}[v];{2}concat=n={3}:v=0:a=1[a]",
                       chains, pictures, sounds, count, rate.num, rate.den);
}

/// Everything up to the encoders. One thread for the filters: where zscale shares a picture among several, a few of its
/// pixels follow from how many there are. It is faster, too, while every core has a worker of its own.
Arguments rendered(const Film& film, const timeline::Segment& segment, const InputName& name_of) {
    Arguments arguments = common();
    bool is_trimmed = false;
    for (const auto& piece : segment.pieces) {
        for (const auto& reading : readings_of(film, piece)) {
            is_trimmed = is_trimmed || reading.from_us > 0;
            if (reading.clip != nullptr) add(arguments, inputs_of(film, reading, name_of(*reading.clip)));
        }
    }
    // What is entered in the middle of a damaged recording can have more of what cannot be decoded than of what can.
    if (is_trimmed) add(arguments, {"-max_error_rate", "1"});
    add(arguments, {"-filter_complex_threads", "1", "-filter_complex", graph_of(film, segment)});
    if (!recipe::copies_pictures(film.preset)) add(arguments, {"-map", "[v]"});
    add(arguments, {"-map", "[a]"});
    return arguments;
}

}  // namespace

std::vector<std::string> segment_arguments(const Film& film, const timeline::Segment& segment, const InputName& name_of,
                                           const std::string& output) {
    Arguments arguments = rendered(film, segment, name_of);
    add(arguments, film.preset.video_arguments);
    if (!recipe::copies_pictures(film.preset)) {
        add(arguments,
            {"-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"});
    }
    add(arguments, {"-c:a", "pcm_s16le"});
    add(arguments, bare_output());
    add(arguments, {"-video_track_timescale", fmt::format("{}", film.format.rate.num), "-f", "mov", output});
    return arguments;
}

std::vector<std::string> decode_arguments(const Film& film, const timeline::Segment& segment,
                                          const InputName& name_of) {
    Arguments arguments = rendered(film, segment, name_of);
    add(arguments, {"-f", "null", "-"});
    return arguments;
}

std::set<std::string> filters_of(const Film& film, const timeline::Segment& segment) {
    return filters_in(graph_of(film, segment));
}

std::string segment_key(const Film& film, const timeline::Segment& segment, const std::string& ffmpeg_identity) {
    const auto content_of = [](const footage::Clip& clip) { return footage::rendering_id(clip); };
    Hash hash;
    hash.add_field(fmt::format("dadcam pipeline {}", kPipelineVersion));
    hash.add_field(ffmpeg_identity);
    for (const auto& argument : segment_arguments(film, segment, content_of, "output")) hash.add_field(argument);
    return hash.finish();
}

}  // namespace dadcam::ffmpeg

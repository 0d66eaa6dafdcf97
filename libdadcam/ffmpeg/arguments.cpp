#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/film_sound.hpp>
#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/ffmpeg/reading.hpp>
#include <libdadcam/ffmpeg/sound.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/process/input.hpp>

namespace dadcam::ffmpeg {
namespace {

using Arguments = std::vector<std::string>;

constexpr const char* kSegmentContainer = "mov,mp4,m4a,3gp,3g2,mj2";  // one demuxer of ffmpeg, by all its names

void add(Arguments& arguments, const Arguments& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
}

/// How every ffmpeg is started: quiet but for warnings, its progress in blocks, no network, nothing asked.
Arguments common() {
    return {"-hide_banner",  "-nostdin", "-nostats",  "-loglevel", "repeat+level+warning",
            "-stats_period", "0.1",      "-progress", "pipe:2",    "-y"};
}

/// Nothing in a file but what was recorded: no dates, no versions, no tags of the sources.
Arguments bare_output() {
    return {"-fflags",       "+bitexact", "-flags:v",      "+bitexact", "-flags:a", "+bitexact",
            "-map_metadata", "-1",        "-map_chapters", "-1",        "-dn",      "-sn"};
}

/// As it is for what comes so long after a clip's beginning: a date that is drawn for some time only may be over.
Look look_since(Look look, std::int64_t since_us) {
    if (since_us == 0 || !look.date_overlay || !look.date_overlay->milliseconds) return look;
    auto& left = *look.date_overlay->milliseconds;
    left -= since_us / 1000;
    if (left <= 0) look.date_overlay.reset();
    return look;
}

std::string pictures_of(const Film& film, const Reading& reading, std::size_t input) {
    auto stream = pictures_in(film, reading, input);
    footage::Clip clip;
    clip.recorded = reading.clip.recorded;
    clip.facts = std::move(stream.facts);
    return fmt::format("[{}]{}", stream.name,
                       picture_chain(clip, reading.window, film.format, look_since(film.look, reading.since_us),
                                     film.preset.pixel_format, fmt::format("p{}", input)));
}

/// The frame that had this number is the first.
std::string from_zero(Frames first) {
    return fmt::format("setpts=PTS-{}", first.count);
}

std::string sound_of(const Film& film, const Reading& reading, std::size_t input) {
    if (!reading.facts.sound) return silence(reading.samples.samples);
    const auto seek = seek_for(reading.facts, reading.window, film.format.rate);
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

/// One chain a piece, joined, and counted anew: every step is exactly one frame.
std::string graph_of(const Film& film, const timeline::Segment& segment) {
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

/// The segments' sound, as it is read on standard input.
Arguments pcm_input() {
    auto arguments = process::held_to_pipe("s16le");
    add(arguments, {"-f", "s16le", "-ar", fmt::format("{}", kSampleRate), "-channel_layout", "stereo", "-i", "pipe:0"});
    return arguments;
}

/// ADTS has no times: the first packet is what the encoder put before the sound, which a player passes over, and the
/// last one is as long as the sound is. All in a packet's own length, in whatever unit it comes: setts takes its
/// time_base for that of its results in ffmpeg 5.1 and 7.1, and in 9 turns what was reckoned in the input's into it.
std::string packet_times(const Film& film) {
    const Samples whole = timeline::total_samples(film.items, film.format.rate);
    const auto last = sound_packets(whole) - 1;
    return fmt::format("setts=ts=(N-1)*DURATION:duration=if(eq(N\\,{})\\,DURATION*{}/{}\\,DURATION)", last,
                       whole.count - (last - 1) * kPacketSamples.count, kPacketSamples.count);
}

/// The film's sound, encoded or not, as it is read on standard input.
Arguments sound_input(const Film& film) {
    // ffmpeg sleeps for 10 ms whenever it finds nothing there, so that much is read ahead: up to 4 MB.
    Arguments arguments{"-thread_queue_size", "1024"};
    if (encodes_sound(film.preset)) {
        add(arguments, process::held_to_pipe("aac"));
        add(arguments, {"-f", "aac", "-i", "pipe:0"});
    } else {
        add(arguments, pcm_input());
    }
    return arguments;
}

/// The most bytes that a film's index can need. A picture: its size (4), its place (8), its chunk (12), its decoding
/// time (8), its delay (8), that it is a key (4); and with each picture a chunk of sound (20). A packet of sound, which
/// no encoder here makes of less than 1024 samples: its size (4) and its time (8).
std::int64_t index_bytes(const Film& film) {
    constexpr std::int64_t kPicture = 4 + 8 + 12 + 8 + 8 + 4 + 20, kPacket = 4 + 8, kRest = 8192;
    const auto packets = sound_packets(timeline::total_samples(film.items, film.format.rate));
    return timeline::total_frames(film.items).count * kPicture + packets * kPacket + kRest;
}

/// Everything up to the encoders. One thread for the filters: where zscale shares a picture among several, a few of its
/// pixels follow from how many there are. It is faster, too, while every core has a worker of its own.
Arguments rendered(const Film& film, const timeline::Segment& segment, const InputName& name_of) {
    Arguments arguments = common();
    for (const auto& piece : segment.pieces) {
        for (const auto& reading : readings_of(film, piece)) {
            add(arguments, inputs_of(film, reading, name_of(reading.clip)));
        }
    }
    add(arguments,
        {"-filter_complex_threads", "1", "-filter_complex", graph_of(film, segment), "-map", "[v]", "-map", "[a]"});
    return arguments;
}

}  // namespace

std::vector<std::string> segment_arguments(const Film& film, const timeline::Segment& segment, const InputName& name_of,
                                           const std::string& output) {
    Arguments arguments = rendered(film, segment, name_of);
    add(arguments, film.preset.video_arguments);
    add(arguments, {"-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
                    "-c:a", "pcm_s16le"});
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

std::string concat_list(std::span<const timeline::Segment> segments, std::span<const std::string> names,
                        Rational rate) {
    std::string list = "ffconcat version 1.0\n";
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const auto& segment = segments[index];
        // Differences of rounded positions, never rounded lengths, which would add up to a step of another length.
        const auto duration =
            microseconds_at(segment.first + segment.frames, rate) - microseconds_at(segment.first, rate);
        list += fmt::format("file {}\nduration {}us\n", names[index], duration);
    }
    return list;
}

std::vector<std::string> sound_arguments(const Film& film, const std::string& output) {
    Arguments arguments = common();
    add(arguments, pcm_input());
    add(arguments, {"-map", "0:a:0"});
    add(arguments, film.preset.sound_arguments);
    add(arguments, bare_output());
    add(arguments, {"-f", "adts", output});
    return arguments;
}

std::vector<std::string> film_arguments(const Film& film, const std::string& list, const std::string& output) {
    Arguments arguments = common();
    // The whitelist is handed on to what the list names: that none of it is a list again, the inventory has seen to.
    add(arguments, process::held_to(std::string("concat,") + kSegmentContainer));
    add(arguments, {"-f", "concat", "-safe", "0", "-i", list});
    add(arguments, sound_input(film));
    add(arguments, {"-map", "0:v:0", "-map", "1:a:0", "-c", "copy"});
    if (encodes_sound(film.preset)) add(arguments, {"-bsf:a", packet_times(film)});
    add(arguments, bare_output());
    const auto scale = fmt::format("{}", film.format.rate.num);
    add(arguments, {"-video_track_timescale", scale, "-movie_timescale", scale});
    add(arguments, {"-moov_size", fmt::format("{}", index_bytes(film)), "-f", film.preset.muxer, output});
    return arguments;
}

std::vector<std::string> thumbnail_arguments(const std::string& film, std::int64_t position_us,
                                             const std::string& output) {
    Arguments arguments = common();
    add(arguments, {"-ss", fmt::format("{}us", position_us)});
    add(arguments, process::held_to(kSegmentContainer));
    add(arguments, {"-i", film, "-map", "0:v:0", "-frames:v", "1", "-vf", "scale=min(320\\,iw):-2:out_range=pc", "-c:v",
                    "mjpeg", "-pix_fmt", "yuv420p", "-color_range", "pc", "-strict", "unofficial", "-q:v", "3"});
    add(arguments, bare_output());
    add(arguments, {"-f", "image2", "-update", "1", output});
    return arguments;
}

}  // namespace dadcam::ffmpeg

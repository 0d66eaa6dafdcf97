#include <fmt/format.h>

#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/ffmpeg/sound.hpp>
#include <libdadcam/footage/hash.hpp>
#include <libdadcam/footage/probe.hpp>

namespace dadcam::ffmpeg {
namespace {

using Arguments = std::vector<std::string>;

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

const footage::Clip& clip_of(const Film& film, const timeline::Piece& piece) {
    return film.clips[film.items[piece.item].clip];
}

Seek seek_of(const Film& film, const timeline::Piece& piece) {
    return seek_for(clip_of(film, piece).facts, {piece.from, piece.frames}, film.format.rate);
}

/// Without -noaccurate_seek the picture that is on when the window begins could be thrown away.
Arguments input_of(const Film& film, const timeline::Piece& piece, const std::string& name) {
    Arguments arguments{"-copyts"};
    if (const auto seek = seek_of(film, piece); seek.input_us) {
        add(arguments, {"-noaccurate_seek", "-ss", fmt::format("{}us", *seek.input_us)});
    }
    add(arguments,
        {"-protocol_whitelist", "file,pipe", "-format_whitelist", std::string(footage::kContainers), "-i", name});
    return arguments;
}

std::string pictures_of(const Film& film, const timeline::Piece& piece, std::size_t input) {
    const auto& facts = clip_of(film, piece).facts;
    return fmt::format("[{}:{}]{}", input, facts.stream,
                       picture_chain(facts, {piece.from, piece.frames}, film.format, film.preset.pixel_format));
}

/// Sample positions are those of the film's frames, so that no rounding adds up along the film.
std::string sound_of(const Film& film, const timeline::Piece& piece, std::size_t input) {
    const auto& facts = clip_of(film, piece).facts;
    const Frames start = film.items[piece.item].start;
    const auto position = [&](Frames frame) { return sample_at(start + frame, film.format.rate); };
    const Samples from = position(piece.from) - position({});
    const Samples samples = position(piece.from + piece.frames) - position(piece.from);
    if (!facts.sound) return silence(samples);
    return fmt::format("[{}:{}]{}", input, facts.sound->stream,
                       sound_chain(facts, {from, samples}, seek_of(film, piece).sound_seconds));
}

/// One chain a piece, joined, and counted anew: every step is exactly one frame.
std::string graph_of(const Film& film, const timeline::Segment& segment) {
    std::string chains, pictures, sounds;
    for (std::size_t index = 0; index < segment.pieces.size(); ++index) {
        chains += fmt::format("{}[v{}];{}[a{}];", pictures_of(film, segment.pieces[index], index), index,
                              sound_of(film, segment.pieces[index], index), index);
        pictures += fmt::format("[v{}]", index);
        sounds += fmt::format("[a{}]", index);
    }
    const auto count = segment.pieces.size();
    const Rational rate = film.format.rate;
    return fmt::format("{0}{1}concat=n={3}:v=1:a=0,settb={5}/{4},setpts=N,fps={4}/{5}[v];{2}concat=n={3}:v=0:a=1[a]",
                       chains, pictures, sounds, count, rate.num, rate.den);
}

}  // namespace

Samples samples_of(const timeline::Segment& segment, Rational rate) {
    return sample_at(segment.first + segment.frames, rate) - sample_at(segment.first, rate);
}

std::vector<std::string> segment_arguments(const Film& film, const timeline::Segment& segment,
                                           std::span<const std::string> inputs, const std::string& output) {
    Arguments arguments = common();
    for (const auto& piece : segment.pieces) add(arguments, input_of(film, piece, inputs[film.items[piece.item].clip]));
    add(arguments, {"-filter_complex", graph_of(film, segment), "-map", "[v]", "-map", "[a]"});
    add(arguments, film.preset.video_arguments);
    add(arguments, {"-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
                    "-c:a", "pcm_s16le"});
    add(arguments, bare_output());
    add(arguments, {"-video_track_timescale", fmt::format("{}", film.format.rate.num), "-f", "mov", output});
    return arguments;
}

std::string segment_key(const Film& film, const timeline::Segment& segment, const std::string& ffmpeg_identity) {
    Arguments contents;
    for (const auto& clip : film.clips) contents.push_back(clip.content_id);
    footage::Hash hash;
    hash.add_field(fmt::format("dadcam pipeline {}", kPipelineVersion));
    hash.add_field(ffmpeg_identity);
    for (const auto& argument : segment_arguments(film, segment, contents, "output")) hash.add_field(argument);
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

std::vector<std::string> film_arguments(const Film& film, const std::string& list, const std::string& output) {
    Arguments arguments = common();
    add(arguments, {"-protocol_whitelist", "file,pipe", "-f", "concat", "-safe", "0", "-i", list, "-map", "0:v:0",
                    "-map", "0:a:0", "-c:v", "copy"});
    add(arguments, film.preset.sound_arguments);
    add(arguments, bare_output());
    const auto scale = fmt::format("{}", film.format.rate.num);
    add(arguments, {"-video_track_timescale", scale, "-movie_timescale", scale});
    add(arguments, film.preset.film_arguments);
    add(arguments, {"-f", film.preset.muxer, output});
    return arguments;
}

std::vector<std::string> thumbnail_arguments(const std::string& film, std::int64_t position_us,
                                             const std::string& output) {
    Arguments arguments = common();
    add(arguments, {"-ss",
                    fmt::format("{}us", position_us),
                    "-protocol_whitelist",
                    "file,pipe",
                    "-i",
                    film,
                    "-map",
                    "0:v:0",
                    "-frames:v",
                    "1",
                    "-vf",
                    "scale=min(320\\,iw):-2:out_range=pc",
                    "-c:v",
                    "mjpeg",
                    "-pix_fmt",
                    "yuv420p",
                    "-color_range",
                    "pc",
                    "-strict",
                    "unofficial",
                    "-q:v",
                    "3"});
    add(arguments, bare_output());
    add(arguments, {"-f", "image2", "-update", "1", output});
    return arguments;
}

}  // namespace dadcam::ffmpeg

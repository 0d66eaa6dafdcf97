#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/command.hpp>
#include <libdadcam/ffmpeg/film_sound.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <libdadcam/process/input.hpp>

namespace dadcam::ffmpeg {
namespace {

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
    const auto text = film.text == nullptr ? 0 : film.text->index_bytes;
    const auto pictures = std::max(timeline::total_frames(film.items).count, film.copying.pictures);
    return pictures * kPicture + packets * kPacket + kRest + text;
}

const footage::Facts& first_facts(const Film& film) {
    return timeline::facts_of(film.items.front().source, film.clips);
}

/// The first clip's first picture is the film's beginning: by the clips' own times, which ffmpeg would move.
Arguments in_place(const Film& film) {
    return {"-copyts", "-itsoffset", fmt::format("{}us", -film.copying.lead_in_us)};
}

/// The name under which HEVC is known everywhere.
Arguments tag_of(const footage::Facts& facts) {
    return facts.codec == "hevc" ? Arguments{"-tag:v", "hvc1"} : Arguments{};
}

/// The inputs behind the pictures and what sound there is.
Arguments text_inputs(const FilmText& text, const FilmInputs& inputs) {
    Arguments arguments;
    const auto add_file = [&](const char* format, const std::string& file) {
        add(arguments, process::held_to(format));
        add(arguments, {"-f", format, "-i", file});
    };
    if (!text.chapters.empty()) add_file("ffmetadata", inputs.chapters);
    if (!text.captions.empty()) add_file("webvtt", inputs.captions);
    return arguments;
}

/// What they become. Captions are there to be switched on.
Arguments text_output(const FilmText& text, int input) {
    Arguments arguments;
    if (!text.chapters.empty()) add(arguments, {"-map_chapters", fmt::format("{}", input++)});
    if (!text.captions.empty()) {
        add(arguments, {"-map", fmt::format("{}:s:0", input), "-c:s", "mov_text", "-metadata:s:s:0",
                        "language=" + text.language, "-disposition:s:0", "0"});
    }
    if (!text.title.empty()) add(arguments, {"-metadata", "title=" + text.title});
    if (!text.creation_time.empty()) add(arguments, {"-metadata", "creation_time=" + text.creation_time});
    return arguments;
}

}  // namespace

std::string copy_list(const Film& film, std::span<const CopiedFile> files) {
    const auto rate = film.format.rate;
    // Where an item's file begins on the film, so that its first picture is in its place.
    const auto begin = [&](std::size_t index) {
        if (index == film.items.size()) return microseconds_at(timeline::total_frames(film.items), rate);
        return microseconds_at(film.items[index].start, rate) - files[index].lead_in_us;
    };
    std::string list = "ffconcat version 1.0\n";
    for (std::size_t index = 0; index < film.items.size(); ++index)
        list += fmt::format("file {}\nduration {}us\n", files[index].name, begin(index + 1) - begin(index));
    return list;
}

/// What the container's own index says is not relied upon: reading begins some key pictures before the part, ends
/// behind it, and of what is read only those packets stay that belong to it.
std::vector<std::string> part_arguments(const Film& film, const timeline::Item& item, PicturePart part,
                                        std::int64_t first_pts, const std::string& name, const std::string& output) {
    constexpr std::int64_t kBeforeUs = 2'000'000, kBehindUs = 2'000'000;
    const auto& facts = timeline::facts_of(item.source, film.clips);
    const auto us_of = [&](std::int64_t ticks) {
        return lead_in_us(facts) + rounded_product(first_pts - facts.start_pts + ticks, 1'000'000 * facts.time_base.num,
                                                   facts.time_base.den);
    };
    const auto begin_us = facts.has_start ? std::max<std::int64_t>(0, us_of(part.from) - kBeforeUs) : 0;
    Arguments arguments = common();
    add(arguments, {"-copyts"});
    if (begin_us > 0) add(arguments, {"-ss", fmt::format("{}us", begin_us)});
    add(arguments, {"-t", fmt::format("{}us", us_of(part.until) + kBehindUs - begin_us)});
    add(arguments, process::held_to(process::kContainers));
    add(arguments, {"-i", name, "-map", fmt::format("0:{}", facts.stream), "-c", "copy", "-bsf:v"});
    const auto from = first_pts + part.from, until = first_pts + part.until;
    // Where a tick is no whole part of a second, as in AVI, each version of ffmpeg counts in units of its own: but
    // there, a tick is as long as a packet is.
    const bool counts_packets = facts.time_base.num != 1;
    add(arguments, {fmt::format("noise=drop=lt(pts\\,({0}){3})+gte(pts\\,({1}){3}),"
                                "setts=pts=PTS-({0}){4}:dts=if(eq(N\\,0)\\,({2}){4}\\,DTS-({0}){4})",
                                from, until, part.first_dts - part.from, counts_packets ? "*d" : "",
                                counts_packets ? "*DURATION" : "")});
    add(arguments, bare_output());
    add(arguments, tag_of(facts));
    add(arguments, {"-video_track_timescale", fmt::format("{}", facts.time_base.den), "-f", film.preset.muxer, output});
    return arguments;
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

std::vector<std::string> music_arguments(const std::string& music, Samples film, const std::string& output) {
    Arguments arguments = common();
    add(arguments, process::held_to(process::kMusicContainers));
    add(arguments, {"-i", music, "-map", "0:a:0", "-af",
                    fmt::format("aresample={},aformat=sample_fmts=s16:channel_layouts=stereo,atrim=end_sample={}",
                                kSampleRate, film.count),
                    "-c:a", "pcm_s16le"});
    add(arguments, bare_output());
    add(arguments, {"-f", "s16le", output});
    return arguments;
}

std::vector<std::string> film_arguments(const Film& film, const FilmInputs& inputs, const std::string& output) {
    Arguments arguments = common();
    // The whitelist is handed on to what the list names: that none of it is a list again, the inventory has seen to.
    const bool copies = recipe::copies_pictures(film.preset);
    if (copies) add(arguments, in_place(film));
    add(arguments, process::held_to(fmt::format("concat,{}", copies ? process::kContainers : kSegmentContainer)));
    add(arguments, {"-f", "concat", "-safe", "0", "-i", inputs.list});
    const bool has_sound = recipe::has_sound(film.preset);
    if (has_sound) add(arguments, sound_input(film));
    const FilmText nothing;
    const auto& text = film.text == nullptr ? nothing : *film.text;
    add(arguments, text_inputs(text, inputs));
    add(arguments, {"-map", "0:v:0"});
    if (has_sound) add(arguments, {"-map", "1:a:0"});
    add(arguments, {"-c", "copy"});
    if (encodes_sound(film.preset)) add(arguments, {"-bsf:a", packet_times(film)});
    add(arguments, bare_output());
    if (!text.captions.empty()) std::erase(arguments, "-sn");
    // What takes all metadata off takes the chapters' names off, too.
    if (!text.chapters.empty()) *std::find(arguments.begin(), arguments.end(), "-map_metadata") = "-map_metadata:g";
    if (!text.chapters.empty()) add(arguments, {"-map_metadata:s", "-1"});
    add(arguments, text_output(text, has_sound ? 2 : 1));
    if (copies) add(arguments, tag_of(first_facts(film)));
    const auto scale = fmt::format("{}", copies ? first_facts(film).time_base.den : film.format.rate.num);
    add(arguments, {"-video_track_timescale", scale, "-movie_timescale", scale});
    add(arguments, {"-moov_size", fmt::format("{}", index_bytes(film)), "-f", film.preset.muxer, output});
    return arguments;
}

std::vector<std::string> thumbnail_arguments(const std::string& film, std::int64_t position_us,
                                             const std::string& output, std::string_view formats) {
    Arguments arguments = common();
    // No farther: a stream that says of none of its pictures that it can be entered there is decoded to its end.
    constexpr const char* kSecondsRead = "20";
    add(arguments, {"-ss", fmt::format("{}us", position_us), "-t", kSecondsRead});
    add(arguments, process::held_to(formats));
    add(arguments, {"-i", film, "-map", "0:v:0", "-frames:v", "1", "-vf", "scale=min(320\\,iw):-2:out_range=pc", "-c:v",
                    "mjpeg", "-pix_fmt", "yuv420p", "-color_range", "pc", "-strict", "unofficial", "-q:v", "3"});
    add(arguments, bare_output());
    add(arguments, {"-f", "image2", "-update", "1", output});
    return arguments;
}

}  // namespace dadcam::ffmpeg

#include <doctest/doctest.h>

#include <algorithm>
#include <libdadcam/ffmpeg/arguments.hpp>
#include <libdadcam/ffmpeg/film_sound.hpp>
#include <regex>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;
using test::contains;

namespace {

/// All that a Film refers to, in one place.
struct Made {
    std::vector<footage::Clip> clips;
    timeline::FilmFormat format{{1920, 1080}, {25, 1}};
    recipe::Preset preset = recipe::find_preset("share");
    std::vector<timeline::Item> items;
    std::vector<timeline::Segment> segments;

    explicit Made(std::vector<footage::Clip> of, Rational rate = {25, 1}, const recipe::Recipe& recipe = {})
        : clips(std::move(of)) {
        format.rate = rate;
        items = timeline::lay_out(recipe, clips, rate);
        segments = timeline::cut(items, clips, rate);
    }

    Film film() const { return {clips, items, format, preset}; }
    std::vector<std::string> arguments(std::size_t segment) const {
        const auto name_of = [](const footage::Clip& clip) { return "file:/library/" + clip.path; };
        return segment_arguments(film(), segments.at(segment), name_of, "file:/library/out.tmp");
    }
    std::string key(std::size_t segment = 0, const std::string& ffmpeg = "ffmpeg 5.1") const {
        return segment_key(film(), segments.at(segment), ffmpeg);
    }
};

recipe::Recipe one_second_fades() {
    recipe::Recipe recipe;
    recipe.transition = recipe::Transition::crossfade;
    recipe.transition_ms = 1000;
    return recipe;
}

using Arguments = std::vector<std::string>;

/// True when the words follow each other in the arguments.
bool has(const Arguments& arguments, const Arguments& words) {
    return std::search(arguments.begin(), arguments.end(), words.begin(), words.end()) != arguments.end();
}

std::string after(const Arguments& arguments, const std::string& option) {
    const auto found = std::find(arguments.begin(), arguments.end(), option);
    REQUIRE(found != arguments.end());
    REQUIRE(found + 1 != arguments.end());
    return *(found + 1);
}

std::vector<std::int64_t> durations_in(const std::string& list) {
    std::vector<std::int64_t> durations;
    static const std::regex form(R"(duration (\d+)us)");
    for (std::sregex_iterator at(list.begin(), list.end(), form), end; at != end; ++at)
        durations.push_back(std::stoll((*at)[1].str()));
    return durations;
}

}  // namespace

TEST_CASE("ffmpeg asks nothing, keeps to files, and reports in blocks") {
    const auto arguments = Made({test::clip_of("a.mp4")}).arguments(0);
    CHECK(has(arguments, {"-nostdin"}));
    CHECK(has(arguments, {"-nostats"}));
    CHECK(has(arguments, {"-stats_period", "0.1"}));
    CHECK(has(arguments, {"-progress", "pipe:2"}));
    CHECK(has(arguments, {"-protocol_whitelist", "file,pipe"}));
    CHECK(after(arguments, "-format_whitelist").find("mov,") == 0);
    CHECK(has(arguments, {"-i", "file:/library/a.mp4"}));
    CHECK(arguments.back() == "file:/library/out.tmp");
}

TEST_CASE("every input is held to files and to the containers of footage") {
    const auto arguments = Made({test::clip_of("a.mp4", 1), test::clip_of("c.mp4", 1)}).arguments(0);
    const auto count = [&](const std::string& word) { return std::count(arguments.begin(), arguments.end(), word); };
    CHECK(count("-i") == 2);
    CHECK(count("-protocol_whitelist") == 2);
    CHECK(count("-format_whitelist") == 2);
    CHECK(count("-copyts") == 2);
}

TEST_CASE("every input of every ffmpeg is held to its protocols and its formats") {
    Made made({test::clip_of("a.mp4", 1), test::clip_of("c.mp4", 1)});
    for (const char* preset : {"share", "archive"}) {
        made.preset = recipe::find_preset(preset);
        for (const auto& arguments :
             {made.arguments(0), sound_arguments(made.film(), "sound"), film_arguments(made.film(), {"list"}, "film"),
              thumbnail_arguments("segment", 0, "picture")}) {
            std::size_t protocols = 0, formats = 0;  // since the last input
            for (const auto& word : arguments) {
                if (word == "-protocol_whitelist") ++protocols;
                if (word == "-format_whitelist") ++formats;
                if (word != "-i") continue;
                CHECK(protocols == 1);
                CHECK(formats == 1);
                protocols = formats = 0;
            }
        }
    }
}

TEST_CASE("a segment holds the preset's picture, PCM sound and nothing else") {
    const auto arguments = Made({test::clip_of("a.mp4")}).arguments(0);
    CHECK(has(arguments, {"-map", "[v]", "-map", "[a]"}));
    CHECK(has(arguments, {"-c:v", "libx264", "-preset", "medium", "-crf", "20"}));
    CHECK(has(arguments, {"-threads:v", "4"}));
    CHECK(has(arguments, {"-c:a", "pcm_s16le"}));
    CHECK_FALSE(has(arguments, {"aac"}));
    CHECK(has(arguments, {"-map_metadata", "-1"}));
    CHECK(has(arguments, {"-fflags", "+bitexact"}));
    CHECK(has(arguments, {"-f", "mov"}));
}

TEST_CASE("nothing of a segment is left to the number of cores") {
    const auto arguments = Made({test::clip_of("a.mp4")}).arguments(0);
    CHECK(after(arguments, "-threads") == "1");
    CHECK(after(arguments, "-filter_complex_threads") == "1");
    CHECK(after(arguments, "-threads:v") == "4");
}

TEST_CASE("a segment's track counts in the rate's numerator") {
    CHECK(after(Made({test::clip_of("a.mp4")}, {30000, 1001}).arguments(0), "-video_track_timescale") == "30000");
    CHECK(after(Made({test::clip_of("a.mp4")}).arguments(0), "-video_track_timescale") == "25");
}

TEST_CASE("only a piece from within a clip is sought") {
    const Made made({test::clip_of("tape.avi", 100)});
    REQUIRE(made.segments.size() == 2);
    CHECK_FALSE(has(made.arguments(0), {"-ss"}));
    CHECK(has(made.arguments(1), {"-noaccurate_seek", "-ss", "58000000us"}));
}

TEST_CASE("the streams that were chosen are the ones that are used") {
    auto clip = test::clip_of("a.mkv");
    clip.facts.stream = 2;
    clip.facts.sound->stream = 5;
    const auto graph = after(Made({clip}).arguments(0), "-filter_complex");
    CHECK(graph.starts_with("[0:2]"));
    CHECK(contains(graph, ";[0:5]asetpts"));
}

TEST_CASE("a clip without sound is silent") {
    auto clip = test::clip_of("a.mp4");
    clip.facts.sound.reset();
    const auto graph = after(Made({clip}).arguments(0), "-filter_complex");
    CHECK(contains(graph, "anullsrc"));
    CHECK(contains(graph, "atrim=end_sample=480000,"));
    CHECK_FALSE(contains(graph, "asetpts=PTS"));
}

/// The chains of a graph.
std::vector<std::string> chains_of(const std::string& graph) {
    std::vector<std::string> chains{""};
    for (const char c : graph) {
        if (c == ';') chains.emplace_back();
        if (c != ';') chains.back() += c;
    }
    return chains;
}

TEST_CASE("nothing takes a stream's rate away between fps and the fade: from ffmpeg 7.0 on setpts does") {
    const Made made({test::clip_of("a.mp4"), test::clip_of("b.mp4")}, {25, 1}, one_second_fades());
    const auto graph = after(made.arguments(1), "-filter_complex");
    REQUIRE(contains(graph, "xfade="));
    int with_rate = 0;
    for (const auto& chain : chains_of(graph.substr(0, graph.find("xfade=")))) {
        const auto rate = chain.find("fps=");
        if (rate == std::string::npos) continue;
        ++with_rate;
        CHECK(chain.find("setpts=", rate) == std::string::npos);
    }
    CHECK(with_rate == 2);
}

TEST_CASE("a piece's frames are counted from zero, on both sides of a fade's end") {
    const Made made({test::clip_of("a.mp4"), test::clip_of("b.mp4")}, {25, 1}, one_second_fades());
    const auto graph = after(made.arguments(1), "-filter_complex");
    CHECK(contains(graph, "trim=start_pts=225:end_pts=250,tpad="));
    CHECK(contains(graph, "trim=end_frame=25,format=yuv420p,setpts=PTS-225[f0]"));
    CHECK(contains(graph, "trim=start_frame=25,setpts=PTS-25[g0]"));
    const Made tape({test::clip_of("tape.avi", 100)});
    CHECK(
        contains(after(tape.arguments(1), "-filter_complex"), "trim=start_pts=1500:end_pts=2500,setpts=PTS-1500[v0]"));
}

TEST_CASE("the second sound of a fade ends behind it: where it ends first, ffmpeg 7.1 gives no sound") {
    const Made made({test::clip_of("a.mp4"), test::clip_of("b.mp4")}, {25, 1}, one_second_fades());
    const auto graph = after(made.arguments(1), "-filter_complex");
    CHECK(contains(graph, ",asetpts=N,apad[t0];[s0][t0]acrossfade=ns=48000:"));
    CHECK(contains(graph, "acrossfade=ns=48000:c1=tri:c2=tri,atrim=end_sample=480000,asetpts=N[a0];"));
}

TEST_CASE("the pieces of a segment are joined in their order and counted anew") {
    const auto graph =
        after(Made({test::clip_of("a.mp4", 1), test::clip_of("c.mp4", 1)}).arguments(0), "-filter_complex");
    CHECK(contains(graph, "[v0][v1]concat=n=2:v=1:a=0,settb=1/25,setpts=N,fps=25/1[v]"));
    CHECK(contains(graph, "[a0][a1]concat=n=2:v=0:a=1[a]"));
    CHECK(contains(graph, "[1:0]"));
}

TEST_CASE("the samples of the pieces add up to those of the film, at any rate") {
    for (const Rational rate : {Rational{24, 1}, {25, 1}, {30000, 1001}, {60000, 1001}, {24000, 1001}}) {
        std::vector<footage::Clip> clips;
        for (int i = 0; i < 40; ++i) {
            clips.push_back(test::clip_of("clip.mp4", 2.2));  // 66 and 132 frames: each rounded length is too long
            clips.back().facts.sound.reset();
        }
        const Made made(clips, rate);
        std::int64_t in_graphs = 0, in_segments = 0;
        for (std::size_t index = 0; index < made.segments.size(); ++index) {
            const auto graph = after(made.arguments(index), "-filter_complex");
            static const std::regex form("end_sample=([0-9]+)");
            for (std::sregex_iterator at(graph.begin(), graph.end(), form), end; at != end; ++at)
                in_graphs += std::stoll((*at)[1].str());
            in_segments += timeline::samples_of(made.items, made.segments[index], rate).count;
        }
        CAPTURE(to_string(rate));
        const auto exact = sample_at(timeline::total_frames(made.items), rate).count;
        CHECK(std::abs(in_graphs - exact) <= kSampleRate / 1000);
        if (rate.den == 1 || rate.num == 24000) CHECK(in_graphs == exact);
        CHECK(in_segments == in_graphs);
    }
}

TEST_CASE("a segment's key is the same for the same content") {
    const Made made({test::clip_of("a.mp4")});
    CHECK(made.key() == Made({test::clip_of("a.mp4")}).key());
    CHECK(made.key().starts_with("blake2b:"));
}

TEST_CASE("a segment's key does not depend on where a clip lies, which row it is or when it was touched") {
    auto clip = test::clip_of("a.mp4");
    const auto key = Made({clip}).key();
    clip.path = "/elsewhere/b.mp4";
    clip.id = 99;
    clip.state = {1, 2};
    clip.tags = {"favorite"};
    clip.event = "Spain";
    clip.recorded = {"2001-01-01T00:00:00Z", "mtime", true};
    CHECK(Made({clip}).key() == key);
}

TEST_CASE("a segment's key changes with everything that can change its bytes") {
    const Made made({test::clip_of("a.mp4", 20)});
    const auto key = made.key();

    auto clip = made.clips[0];
    clip.content_id = "blake2b:other";
    CHECK(Made({clip}).key() != key);
    clip = made.clips[0];
    clip.facts.color_range = "pc";
    CHECK(Made({clip}).key() != key);
    clip = made.clips[0];
    clip.facts.duration_us -= 40'000;
    CHECK(Made({clip}).key() != key);

    CHECK(Made(made.clips, {30, 1}).key() != key);
    auto other = made;
    other.format.size = {1280, 720};
    CHECK(other.key() != key);
    other = made;
    other.preset = recipe::find_preset("archive");
    CHECK(other.key() != key);
    other = made;
    other.preset.video_arguments[5] = "21";
    CHECK(other.key() != key);
    CHECK(made.key(0, "ffmpeg 6.0") != key);
}

TEST_CASE("the pieces of one clip have keys of their own") {
    const Made made({test::clip_of("tape.avi", 100)});
    CHECK(made.key(0) != made.key(1));
}

TEST_CASE("how the film's sound is encoded is no matter of its segments") {
    const Made made({test::clip_of("a.mp4")});
    auto other = made;
    other.preset.sound_arguments = {"-c:a", "aac", "-b:a", "96k"};
    CHECK(other.key() == made.key());
}

TEST_CASE("at a whole rate a segment's key does not depend on what comes before it") {
    const Made alone({test::clip_of("a.mp4")});
    const Made second({test::clip_of("before.mp4", 12.4), test::clip_of("a.mp4")});
    CHECK(second.key(1) == alone.key(0));
}

TEST_CASE("a list names each segment's file and its duration") {
    const Made made({test::clip_of("a.mp4", 10), test::clip_of("b.mp4", 2.5)}, {24, 1});
    const std::vector<std::string> names{"ab/abcd.mov", "cd/cdef.mov"};
    CHECK(concat_list(made.segments, names, {24, 1}) ==
          "ffconcat version 1.0\n"
          "file ab/abcd.mov\nduration 10000000us\n"
          "file cd/cdef.mov\nduration 2500000us\n");
}

TEST_CASE("300 joins lie at exact frame positions") {
    for (const Rational rate : {Rational{24, 1}, {30, 1}, {60000, 1001}, {30000, 1001}}) {
        std::vector<timeline::Segment> segments;
        Frames first;
        for (std::int64_t i = 0; i < 300; ++i) {
            segments.push_back({first, {61 + i * 7 % 53}, {}});
            first += segments.back().frames;
        }
        const auto durations =
            durations_in(concat_list(segments, std::vector<std::string>(segments.size(), "x.mov"), rate));
        REQUIRE(durations.size() == segments.size());
        CAPTURE(to_string(rate));
        std::int64_t us = 0;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const auto frames = segments[i].first.count;
            REQUIRE(us == microseconds_at(segments[i].first, rate));
            REQUIRE(rounded_product(us, rate.num, rate.den * 1'000'000) == frames);
            REQUIRE(rounded_product(us, rate.num, 1'000'000) == frames * rate.den);  // in ticks of the track
            us += durations[i];
        }
        REQUIRE(us == microseconds_at(first, rate));
    }
}

TEST_CASE("a film's sound is encoded from what is fed") {
    const Made made({test::clip_of("a.mp4")});
    const auto arguments = sound_arguments(made.film(), "file:/library/sound.aac");
    CHECK(has(arguments, {"-f", "s16le", "-ar", "48000", "-channel_layout", "stereo", "-i", "pipe:0"}));
    CHECK(has(arguments, {"-c:a", "aac", "-b:a", "160k"}));
    CHECK(has(arguments, {"-f", "adts", "file:/library/sound.aac"}));
}

TEST_CASE("a film's picture and sound are copied") {
    const Made made({test::clip_of("a.mp4")}, {30000, 1001});
    const auto arguments = film_arguments(made.film(), {"file:/library/list.ffconcat"}, "file:/library/film.tmp");
    CHECK(has(arguments, {"-f", "concat", "-safe", "0", "-i", "file:/library/list.ffconcat"}));
    CHECK(has(arguments, {"-f", "aac", "-i", "pipe:0", "-map", "0:v:0", "-map", "1:a:0", "-c", "copy"}));
    CHECK(has(arguments, {"-protocol_whitelist", "file,pipe"}));
    CHECK(has(arguments, {"-video_track_timescale", "30000", "-movie_timescale", "30000"}));
    CHECK(std::stoll(after(arguments, "-moov_size")) > 0);
    CHECK(has(arguments, {"-f", "mp4", "file:/library/film.tmp"}));
}

TEST_CASE("the film's packets of sound begin one before its beginning, and the last one ends with the sound") {
    const Made made({test::clip_of("a.mp4")}, {30000, 1001});  // 480480 samples: 469 packets and 224
    REQUIRE(timeline::total_samples(made.items, made.format.rate) == Samples{480'480});
    CHECK(after(film_arguments(made.film(), {"list"}, "film.tmp"), "-bsf:a") ==
          "setts=ts=(N-1)*DURATION:duration=if(eq(N\\,470)\\,DURATION*224/1024\\,DURATION)");
}

TEST_CASE("an archive's sound is PCM in a QuickTime file") {
    Made made({test::clip_of("a.mp4")});
    made.preset = recipe::find_preset("archive");
    CHECK_FALSE(encodes_sound(made.preset));
    const auto arguments = film_arguments(made.film(), {"list"}, "film.tmp");
    CHECK(has(arguments, {"-f", "s16le", "-ar", "48000", "-channel_layout", "stereo", "-i", "pipe:0"}));
    CHECK(has(arguments, {"-f", "mov", "film.tmp"}));
}

TEST_CASE("a thumbnail is one small picture at a position of the film") {
    const auto arguments = thumbnail_arguments("file:/film.mp4", 1'500'000, "file:/thumb.tmp");
    CHECK(has(arguments, {"-ss", "1500000us"}));
    CHECK(has(arguments, {"-frames:v", "1"}));
    CHECK(has(arguments, {"-q:v", "3"}));
    CHECK(contains(after(arguments, "-vf"), "320"));
    CHECK(arguments.back() == "file:/thumb.tmp");
}

// Clips whose container has no index: clocks that begin anew, sizes and sounds that change on the way, few key
// pictures, sound that begins late. Every flash and every beep of them is in the film, at its place.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/film/tape.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
namespace fs = std::filesystem;

TEST_SUITE_BEGIN("measured");

TEST_CASE("a clock that begins anew, jumps back or far ahead leaves nothing out") {
    const std::vector<Stretch> pauses{{2, "64x48", 48000, 2, 0},
                                      {3, "64x48", 48000, 2, 0},
                                      {2, "64x48", 48000, 2, 500},
                                      {2, "64x48", 48000, 2, 40},
                                      {3, "64x48", 48000, 2, 95000}};
    for (const auto& container : {kProgramStream, kTransportStream, kH264}) check_tape(container, pauses);
}

TEST_CASE("of recordings whose clocks overlap by the pictures that were decoded ahead, no picture is lost") {
    const Words ahead{"-bf", "2"};
    check_tape(kH264, {{2, "64x48", 48000, 2, 1, ahead}, {2, "64x48", 48000, 2, 3}, {2, "64x48", 48000, 2, 5, ahead}},
               0.06);
}

TEST_CASE("a clock that comes to its end on the way goes on") {
    constexpr double kEnd = 8589934592.0 / 90000;  // 33 bits
    const std::vector<Stretch> tape{
        {2, "64x48", 48000, 2, 1}, {4, "64x48", 48000, 2, kEnd - 1.7}, {2, "64x48", 48000, 2, 1}};
    for (const auto& container : {kProgramStream, kTransportStream, kH264}) check_tape(container, tape);
}

TEST_CASE("recordings that were put together with a frame of sound too many keep sound and pictures together") {
    std::vector<Stretch> tape;
    for (int part = 0; part < 4; ++part) tape.push_back({2, "64x48", 48000, 2, 1.0 + 2 * part});
    // What the last frame of the one lies over is not heard of the first beep of the other; all others are in time.
    constexpr double kOver = 0.012;
    for (const auto& container : {kProgramStream, kTransportStream, kH264}) check_tape(container, tape, kOver);
}

TEST_CASE("sound that goes on in another stream while the clock runs on is heard") {
    check_tape(kProgramStream,
               {{3, "64x48", 48000, 2, 1}, {3, "64x48", 48000, 2, 4, {"-c:a", "ac3"}}, {3, "64x48", 48000, 2, 7}});
}

TEST_CASE("pictures and sound that go on in other streams are in the film") {
    check_tape(kH264, {{3, "64x48", 48000, 2, 1}, {3, "64x48", 48000, 2, 4, {"-mpegts_start_pid", "0x300"}}});
}

TEST_CASE("a time of which no picture was recorded is in the film, and said") {
    Studio studio;
    take_tape(studio, kH264, {{2, "64x48", 48000, 2, 1}, {2, "64x48", 48000, 2, 6}});
    const auto ran = studio.try_film({"--resolution", "64x48", "--fps", "25"});
    CHECK(ran.ended() == "exit code 0");
    const std::string said = "No picture was recorded from 0:02.0 to 0:05.0 of tape.ts: the one before stands still.";
    CHECK(ran.err.find(said) != std::string::npos);
    CHECK(studio.must({"export-details", "1", "--logs"}).find(said) != std::string::npos);
    CHECK(studio.count("export_runs") == 1);
}

TEST_CASE("a recording of which something changes on the way has its sound beside its pictures all the time") {
    Studio studio;
    take_tape(
        studio, kTransportStream,
        {{3, "64x48", 48000, 2, 0}, {3, "64x48", 48000, 1, 3}, {3, "96x48", 48000, 1, 6}, {3, "64x48", 48000, 2, 0}});
    const auto film = studio.try_film({"--fps", "25"});
    CHECK(film.ended() == "exit code 0");
    CHECK(film.err.find("The sound of") == std::string::npos);
    CHECK(brightness(film.out.substr(0, film.out.find('\n'))).size() == 300);
}

TEST_CASE("pictures of another size and sound of other channels or another rate are right on both sides") {
    const std::vector<Stretch> changes{{2, "64x48", 48000, 2, 0},
                                       {2, "96x48", 48000, 2, 2},
                                       {2, "96x48", 48000, 1, 4},
                                       {2, "64x48", 44100, 1, 6},
                                       {2, "64x48", 44100, 2, 0}};
    for (const auto& container : {kProgramStream, kTransportStream}) check_tape(container, changes);
}

TEST_CASE("what was measured of a clip that changes on the way is read again") {
    Studio studio;
    const auto seconds = take_tape(studio, kH264, {{2, "64x48", 48000, 2, 1}, {1, "96x48", 48000, 1, 3.1}});
    check_seconds(studio, seconds);
    check_seconds(studio, seconds);
    studio.must({"export-rerun", "1"});
}

TEST_CASE("pictures that are coded otherwise from somewhere on are in the film, too") {
    Studio studio;
    write_file(studio.library / "tape.ts", bytes_of(studio, kTransportStream, {2, "64x48", 48000, 2, 0}) +
                                               bytes_of(studio, kH264, {3, "64x48", 48000, 2, 2}));
    studio.take_in();
    const auto film = studio.film({"--resolution", "64x48", "--fps", "25", "--preset", "archive"});
    // From 7 on ffmpeg takes both for one stream and hands on what cannot be decoded.
    if (output_of("ffmpeg", {"-version"}).find("ffmpeg version 5") != 0) {
        MESSAGE("not looked at: only with ffmpeg 5 the second is found");
        return;
    }
    const auto pictures = brightness(film);
    CHECK(flashes_among(pictures) == std::vector<std::int64_t>{0, 25, 50, 75, 100});
    CHECK(pictures.size() == 125);
}

/// Which field is first, written into each picture's coding extension (ISO/IEC 13818-2, 6.2.3.1): what the encoder
/// writes depends on ffmpeg's version.
std::string with_first_field(std::string stream, bool top) {
    const std::string extension("\0\0\1\xb5", 4);
    for (auto at = stream.find(extension); at != std::string::npos; at = stream.find(extension, at + 1)) {
        if (at + 8 > stream.size() || (static_cast<unsigned char>(stream[at + 4]) >> 4U) != 8) continue;
        auto& byte = stream[at + 7];
        byte = static_cast<char>((static_cast<unsigned char>(byte) & 0x7fU) | (top ? 0x80U : 0U));
    }
    return stream;
}

TEST_CASE("pictures whose fields come in another order from somewhere on move forwards on both sides") {
    Studio studio;
    std::string offset;
    SUBCASE("at once") {
        offset = "0.84";
    }
    SUBCASE("after a pause") {
        offset = "3.04";
    }
    std::string tape;
    for (const bool top : {true, false}) {
        const auto file = studio / "part.ts";
        // A clock that began anew would be found without looking at the fields.
        output_of("ffmpeg", {"-nostdin",
                             "-v",
                             "error",
                             "-y",
                             "-f",
                             "lavfi",
                             "-i",
                             "nullsrc=s=64x48:r=50:d=0.8,format=yuv420p,geq=lum='20+5*N':cb=128:cr=128,"
                             "tinterlace=interleave_" +
                                 std::string(top ? "top" : "bottom"),
                             "-c:v",
                             "mpeg2video",
                             "-q:v",
                             "2",
                             "-g",
                             "10",
                             "-flags",
                             "+ildct+ilme",
                             "-f",
                             "mpegts",
                             "-output_ts_offset",
                             top ? "0" : offset,
                             "-muxdelay",
                             "0",
                             file.string()});
        tape += with_first_field(read_file(file), top);
    }
    write_file(studio.library / "tape.ts", tape);
    studio.take_in();
    const auto grey = brightness(studio.film({"--resolution", "64x48", "--fps", "50", "--preset", "archive"}));
    REQUIRE(grey.size() == 80);
    int backwards = 0;
    for (std::size_t i = 1; i < grey.size(); ++i) {
        if (i != 40 && grey[i] < grey[i - 1]) ++backwards;
    }
    CHECK(backwards == 0);
}

TEST_CASE("a tape whose sound goes from SP to LP is right in both halves") {
    check_tape(kTape, {{2, "720x576", 48000, 2, 0}, {3, "720x576", 32000, 2, 0}, {2, "720x576", 48000, 2, 0}});
}

TEST_CASE("a longest window and a fade see such a clip as one recording") {
    Studio studio;
    take_tape(studio, kProgramStream,
              {{2, "64x48", 48000, 2, 0}, {2, "64x48", 48000, 2, 0}, {2, "64x48", 48000, 2, 0}});
    const auto film = studio.film({"--resolution", "64x48", "--fps", "25", "--max-clip-secs", "3"});
    const auto pictures = brightness(film);
    CHECK(flashes_among(pictures) == std::vector<std::int64_t>{0, 25, 50});
    CHECK(pictures.size() == 75);
}

TEST_CASE("where key pictures are far apart, no picture stands still at a place where a segment begins") {
    Studio studio;
    studio.clip("far.mts", {"-f", "lavfi", "-i", "testsrc=s=160x120:r=25:d=82,format=yuv420p", "-f", "lavfi", "-i",
                            "sine=f=440:r=48000:d=82", "-c:v", "libx264", "-preset", "ultrafast", "-x264-params",
                            "keyint=300:min-keyint=300:scenecut=0", "-c:a", "aac", "-f", "mpegts"});
    studio.take_in();
    const auto film = studio.film({"--fps", "25", "--preset", "archive"});
    const auto pictures = picture_hashes(film);
    CHECK(pictures.size() == 82 * 25);
    std::string last;
    int same = 0, most = 0;
    for (const auto& line : pictures) {
        const auto hash = line.substr(line.rfind(' ') + 1);
        same = hash == last ? same + 1 : 0;
        most = std::max(most, same);
        last = hash;
    }
    CHECK(most < 25);  // the test picture's number changes with the second
}

TEST_CASE("a large file whose end was lost, so that nothing tells its length, is measured when it is taken in") {
    Studio studio;
    write_file(studio.library / "tape.vob", bytes_of(studio, kProgramStream, {2, "64x48", 48000, 2, 0}));
    fs::resize_file(studio.library / "tape.vob", (64 << 20) + 1);
    studio.take_in();
    const auto clip = studio.json({"clips"}).at(0);
    CHECK(clip["durationMs"] == 2000);
    CHECK(clip["durationMeasured"] == true);
    CHECK(flashes_in(studio.film({"--fps", "25", "--preset", "archive"})) == std::vector<std::int64_t>{0, 25});
}

TEST_CASE("sound that begins late is heard from there on") {
    Studio studio;
    studio.clip("late.mts", {"-f",         "lavfi",
                             "-i",         "testsrc2=s=128x96:r=25:d=12",
                             "-itsoffset", "8",
                             "-f",         "lavfi",
                             "-i",         "sine=f=440:d=4:r=48000",
                             "-c:v",       "mpeg2video",
                             "-q:v",       "6",
                             "-c:a",       "ac3",
                             "-ac",        "2",
                             "-f",         "mpegts"});
    studio.take_in();
    const auto sound = left_samples(studio.film({"--fps", "25", "--preset", "archive"}));
    const auto loud = [&](int from, int to) {
        double power = 0;
        for (int at = from * 48000; at < to * 48000; ++at) power += std::pow(sound.at(static_cast<std::size_t>(at)), 2);
        return std::sqrt(power / (48000.0 * (to - from)));
    };
    CHECK(loud(0, 7) < 10);
    CHECK(loud(9, 11) > 1000);
}

TEST_CASE("a header without a length is no reason to leave a clip out") {
    Studio studio;
    const Words pictures{"-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=3", "-f", "lavfi", "-i", "sine=d=3"};
    auto live = pictures, piped = pictures;
    live.insert(live.end(), {"-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1", "-f", "webm"});
    piped.insert(piped.end(), {"-vf", "hue=h=90", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-live",
                               "1", "-f", "matroska"});
    studio.clip("live.webm", live);
    studio.clip("piped.mkv", piped);
    studio.take_in();
    for (const auto& clip : studio.json({"clips"})) CHECK(std::abs(clip["durationMs"].get<int>() - 3000) <= 40);
    CHECK(brightness(studio.film({"--fps", "25"})).size() == 150);
}

TEST_CASE("pictures of an odd size are rendered, whatever their colours are stored as") {
    Studio studio;
    for (const std::string format : {"yuv420p", "yuv422p", "yuv411p", "yuv410p", "yuv440p", "yuv444p", "yuv420p10le",
                                     "yuv422p12le", "yuvj420p", "gbrp"}) {
        for (const std::string size : {"161x121", "162x123"}) {
            studio.clip(format + " " + size + ".mkv", {"-f", "lavfi", "-i", "testsrc2=s=" + size + ":r=25:d=0.2",
                                                       "-pix_fmt", format, "-c:v", "ffv1"});
        }
    }
    studio.take_in();
    const auto clips = studio.count("clips");
    CHECK(clips == 20);
    CHECK(brightness(studio.film({"--resolution", "160x120", "--fps", "25"})).size() ==
          static_cast<std::size_t>(5 * clips));
}

TEST_CASE("sound of many channels is heard, also where nothing says where they belong") {
    Studio studio;
    for (const int channels : {3, 5, 7, 8, 9, 10, 12, 16, 18}) {
        std::string tones;
        for (int channel = 0; channel < channels; ++channel) tones += channel == 1 ? "|.5*sin(6283*t)" : "|0";
        studio.clip(
            fmt::format("{} channels.mov", channels),
            {"-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=0.4", "-f", "lavfi", "-i",
             fmt::format("aevalsrc='{}':s=48000:d=0.4", tones.substr(1)), "-c:v", "mjpeg", "-c:a", "pcm_s16le"});
    }
    studio.take_in();
    const auto all = samples(studio.film({"--resolution", "64x48", "--fps", "25", "--preset", "archive"}));
    CHECK(all.size() == 9 * 19'200 * 2);
    for (int clip = 0; clip < 9; ++clip) {
        INFO("clip " << clip);
        std::int16_t most = 0;
        for (int at = 0; at < 19'200; ++at) {
            const auto value = all[static_cast<std::size_t>((clip * 19'200 + at) * 2 + 1)];
            most = std::max<std::int16_t>(most, static_cast<std::int16_t>(std::abs(value)));
        }
        CHECK(most > 500);
    }
}

TEST_SUITE_END();

// Upright, unmirrored, without combs, and in the colours of an ordinary screen.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <libdadcam/process/process.hpp>
#include <numeric>
#include <tests/film/picture.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;

namespace {

/// The four numbers of a QuickTime display matrix that turn and mirror: x' = a·x + c·y, y' = b·x + d·y, y downwards.
struct Turn {
    std::string name;
    int a, b, c, d;
};

const std::vector<Turn> kTurns{{"as it is", 1, 0, 0, 1},        {"90", 0, 1, -1, 0},
                               {"180", -1, 0, 0, -1},           {"270", 0, -1, 1, 0},
                               {"mirrored", -1, 0, 0, 1},       {"upside down", 1, 0, 0, -1},
                               {"90 and mirrored", 0, 1, 1, 0}, {"270 and mirrored", 0, -1, -1, 0}};

std::string big_endian(std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(bits >> shift & 0xFFU);
    return bytes;
}

/// Writes the matrix into the file's only track: ISO 14496-12, 8.3.2.
void turn(const std::filesystem::path& file, const Turn& turn) {
    auto bytes = read_file(file);
    const auto header = bytes.find("tkhd");
    REQUIRE(header != std::string::npos);
    std::string matrix;
    for (const int value : {turn.a, turn.b, 0, turn.c, turn.d, 0, 0, 0}) matrix += big_endian(value * 0x10000);
    bytes.replace(header + 44, matrix.size(), matrix);
    const auto time = std::filesystem::last_write_time(file);
    write_file(file, bytes);
    std::filesystem::last_write_time(file, time);
}

/// A picture of 96x64: red to the left, blue to the right, both darker in the lower half.
const char* const kQuarters =
    "color=0xe00000:s=48x32:r=25[a];color=0x0000e0:s=48x32:r=25[b];color=0x700000:s=48x32:r=25[c];"
    "color=0x000070:s=48x32:r=25[d];[a][b][c][d]xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0,"
    "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p";

/// "red", "blue", "dark red" or "dark blue" of a quarter of the film's picture.
std::string quarter(const Picture& picture, int x, int y) {
    const auto colour =
        picture.mean(0.5 + 0.05 * x - 0.03, 0.5 + 0.1 * y - 0.05, 0.5 + 0.05 * x + 0.03, 0.5 + 0.1 * y + 0.05);
    const bool red = colour[2] > 128;
    const bool dark = red ? colour[2] < 180 : colour[1] < 180;
    return std::string(dark ? "dark " : "") + (red ? "red" : "blue");
}

std::string quarter_of_source(int x, int y) {
    return std::string(y > 0 ? "dark " : "") + (x < 0 ? "red" : "blue");
}

/// Where the light of a picture is, from left to right.
double middle_of_light(const Picture& picture) {
    double light = 0, moment = 0;
    for (std::size_t i = 0; i < picture.planes[0].size(); ++i) {
        light += picture.planes[0][i] - 16;
        moment += (picture.planes[0][i] - 16) * static_cast<double>(i % static_cast<std::size_t>(picture.width));
    }
    return moment / light;
}

std::string messages_of(const Words& arguments) {
    const dadcam::process::Stop stop;
    return dadcam::process::capture({quick_tool("ffmpeg"), arguments}, dadcam::process::Stream::err, 1U << 20U,
                                    std::chrono::minutes{5}, stop)
        .output;
}

/// What idet finds from a time on: pictures that hold two fields, and whole ones.
struct Idet {
    int combed = -1;
    int whole = -1;
};

Idet idet_of(const std::filesystem::path& film, const std::string& begin = "0") {
    const auto said = messages_of(
        {"-nostdin", "-hide_banner", "-ss", begin, "-i", film.string(), "-vf", "idet", "-an", "-f", "null", "-"});
    // 7.1 counts once before the first picture, too.
    const auto counts = said.substr(said.rfind("Multi frame detection"));
    int top = -1, bottom = -1, whole = -1;
    REQUIRE(std::sscanf(counts.c_str(), "Multi frame detection: TFF: %d BFF: %d Progressive: %d", &top, &bottom,
                        &whole) == 3);
    INFO(counts.substr(0, 120));
    return {top + bottom, whole};
}

/// Asserts that a grey ramp comes out neutral and never darker to the right.
void check_ramp(const Picture& picture) {
    constexpr int kSteps = 60;
    double before = 0;
    for (int step = 0; step < kSteps; ++step) {
        const auto colour = picture.mean(step / 60.0, 0.2, (step + 1) / 60.0, 0.8);
        INFO(fmt::format("step {}: {:.2f} {:.2f} {:.2f}", step, colour[0], colour[1], colour[2]));
        CHECK(colour[0] >= before - 0.05);
        CHECK(std::abs(colour[1] - 128) <= 1);
        CHECK(std::abs(colour[2] - 128) <= 1);
        before = colour[0];
    }
    CHECK(picture.mean(0, 0.2, 0.02, 0.8)[0] < 20);
    CHECK(before > 200);
}

}  // namespace

TEST_SUITE_BEGIN("pictures");

TEST_CASE("pictures are shown as their display matrix says, in all eight ways") {
    Studio studio;
    for (const auto& way : kTurns) {
        studio.clip(way.name + ".mp4", {"-lavfi", kQuarters, "-t", "0.4", "-c:v", "libx264", "-qp", "10"});
    }
    studio.make_clips();
    for (const auto& way : kTurns) turn(studio.library / (way.name + ".mp4"), way);
    studio.take_in();
    for (const std::string fit : {"pad", "blur", "crop"}) {
        const auto film = studio.film({"--preset", "archive", "--resolution", "320x180", "--fps", "25", "--fit", fit});
        std::vector<int> middles;
        for (std::size_t i = 0; i < kTurns.size(); ++i) middles.push_back(static_cast<int>(i) * 10 + 5);
        const auto pictures = pictures_at(film, middles);
        for (std::size_t i = 0; i < kTurns.size(); ++i) {
            const auto& way = kTurns[i];
            const auto& picture = pictures[i];
            for (const auto& [x, y] : {std::pair{-1, -1}, {1, -1}, {-1, 1}, {1, 1}}) {
                INFO(fmt::format("{}, --fit {}, quarter {} {} of the source", way.name, fit, x, y));
                CHECK(quarter(picture, way.a * x + way.c * y, way.b * x + way.d * y) == quarter_of_source(x, y));
            }
        }
    }
}

TEST_CASE("an upright picture stays round in a wide film, however it is fitted") {
    Studio studio;
    const auto drawn = draw_test_picture(studio / "portrait.ppm", 360, 640, 1);
    studio.clip("portrait.mp4", {"-loop", "1", "-framerate", "25", "-i", drawn.string(), "-t", "0.4", "-vf",
                                 "format=yuv420p", "-c:v", "libx264", "-qp", "10"});
    studio.take_in();
    for (const std::string fit : {"pad", "blur", "crop"}) {
        CAPTURE(fit);
        const auto picture =
            picture_of(studio.film({"--preset", "archive", "--resolution", "640x360", "--fps", "25", "--fit", fit}), 5);
        const auto edge = picture.mean(0, 0.4, 0.05, 0.6);
        if (fit == "pad") {
            CHECK(roundness(picture) == doctest::Approx(1).epsilon(0.01));
            CHECK(std::abs(edge[0] - 16) < 1);
        } else {
            CHECK(edge[0] > 40);
        }
    }
}

TEST_CASE("interlaced footage that moves leaves no combs, whichever field is first") {
    Studio studio;
    const std::string moving = "testsrc2=s=720x576:r=50,format=yuv420p,scroll=h=.01,";
    studio.clip("bottom.avi", {"-lavfi", moving + "tinterlace=interleave_bottom,setsar=16/15", "-t", "1", "-c:v",
                               "dvvideo", "-pix_fmt", "yuv420p"});
    studio.clip("top.mpg", {"-lavfi", moving + "tinterlace=interleave_top,setsar=16/15", "-t", "1", "-f", "vob", "-c:v",
                            "mpeg2video", "-flags:v", "+ildct+ilme", "-q:v", "3"});
    studio.clip("top.mts",
                {"-lavfi", moving + "tinterlace=interleave_top,setsar=16/15", "-t", "1", "-f", "mpegts", "-c:v",
                 "libx264", "-preset", "ultrafast", "-crf", "20", "-flags:v", "+ildct+ilme", "-x264-params", "tff=1"});
    studio.take_in();
    for (const std::string rate : {"25", "50"}) {
        CAPTURE(rate);
        const auto film = studio.film({"--preset", "archive", "--resolution", "768x576", "--fps", rate});
        const auto seen = idet_of(film);
        CHECK(seen.combed == 0);
        CHECK(seen.whole > 70);
    }
}

TEST_CASE("fields that come behind a title that stands, or behind one that moves as a whole picture, leave no combs") {
    const std::string moving = "testsrc2=s=320x304:r=50,format=yuv420p,scroll=h=.01";
    const std::string fields = "[m];[m]tinterlace=interleave_top[i];[t]fps=25[p];[p][i]concat,setfield=prog";
    Studio studio;
    studio.clip("stands.avi",
                {"-lavfi", moving + ",split[a][b];[a]trim=end_frame=1,loop=-1:1,trim=end=11[t];[b]trim=end=7" + fields,
                 "-c:v", "mjpeg", "-q:v", "3"});
    studio.clip("whole.avi",
                {"-lavfi", moving + ",split[a][b];[a]trim=end=3[t];[b]trim=end=5" + fields, "-c:v", "ffv1"});
    studio.take_in();
    const auto film = studio.film({"--preset", "archive", "--resolution", "320x304", "--fps", "25"});
    CHECK(idet_of(studio.library / "stands.avi", "12").combed > 100);
    for (const std::string begin : {"12", "22"}) {
        CAPTURE(begin);
        const auto seen = idet_of(film, begin);
        CHECK(seen.combed == 0);
        CHECK(seen.whole > 50);
    }
}

TEST_CASE("what moves to the right does so from field to field, whatever the container calls their order") {
    Studio studio;
    const std::string field = "color=black:s=720x576:r=50[b];color=white:s=72x576:r=50[w];[b][w]overlay=x=n*8,";
    const std::vector<std::pair<std::string, Words>> codings{
        {"mov", {"-c:v", "prores_ks", "-profile:v", "0"}},
        {"mov", {"-c:v", "dvvideo"}},
        {"mp4", {"-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"}},
        {"mkv", {"-c:v", "mpeg4", "-q:v", "3"}},
        {"mxf", {"-c:v", "mpeg2video", "-q:v", "3"}},
        {"avi", {"-c:v", "huffyuv"}},
    };
    int clips = 0;
    for (const auto& [container, coding] : codings) {
        for (const std::string order : {"top", "bottom"}) {
            if (order == "top" && coding[1] == "dvvideo") continue;  // there is no such tape
            Words words{"-lavfi",   field + "tinterlace=interleave_" + order + ",format=yuv420p,setsar=16/15",
                        "-t",       "1",
                        "-flags:v", "+ildct+ilme"};
            words.insert(words.end(), coding.begin(), coding.end());
            studio.clip(fmt::format("{:02}-{}-{}.{}", clips++, coding[1], order, container), words);
        }
    }
    studio.take_in();
    const auto film = studio.film({"--preset", "archive", "--resolution", "384x288", "--fps", "50"});
    for (int clip = 0; clip < clips; ++clip) {
        CAPTURE(clip);
        std::vector<int> numbers(40);
        std::iota(numbers.begin(), numbers.end(), clip * 50 + 5);
        double before = -1;
        int back = 0;
        for (const auto& picture : pictures_at(film, numbers)) {
            const auto place = middle_of_light(picture);
            back += place <= before ? 1 : 0;
            before = place;
        }
        CHECK(back == 0);
    }
}

TEST_CASE("a grey ramp in HLG and in PQ comes out monotonous and neutral") {
    Studio studio;
    for (const std::string transfer : {"arib-std-b67", "smpte2084"}) {
        studio.clip(
            transfer + ".mkv",
            {"-lavfi", "color=black:s=480x64:r=25,format=yuv420p10le,geq=lum='64+floor(X/8)*876/59':cb=512:cr=512",
             "-t", "0.4", "-c:v", "ffv1", "-color_range", "tv", "-colorspace", "bt2020nc", "-color_primaries", "bt2020",
             "-color_trc", transfer});
    }
    studio.take_in();
    const auto film = studio.film({"--preset", "archive", "--resolution", "480x64", "--fps", "25"});
    for (const int number : {5, 15}) {
        CAPTURE(number);
        check_ramp(picture_of(film, number));
    }
}

TEST_SUITE_END();

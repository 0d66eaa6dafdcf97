// A circle is round and colour bars have their colours, wherever a clip comes from.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <tests/film/picture.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

/// A kind of source: its stored size, the aspect of its pixels, and how it is encoded from right RGB.
struct Kind {
    std::string name;
    int width;
    int height;
    int aspect_num;
    int aspect_den;
    std::string conversion;  ///< filters
    Words encoder;
};

const std::string kTo601 = "scale=out_color_matrix=bt601:out_range=tv:flags=accurate_rnd+full_chroma_int,";
const std::string kTo709 = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,";

/// From ffmpeg 7.0 on a picture knows what scale has made of it, and its stream says so.
const std::string kNotTagged = ",setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown";

const std::vector<Kind> kKinds{
    {"DV PAL 4:3.avi", 720, 576, 16, 15, kTo601 + "format=yuv420p", {"-c:v", "dvvideo"}},
    {"DV PAL 16:9.avi", 720, 576, 64, 45, kTo601 + "format=yuv420p", {"-c:v", "dvvideo", "-aspect", "16:9"}},
    {"DV NTSC.dv", 720, 480, 8, 9, kTo601 + "format=yuv411p", {"-c:v", "dvvideo", "-r", "30000/1001"}},
    {"HDV.ts",
     1440,
     1080,
     4,
     3,
     kTo709 + "format=yuv420p",
     {"-c:v", "mpeg2video", "-q:v", "2", "-color_range", "tv", "-colorspace", "bt709"}},
    {"full range.avi",
     320,
     240,
     1,
     1,
     "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd,format=yuvj422p",
     {"-c:v", "mjpeg", "-q:v", "1", "-qmin", "1"}},
    {"SD tagged.mp4",
     640,
     480,
     1,
     1,
     kTo601 + "format=yuv420p",
     {"-c:v", "libx264", "-qp", "4", "-colorspace", "smpte170m", "-color_range", "tv"}},
    {"SD not tagged.mp4", 640, 480, 1, 1, kTo601 + "format=yuv420p" + kNotTagged, {"-c:v", "libx264", "-qp", "4"}},
    {"HD tagged.mp4",
     1280,
     720,
     1,
     1,
     kTo709 + "format=yuv420p",
     {"-c:v", "libx264", "-qp", "4", "-colorspace", "bt709", "-color_range", "tv"}},
    {"HD not tagged.mp4", 1280, 720, 1, 1, kTo709 + "format=yuv420p" + kNotTagged, {"-c:v", "libx264", "-qp", "4"}},
    {"HD full range.mp4",
     1280,
     720,
     1,
     1,
     "scale=out_color_matrix=bt709:out_range=pc:flags=accurate_rnd,format=yuvj420p",
     {"-c:v", "libx264", "-qp", "4", "-colorspace", "bt709", "-color_range", "pc"}},
    {"odd.mkv", 321, 241, 1, 1, "format=gbrp", {"-c:v", "ffv1"}},
};

std::string colour_space(const std::filesystem::path& clip) {
    const auto said = output_of("ffprobe", {"-v", "error", "-select_streams", "v", "-show_entries",
                                            "stream=color_space", "-of", "json", clip.string()});
    const auto stream = nlohmann::json::parse(said).at("streams").at(0);
    return stream.value("color_space", "unknown");
}

constexpr int kFrames = 10;  // of each kind on the film, at 25

void ask_for(Studio& studio, const Kind& kind) {
    const double aspect = static_cast<double>(kind.aspect_num) / kind.aspect_den;
    const auto picture = draw_test_picture(studio / (kind.name + ".ppm"), kind.width, kind.height, aspect);
    Words words{"-loop",      "1",
                "-framerate", "25",
                "-i",         picture.string(),
                "-t",         "0.6",
                "-vf",        fmt::format("{},setsar={}/{}", kind.conversion, kind.aspect_num, kind.aspect_den)};
    words.insert(words.end(), kind.encoder.begin(), kind.encoder.end());
    studio.clip(kind.name, words);
}

/// The part of a 16:9 frame that a picture of this shape fills.
double filled(const Kind& kind) {
    const double shape = static_cast<double>(kind.width) * kind.aspect_num / kind.aspect_den / kind.height;
    return std::min(1.0, shape / (16.0 / 9));
}

void check_bars(const Picture& picture, double part) {
    for (std::size_t bar = 0; bar < kBars.size(); ++bar) {
        const double left = 0.5 + part * ((static_cast<double>(bar) + 0.3) / 6 - 0.5);
        const double right = 0.5 + part * ((static_cast<double>(bar) + 0.7) / 6 - 0.5);
        const auto found = picture.mean(left, 0.90, right, 0.97);
        const auto right_one = in_bt709(kBars[bar]);
        INFO(fmt::format("bar {}: {:.1f} {:.1f} {:.1f}, should be {:.1f} {:.1f} {:.1f}", bar, found[0], found[1],
                         found[2], right_one[0], right_one[1], right_one[2]));
        for (std::size_t plane = 0; plane < 3; ++plane) CHECK(std::abs(found[plane] - right_one[plane]) <= 2);
    }
}

void check_film(Studio& studio, const std::string& preset) {
    INFO(preset);
    const auto film =
        studio.film({"--preset", preset, "--resolution", "640x360", "--fps", "25", "--max-clip-secs", "0.4"});
    std::vector<int> middles;
    for (std::size_t i = 0; i < kKinds.size(); ++i) middles.push_back(static_cast<int>(i) * kFrames + kFrames / 2);
    const auto pictures = pictures_at(film, middles);
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        INFO(kKinds[i].name);
        CHECK(roundness(pictures[i]) == doctest::Approx(1).epsilon(0.01));
        check_bars(pictures[i], filled(kKinds[i]));
    }
}

}  // namespace

TEST_SUITE_BEGIN("geometry");

TEST_CASE("films show circles round and bars in their colours") {
    Studio studio;
    for (const auto& kind : kKinds) ask_for(studio, kind);
    studio.take_in();
    for (const auto& kind : kKinds) {
        INFO(kind.name);
        const bool tagged = colour_space(studio.library / kind.name) != "unknown";
        if (kind.name.find("not tagged") != std::string::npos) CHECK_FALSE(tagged);
        if (kind.name.find("D tagged") != std::string::npos) CHECK(tagged);
    }
    REQUIRE(studio.count("clips") == std::ssize(kKinds));  // none is the same as another
    check_film(studio, "archive");
    check_film(studio, "share");
}

TEST_SUITE_END();

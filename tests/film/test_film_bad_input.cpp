// What cannot be rendered is refused by name, or left out by name; what is only odd is rendered.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

Words colour(const std::string& name, const std::string& size, const std::string& seconds = "2") {
    return {"-lavfi",    fmt::format("color={}:s={}:r=25;sine=f=440:r=48000", name, size),
            "-t",        seconds,
            "-c:v",      "libx264",
            "-preset",   "ultrafast",
            "-pix_fmt",  "yuv420p",
            "-c:a",      "aac",
            "-movflags", "+faststart"};
}

const Words kSmall{"--resolution", "64x36", "--fps", "25"};

void cut_off(const std::filesystem::path& file, double part) {
    const auto bytes = read_file(file);
    write_file(file, bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * part)));
}

/// A red and a blue clip, and between them one that moves, for a test to break.
void ask_for_three(Studio& studio, const std::string& extension = "mp4") {
    studio.clip("first.mp4", colour("red", "64x36"));
    studio.clip("broken." + extension,
                {"-lavfi", "testsrc2=s=320x180:r=25,noise=alls=40:allf=t;sine=f=440:r=48000", "-t", "6", "-c:v",
                 "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"});
    studio.clip("last.mp4", colour("white", "64x36"));
}

std::int64_t frames_of(const std::filesystem::path& film) {
    return static_cast<std::int64_t>(brightness(film).size());
}

}  // namespace

TEST_SUITE_BEGIN("bad_input");

TEST_CASE("a clip that lost its second half stops the export by its name, or is left out") {
    Studio studio;
    ask_for_three(studio);
    studio.make_clips();
    cut_off(studio.library / "broken.mp4", 0.5);
    studio.take_in();
    const auto stopped = studio.try_film(kSmall);
    CHECK(stopped.ended() == "exit code 13");
    CHECK(stopped.err.find("broken.mp4") != std::string::npos);
    CHECK(stopped.out == "");

    CHECK(studio.try_film(kSmall, {"--on-error", "skip", "--launcher", "env"}).ended() == "exit code 3");
    auto skipped = studio.try_film(kSmall, {"--on-error", "skip"});
    INFO(skipped.err);
    CHECK(skipped.ended() == "exit code 3");
    CHECK(skipped.err.find("broken.mp4") != std::string::npos);
    REQUIRE(skipped.out.ends_with('\n'));
    skipped.out.pop_back();
    const auto pictures = brightness(skipped.out);
    REQUIRE(pictures.size() == 100);
    CHECK(pictures.front() < 100);
    CHECK(pictures[49] < 100);
    CHECK(pictures[50] > 200);
    CHECK(pictures.back() > 200);
}

TEST_CASE("broken packets in the middle are rendered as far as they go, in the right length") {
    Studio studio;
    ask_for_three(studio, "ts");
    studio.make_clips();
    auto bytes = read_file(studio.library / "broken.ts");
    for (std::size_t at = bytes.size() / 3; at < bytes.size() / 3 + 4000; at += 7) bytes[at] = static_cast<char>(at);
    write_file(studio.library / "broken.ts", bytes);
    studio.take_in();
    auto ran = studio.try_film(kSmall);
    INFO(ran.err);
    REQUIRE(ran.ended() == "exit code 0");
    ran.out.pop_back();
    const auto frames = frames_of(ran.out);
    CHECK(frames == 250);
}

TEST_CASE("a picture of one pixel, one of 8000 wide and a thousand pictures a second are rendered") {
    Studio studio;
    studio.clip("pixel.mkv", {"-lavfi", "color=white:s=1x1:r=25,format=gray", "-t", "1", "-c:v", "ffv1"});
    studio.clip("wide.avi", {"-lavfi", "color=white:s=8000x16:r=25,format=yuvj420p", "-t", "1", "-c:v", "mjpeg"});
    studio.clip("widest.avi", {"-lavfi", "color=white:s=16384x16:r=25,format=yuvj420p", "-t", "1", "-c:v", "mjpeg"});
    studio.clip("fast.mp4", {"-lavfi", "color=white:s=64x36:r=1000", "-t", "1", "-c:v", "libx264", "-preset",
                             "ultrafast", "-pix_fmt", "yuv420p"});
    studio.clip("tall.avi", {"-lavfi", "color=white:s=16x4000:r=25,format=yuvj420p", "-t", "1", "-c:v", "mjpeg"});
    studio.take_in();
    CHECK(studio.count("clips") == 5);
    for (const std::string fit : {"pad", "blur", "crop"}) {
        CAPTURE(fit);
        auto options = kSmall;
        options.insert(options.end(), {"--fit", fit});
        CHECK(frames_of(studio.film(options)) == 125);
    }
}

TEST_CASE("a fade longer than every clip takes half of each") {
    Studio studio;
    for (const std::string name : {"red", "white", "blue"}) studio.clip(name + ".mp4", colour(name, "64x36", "0.4"));
    studio.take_in();
    auto options = kSmall;
    options.insert(options.end(), {"--transition", "crossfade", "--transition-ms", "60000"});
    CHECK(frames_of(studio.film(options)) == 20);
}

TEST_CASE("a trim that leaves nothing is refused, one that leaves less than a frame shows one") {
    Studio studio;
    studio.clip("red.mp4", colour("red", "64x36"));
    studio.clip("white.mp4", colour("white", "64x36"));
    studio.take_in();
    CHECK(studio.dadcam({"recipe-create", "Nothing", "--mode", "all", "--max-clip-secs", "0"}).exit.code == 2);
    auto options = kSmall;
    options.insert(options.end(), {"--max-clip-secs", "0.001"});
    CHECK(frames_of(studio.film(options)) == 2);
}

TEST_CASE("a .cube with a line too few, too many or no numbers is refused") {
    Studio studio;
    studio.must({"init"});
    std::string rows;
    for (int row = 0; row < 8; ++row) rows += fmt::format("{} {} {}\n", row % 2, row / 2 % 2, row / 4);
    write_file(studio / "right.cube", "LUT_3D_SIZE 2\n" + rows);
    write_file(studio / "few.cube", "LUT_3D_SIZE 2\n" + rows.substr(6));
    write_file(studio / "many.cube", "LUT_3D_SIZE 2\n" + rows + "1 1 1\n");
    write_file(studio / "garbage.cube", std::string("\x00\xff\x17LUT", 6));
    write_file(studio / "words.cube", "LUT_3D_SIZE 2\none two three\n");
    for (const std::string name : {"few", "many", "garbage", "words"}) {
        const auto ran = studio.dadcam({"lut-add", (studio / (name + ".cube")).string()});
        INFO(ran.err);
        CHECK(ran.ended() == "exit code 2");
        CHECK(ran.err.find("not a usable .cube") != std::string::npos);
    }
    CHECK(studio.json({"lut-list"}).empty());
    studio.must({"lut-add", (studio / "right.cube").string()});
}

TEST_SUITE_END();

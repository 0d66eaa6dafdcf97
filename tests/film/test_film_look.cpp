// LUTs and the date overlay, as the film shows them.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <tests/film/picture.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

/// A 3D LUT of two steps each way whose every colour is this function of red, green and blue.
std::string cube(const std::string& row_of_rgb) {
    std::string text = "TITLE \"test\"\nLUT_3D_SIZE 2\n";
    for (int blue = 0; blue < 2; ++blue) {
        for (int green = 0; green < 2; ++green) {
            for (int red = 0; red < 2; ++red) {
                for (const char channel : row_of_rgb)
                    text += fmt::format("{} ", channel == 'r' ? red : channel == 'g' ? green : blue);
                text += '\n';
            }
        }
    }
    return text;
}

struct OrangeClip : Studio {
    OrangeClip() {
        clip("orange.mp4", {"-lavfi", "color=c=0xC06020:s=320x180:r=25:d=3,format=yuv420p", "-c:v", "libx264", "-crf",
                            "1", "-colorspace", "bt470bg", "-color_range", "tv"});
        take_in();
    }
};

void check_colour(const std::filesystem::path& film, const Colour& rgb) {
    const auto found = picture_of(film, 10).mean(0.3, 0.3, 0.7, 0.7);
    const auto right = in_bt709(rgb);
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(std::abs(found[i] - right[i]) <= 2);
    }
}

/// Bright pixels in the lower right corner: text is there.
bool has_text(const std::filesystem::path& film, int number) {
    const auto picture = picture_of(film, number);
    double brightest = 0;
    for (int y = picture.height / 2; y < picture.height; ++y) {
        for (int x = picture.width / 2; x < picture.width; ++x) {
            brightest = std::max(brightest, picture.planes[0][static_cast<std::size_t>(y * picture.width + x)]);
        }
    }
    return brightest > 200;
}

}  // namespace

TEST_SUITE_BEGIN("look");

TEST_CASE("a LUT that changes nothing changes nothing, and one that turns colours round does so") {
    OrangeClip studio;
    write_file(studio / "it's [a] LUT, 100%.cube", cube("rgb"));
    write_file(studio / "round.cube", cube("brg"));
    studio.must({"lut-add", (studio / "it's [a] LUT, 100%.cube").string(), "--name", "same"});
    studio.must({"lut-add", (studio / "round.cube").string()});
    check_colour(studio.film({"--lut", "same"}), {0xC0, 0x60, 0x20});
    check_colour(studio.film({"--lut", "round"}), {0x20, 0xC0, 0x60});
}

TEST_CASE(
    "a LUT whose copy has changed is used as it is now, which is said; one that is no longer a LUT stops the export") {
    OrangeClip studio;
    write_file(studio / "round.cube", cube("brg"));
    studio.must({"lut-add", (studio / "round.cube").string()});
    const auto change_to = [&](const std::string& text) {
        std::vector<std::filesystem::path> files;
        for (const auto& file : std::filesystem::directory_iterator(studio.library / ".dadcam/luts"))
            files.push_back(file.path());
        for (const auto& file : files) write_file(file, text);
    };
    change_to(cube("rgb"));
    const auto changed = studio.try_film({"--lut", "round"});
    CHECK(changed.ended() == "exit code 0");
    CHECK(changed.err.find("The LUT round has changed") != std::string::npos);
    change_to("no LUT");
    const auto broken = studio.try_film({"--lut", "round"});
    CHECK(broken.ended() == "exit code 11");
    CHECK(broken.err.find("\"round\" has changed and is no longer a LUT") != std::string::npos);
    CHECK(studio.count("export_runs") == 1);
}

TEST_CASE("the date is drawn for as long as it is asked for, whatever is in its text") {
    OrangeClip studio;
    const auto film =
        studio.film({"--date-overlay", "--date-format", "it's 100%% \\ [%Y]: a,b;c", "--date-seconds", "1"});
    CHECK(has_text(film, 0));
    CHECK(has_text(film, 24));
    CHECK_FALSE(has_text(film, 25));
    CHECK_FALSE(has_text(studio.film({}), 0));
}

TEST_SUITE_END();

#include <doctest/doctest.h>

#include <libdadcam/recipe/chapters.hpp>
#include <libdadcam/recipe/selection.hpp>
#include <tests/support/clips.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

footage::Clip at(const std::string& path, const std::string& time) {
    auto clip = test::clip_of(path);
    clip.recorded.time = "2019-07-" + time + ":00Z";
    return clip;
}

std::vector<std::string> order(std::vector<footage::Clip> clips) {
    std::vector<std::string> paths;
    for (const auto& clip : select({}, std::move(clips))) paths.push_back(clip.path);
    return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a GoPro's names tell which part of a recording they are") {
    CHECK(chapter_of("100GOPRO/GOPR0123.MP4") == Chapter{"100GOPRO/gp0123", 1});
    CHECK(chapter_of("100GOPRO/GP010123.MP4") == Chapter{"100GOPRO/gp0123", 2});
    CHECK(chapter_of("100GOPRO/gp120123.mp4") == Chapter{"100GOPRO/gp0123", 13});
    CHECK(chapter_of("100GOPRO/GX010456.MP4") == Chapter{"100GOPRO/gx0456", 1});
    CHECK(chapter_of("GH020456.MP4") == Chapter{"gh0456", 2});
    for (const char* name :
         {"GOPR012.MP4", "GOPRO123.MP4", "GX000456.MP4", "GX0A0456.MP4", "GXAA0456.MP4", "GX-10456.MP4", "GS010456.360",
          "IMG_0123.MOV", "GX010456_2.MP4", "", "a/b/", "GX01045a.MP4"}) {
        CAPTURE(std::string(name));
        CHECK_FALSE(chapter_of(name));
    }
}

TEST_CASE("the chapters of a recording are neighbours, though another camera's clip lies between their times") {
    CHECK(order({at("100GOPRO/GX010456.MP4", "14T10:00"), at("IMG_0001.MOV", "14T10:05"),
                 at("100GOPRO/GX020456.MP4", "14T10:08"), at("IMG_0002.MOV", "14T10:10"),
                 at("100GOPRO/GX030456.MP4", "14T10:16"), at("100GOPRO/GX010457.MP4", "14T10:30")}) ==
          Paths{"100GOPRO/GX010456.MP4", "100GOPRO/GX020456.MP4", "100GOPRO/GX030456.MP4", "IMG_0001.MOV",
                "IMG_0002.MOV", "100GOPRO/GX010457.MP4"});
}

TEST_CASE("chapters of one time come in their order, also when recordings share it") {
    CHECK(order({at("GP020123.MP4", "14T10:00"), at("GP010123.MP4", "14T10:00"), at("GOPR0123.MP4", "14T10:00"),
                 at("GOPR0124.MP4", "14T10:00"), at("GP010124.MP4", "14T10:00")}) ==
          Paths{"GOPR0123.MP4", "GP010123.MP4", "GP020123.MP4", "GOPR0124.MP4", "GP010124.MP4"});
}

TEST_CASE("names that come again on another day, or in another folder, are other recordings") {
    CHECK(order({at("GOPR0123.MP4", "01T10:00"), at("a.mp4", "03T10:00"), at("GP010123.MP4", "05T10:00")}) ==
          Paths{"GOPR0123.MP4", "a.mp4", "GP010123.MP4"});
    CHECK(order({at("one/GX010456.MP4", "14T10:00"), at("a.mp4", "14T10:01"), at("two/GX020456.MP4", "14T10:02")}) ==
          Paths{"one/GX010456.MP4", "a.mp4", "two/GX020456.MP4"});
}

TEST_CASE("a chapter whose first one is not there stays where it is") {
    CHECK(order({at("a.mp4", "14T10:00"), at("GX020456.MP4", "14T10:02"), at("b.mp4", "14T10:03"),
                 at("GX030456.MP4", "14T10:04")}) == Paths{"a.mp4", "GX020456.MP4", "GX030456.MP4", "b.mp4"});
}

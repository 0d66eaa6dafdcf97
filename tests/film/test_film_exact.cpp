// The frames, steps and ends of a film of one clip.

#include <doctest/doctest.h>

#include <tests/film/exact.hpp>

using namespace dadcam::test;

TEST_SUITE_BEGIN("exact");

TEST_CASE("a film of one clip has all its frames, evenly, and ends with its sound") {
    Studio studio;
    studio.clip("one.mp4", {"-lavfi", "testsrc2=s=64x36:r=30;sine=r=44100", "-t", "3.3", "-c:v", "libx264", "-preset",
                            "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"});
    studio.take_in();
    for (const std::string preset : {"share", "archive"}) {
        for (const std::string rate : {"25", "30000/1001", "60"}) check_exact(studio, preset, rate);
    }
}

TEST_SUITE_END();

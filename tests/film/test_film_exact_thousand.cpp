// The frames, steps and ends of films of a thousand clips.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/film/exact.hpp>

using namespace dadcam::test;

namespace {

/// Eight tiny clips, no two alike.
void make_few(Studio& studio) {
    const std::vector<std::string> rates{"25", "30000/1001", "30", "50", "15", "24", "60", "12"};
    for (std::size_t i = 0; i < rates.size(); ++i) {
        studio.clip(
            fmt::format("clip{}.mp4", i),
            {"-lavfi", fmt::format("testsrc2=s=64x36:r={},hue=h={};sine=f={}:r=48000", rates[i], 45 * i, 300 + 50 * i),
             "-t", fmt::format("{}", 0.1 + 0.013 * static_cast<double>(i)), "-c:v", "mpeg4", "-c:a", "aac"});
    }
    studio.make_clips();
}

/// A free box (ISO 14496-12, 8.1.2) at its end makes a copy another content.
void make_thousand(Studio& studio) {
    make_few(studio);
    for (int i = 8; i < 1000; ++i) {
        const auto copy = studio.library / fmt::format("clip{}.mp4", i);
        write_file(copy, read_file(studio.library / fmt::format("clip{}.mp4", i % 8)) +
                             std::string("\0\0\0\x0c"
                                         "free",
                                         8) +
                             fmt::format("{:04}", i));
    }
}

}  // namespace

TEST_SUITE_BEGIN("exact_thousand");

TEST_CASE("a film of a thousand clips has all its frames, evenly, and ends with its sound") {
    Studio studio;
    make_thousand(studio);
    studio.take_in();
    REQUIRE(studio.count("clips") == 1000);
    for (const std::string preset : {"share", "archive"}) {
        for (const std::string rate : {"25", "30000/1001", "60"}) check_exact(studio, preset, rate, {});
    }
    check_exact(studio, "share", "60", {"--transition", "crossfade", "--transition-ms", "40"});
}

TEST_SUITE_END();

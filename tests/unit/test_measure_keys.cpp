#include <doctest/doctest.h>

#include <libdadcam/measure/keys.hpp>

using namespace dadcam::measure;

TEST_SUITE_BEGIN("measure/keys");

TEST_CASE("key pictures are read from ffmpeg's list of packets, in the order in which they are shown") {
    const auto list = frames_in(
        "#format: frame checksums\n"
        "#extradata 0,                             150, a5c5353e411eab44\n"
        "#tb 0: 1/90000\n"
        "#stream#, dts,        pts, duration,     size, hash\n"
        "0,     174960,     185760,     1800,   184033, 9f46e5c0274d0dd7, S=1,        1, 7d8c5da7fd418379\n"
        "0,     126000,     136800,     1800,   184033, 9f46e5c0274d0dd7\n"
        "0,      -1800,       -900,     1800,   184033, 9f46e5c0274d0dd7");
    CHECK(list.times == std::vector<std::int64_t>{-900, 136800, 185760});
    CHECK(list.lengths == std::vector<std::int64_t>{1800, 1800, 1800});
    CHECK(list.tick == dadcam::Rational{1, 90000});
    CHECK(list.parameters == "#extradata 0,                             150, a5c5353e411eab44");
}

TEST_CASE("a list without key pictures, or one that breaks off, has those that it names") {
    CHECK(frames_in("").times.empty());
    CHECK(frames_in("#format: frame checksums\n").parameters.empty());
    CHECK(frames_in("0, 1, 2, 3, 4, 5\n0, 7,").times == std::vector<std::int64_t>{2});
    CHECK(frames_in("0, 1, 9223372036854775807, 3, 4, 5\n").times.empty());
    CHECK(frames_in("0, 1, 99999999999999999999, 3, 4, 5\n").times.empty());
}

TEST_SUITE_END();

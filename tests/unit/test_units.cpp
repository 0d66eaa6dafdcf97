#include <doctest/doctest.h>

#include <cstdlib>
#include <libdadcam/units.hpp>
#include <limits>

using namespace dadcam;

namespace {

constexpr Rational kNtsc{30000, 1001};
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("a product is rounded half away from zero") {
    CHECK(rounded_product(1, 1, 2) == 1);
    CHECK(rounded_product(-1, 1, 2) == -1);
    CHECK(rounded_product(3, 1, 2) == 2);
    CHECK(rounded_product(-3, 1, 2) == -2);
    CHECK(rounded_product(4, 1, 10) == 0);
    CHECK(rounded_product(5, 1, 10) == 1);
    CHECK(rounded_product(-4, 1, 10) == 0);
    CHECK(rounded_product(-5, 1, 10) == -1);
    CHECK(rounded_product(0, 7, 3) == 0);
}

TEST_CASE("a product is rounded to the nearer third") {
    CHECK(rounded_product(1, 1, 3) == 0);
    CHECK(rounded_product(2, 1, 3) == 1);
    CHECK(rounded_product(4, 1, 3) == 1);
    CHECK(rounded_product(-1, 1, 3) == 0);
    CHECK(rounded_product(-2, 1, 3) == -1);
}

TEST_CASE("a product does not overflow on its way to a result that fits") {
    CHECK(rounded_product(kMost, kMost, kMost) == kMost);
    CHECK(rounded_product(kMost, -kMost, kMost) == -kMost);
    CHECK(rounded_product(std::numeric_limits<std::int64_t>::min(), 1, 1) == std::numeric_limits<std::int64_t>::min());
    CHECK(rounded_product(kMost - 1, 1'000'000, 2'000'000) == (kMost - 1) / 2);
}

TEST_CASE("a frame of 30000/1001 lasts 1601.6 samples") {
    CHECK(sample_at({0}, kNtsc) == Samples{0});
    CHECK(sample_at({1}, kNtsc) == Samples{1602});
    CHECK(sample_at({2}, kNtsc) == Samples{3203});
    CHECK(sample_at({3}, kNtsc) == Samples{4805});
    CHECK(sample_at({4}, kNtsc) == Samples{6406});
    CHECK(sample_at({5}, kNtsc) == Samples{8008});
}

TEST_CASE("sample positions at an NTSC rate never drift") {
    for (std::int64_t frame = 0; frame <= 100'000; ++frame) {
        const auto position = sample_at({frame}, kNtsc).count;
        const auto error_in_num = std::abs(position * kNtsc.num - frame * kSampleRate * kNtsc.den);
        REQUIRE(error_in_num * 2 <= kNtsc.num);
        if (frame % 5 == 0) REQUIRE(position == frame / 5 * 8008);
    }
}

TEST_CASE("at a whole rate every frame has the same samples") {
    CHECK(sample_at({25 * 3600}, {25, 1}) == Samples{3600 * 48000});
    CHECK(sample_at({7}, {24, 1}) == Samples{7 * 2000});
}

TEST_CASE("the time of a frame is rounded to the microsecond") {
    CHECK(microseconds_at({1}, {24, 1}) == 41'667);
    CHECK(microseconds_at({1}, {30, 1}) == 33'333);
    CHECK(microseconds_at({1}, {60000, 1001}) == 16'683);
    CHECK(microseconds_at({30000}, kNtsc) == 1'001'000'000);
}

TEST_CASE("a window has at least one frame") {
    CHECK(frames_in(0, {25, 1}) == Frames{1});
    CHECK(frames_in(1, {25, 1}) == Frames{1});
    CHECK(frames_in(-5'000'000, {25, 1}) == Frames{1});
}

TEST_CASE("a window's frames are rounded half up") {
    CHECK(frames_in(59'999, {25, 1}) == Frames{1});
    CHECK(frames_in(60'000, {25, 1}) == Frames{2});
    CHECK(frames_in(10'000'000, {25, 1}) == Frames{250});
    CHECK(frames_in(1'001'000'000, kNtsc) == Frames{30000});
}

TEST_CASE("a rational is read as a fraction, a ratio or a whole number, in lowest terms") {
    CHECK(parse_rational("30000/1001") == kNtsc);
    CHECK(parse_rational("50/2") == Rational{25, 1});
    CHECK(parse_rational("16:15") == Rational{16, 15});
    CHECK(parse_rational("64:45") == Rational{64, 45});
    CHECK(parse_rational("25") == Rational{25, 1});
    CHECK(parse_rational("25.0") == Rational{25, 1});
}

TEST_CASE("a decimal stands for the NTSC rate it is short for") {
    CHECK(parse_rational("23.976") == Rational{24000, 1001});
    CHECK(parse_rational("23.98") == Rational{24000, 1001});
    CHECK(parse_rational("29.97") == kNtsc);
    CHECK(parse_rational("59.94") == Rational{60000, 1001});
    CHECK(parse_rational("119.88") == Rational{120000, 1001});
}

TEST_CASE("a decimal that is no NTSC rate stays what it says") {
    CHECK(parse_rational("12.5") == Rational{25, 2});
    CHECK(parse_rational("7.4") == Rational{37, 5});
    CHECK(parse_rational("29.9") == Rational{299, 10});
}

TEST_CASE("what is no positive rational is 0/1") {
    for (const char* text : {"",     " ",   "abc", "25fps", " 25",  "+25",   "-25",    "-1/2",
                             "1/-2", "0",   "0/0", "0/1",   "1/0",  "1/",    "/1",     "1/2/3",
                             "1//2", "nan", "inf", "1e400", "0x19", "1.5/2", "0.0001", "99999999999999999999/1",
                             "1e7"}) {
        CAPTURE(std::string(text));
        CHECK(parse_rational(text) == Rational{0, 1});
    }
}

TEST_CASE("reduced() takes nothing that is not positive") {
    CHECK(reduced(6, 4) == Rational{3, 2});
    CHECK(reduced(0, 5) == Rational{0, 1});
    CHECK(reduced(5, 0) == Rational{0, 1});
    CHECK(reduced(-5, -1) == Rational{0, 1});
}

TEST_CASE("a rational is written as it is read") {
    CHECK(to_string(Rational{25, 1}) == "25");
    CHECK(to_string(kNtsc) == "30000/1001");
    CHECK(parse_rational(to_string(kNtsc)) == kNtsc);
}

TEST_CASE("a file size is given in the largest unit it fills, GB with two decimals, KB and MB with one") {
    CHECK(file_size(0) == "0 B");
    CHECK(file_size(512) == "512 B");
    CHECK(file_size(1023) == "1023 B");
    CHECK(file_size(1024) == "1.0 KB");
    CHECK(file_size(1536) == "1.5 KB");
    CHECK(file_size(10 * 1024 * 1024) == "10.0 MB");
    CHECK(file_size(1024LL * 1024 * 1024) == "1.00 GB");
    CHECK(file_size(2'523'293'409) == "2.35 GB");
    CHECK(file_size(2048LL * 1024 * 1024 * 1024) == "2048.00 GB");
}

TEST_CASE("half a decimal of a file size is rounded up, as the guide's toFixed does") {
    CHECK(file_size(1280) == "1.3 KB");
    CHECK(file_size(1024LL * 1024 * 1024 * 9 / 8) == "1.13 GB");
}

TEST_CASE("a size is read in bytes, and in units of 1024, capital or small") {
    CHECK(parse_size("4096") == 4096);
    CHECK(parse_size("0") == 0);
    CHECK(parse_size("7b") == 7);
    for (const char* text : {"2k", "2K", "2kb", "2KB", "2ki", "2KiB", "2 kB", " 2\tkb\n"}) {
        CAPTURE(std::string(text));
        CHECK(parse_size(text) == 2048);
    }
    CHECK(parse_size("500MB") == 500LL * 1024 * 1024);
    CHECK(parse_size("20GB") == 20LL * 1024 * 1024 * 1024);
    CHECK(parse_size("7EB") == 7LL << 60);
    CHECK(parse_size("gb") == 1024 * 1024 * 1024);
}

TEST_CASE("a size may be as large as 64 bits hold, and no larger") {
    CHECK(parse_size("9223372036854775807") == kMost);
    for (const char* text : {"9223372036854775808", "8EB", "9007199254740992KB", "18446744073709551616", "16EB"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_size(text));
    }
    CHECK(parse_size("9007199254740991KB") == 9007199254740991LL * 1024);
}

TEST_CASE("what is no size is none") {
    for (const char* text : {"", " ", "lots", "-5", "-1GB", "+5", "1.5GB", "1,5", "5XB", "5gbb", "5 k b", "5k5", "1e3",
                             "0x10", "\xc3\xa9", "5\xc3\xa9", "nan"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_size(text));
    }
}

#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/progress.hpp>
#include <random>
#include <tests/support/errors.hpp>
#include <vector>

using namespace dadcam;
using namespace dadcam::ffmpeg;

namespace {

struct Heard {
    std::vector<ProgressReport> reports;
    std::vector<std::string> log;
    bool operator==(const Heard&) const = default;
};

/// What a parser says when the text comes in chunks of the sizes that `next_size` gives.
template <typename NextSize>
Heard parse_in_chunks(std::string_view text, NextSize next_size) {
    Heard heard;
    ProgressParser parser([&](const ProgressReport& report) { heard.reports.push_back(report); },
                          [&](std::string_view line) { heard.log.emplace_back(line); });
    while (!text.empty()) {
        const auto size = std::min<std::size_t>(text.size(), next_size());
        parser.feed(text.substr(0, size));
        text.remove_prefix(size);
    }
    parser.finish();
    return heard;
}

Heard parse(std::string_view text) {
    return parse_in_chunks(text, [&] { return text.size(); });
}

ProgressReport only_report(std::string_view text) {
    const auto heard = parse(text);
    REQUIRE(heard.reports.size() == 1);
    return heard.reports[0];
}

constexpr std::string_view kTalk =
    "[mov,mp4 @ 0x55] [warning] Non-monotonous DTS\n"
    "frame=12\nfps=0.00\nstream_0_0_q=29.0\nbitrate= 123.4kbits/s\ntotal_size=48\nout_time_us=480000\n"
    "out_time_ms=480000\nout_time=00:00:00.480000\ndup_frames=0\ndrop_frames=0\nspeed=0.95x\nprogress=continue\n"
    "frame=  500 fps= 25 q=28.0 size=   10240kB time=00:00:20.00 bitrate=4194.3kbits/s speed=1.5x\r"
    "a=b\n"
    "frame=750\nout_time_us=30000000\nspeed=N/A\nprogress=end\n"
    "the last words, without an end";

}  // namespace

TEST_CASE("a block is one report") {
    const auto report = only_report("frame=12\nout_time_us=480000\ntotal_size=48\nspeed=0.95x\nprogress=continue\n");
    CHECK(report.frame == 12);
    CHECK(report.out_time_us == 480'000);
    CHECK(report.size_bytes == 48);
    CHECK(report.speed == doctest::Approx(0.95));
    CHECK_FALSE(report.ended);
}

TEST_CASE("progress=end ends") {
    CHECK(only_report("frame=12\nprogress=end\n").ended);
}

TEST_CASE("a block says nothing before its progress line, and nothing of it stays for the next") {
    CHECK(parse("frame=12\nspeed=1x\n").reports.empty());
    const auto heard = parse("frame=12\nspeed=1x\nprogress=continue\nprogress=continue\n");
    REQUIRE(heard.reports.size() == 2);
    CHECK_FALSE(heard.reports[1].frame);
    CHECK_FALSE(heard.reports[1].speed);
}

TEST_CASE("blocks, classic lines and log lines are told apart in one stream") {
    const auto heard = parse(kTalk);
    REQUIRE(heard.reports.size() == 3);
    CHECK(heard.reports[0].frame == 12);
    CHECK(heard.reports[1].frame == 500);
    CHECK(heard.reports[2].frame == 750);
    CHECK(heard.reports[2].ended);
    CHECK(heard.log == std::vector<std::string>{"[mov,mp4 @ 0x55] [warning] Non-monotonous DTS", "a=b",
                                                "the last words, without an end"});
}

TEST_CASE("the chunks in which it comes make no difference") {
    const auto whole = parse(kTalk);
    CHECK(parse_in_chunks(kTalk, [] { return 1U; }) == whole);
    std::mt19937_64 random(1);
    for (int round = 0; round < 200; ++round)
        REQUIRE(parse_in_chunks(kTalk, [&] { return 1 + random() % 40; }) == whole);
}

TEST_CASE("lines may end in \\r, \\n or both") {
    CHECK(only_report("frame=12\r\nprogress=continue\r\n").frame == 12);
    CHECK(only_report("frame=12\rprogress=continue\r").frame == 12);
    CHECK(parse("frame=12\r\nprogress=continue\r\n").log.empty());
}

TEST_CASE("a classic line counts in kB and KiB of 1024 bytes") {
    const auto old_style = only_report("frame=  100 fps= 25 q=28.0 size=     256kB time=00:00:04.00 speed=2x\r");
    CHECK(old_style.size_bytes == 256 * 1024);
    const auto new_style = only_report("frame=  100 fps= 25 q=28.0 size=     256KiB time=00:00:04.00 speed=2x\r");
    CHECK(new_style == old_style);
    CHECK(old_style.frame == 100);
    CHECK(old_style.out_time_us == 4'000'000);
    CHECK(old_style.speed == 2.0);
    CHECK_FALSE(old_style.ended);
}

TEST_CASE("a classic line with Lsize is the last one") {
    const auto report = only_report("frame= 250 fps=50 q=-1.0 Lsize=    1024kB time=01:02:03.50 speed=10.1x\n");
    CHECK(report.ended);
    CHECK(report.size_bytes == 1024 * 1024);
    CHECK(report.out_time_us == 3'723'500'000);
}

TEST_CASE("a classic line says what it can where the rest is N/A") {
    const auto report = only_report("frame=    0 fps=0.0 q=0.0 size=N/A time=N/A bitrate=N/A speed=N/A\r");
    CHECK(report.frame == 0);
    CHECK_FALSE(report.size_bytes);
    CHECK_FALSE(report.out_time_us);
    CHECK_FALSE(report.speed);
}

TEST_CASE("N/A, negative, huge and broken numbers are absent") {
    for (const char* value : {"N/A", "-1", "-9223372036854775807", "9223372036854775808", "99999999999999999999999", "",
                              "1e5", "12 monkeys", "0x10", "nan", "inf", "12.5"}) {
        CAPTURE(std::string(value));
        const std::string text = value;
        const auto report =
            only_report("frame=" + text + "\nout_time_us=" + text + "\ntotal_size=" + text + "\nprogress=continue\n");
        CHECK(report == ProgressReport{});
    }
    CHECK(only_report("frame=9223372036854775807\nprogress=continue\n").frame == 9223372036854775807);
}

TEST_CASE("a speed is a finite number of times") {
    for (const char* value : {"N/A", "-1x", "nanx", "infx", "1e999x", "1.5", "x", "1.5y"}) {
        CAPTURE(std::string(value));
        CHECK_FALSE(only_report("speed=" + std::string(value) + "\nprogress=continue\n").speed);
    }
    CHECK(only_report("speed=   0x\nprogress=continue\n").speed == 0.0);
    CHECK(only_report("speed=1e+03x\nprogress=continue\n").speed == 1000.0);
}

TEST_CASE("a classic time that cannot be is absent") {
    for (const char* time : {"-00:00:01.00", "00:99:00.00", "00:00:75.00", "9999999999:00:00.00", "00:00", "1:2:3:4",
                             "00:00:nan", "a:b:c"}) {
        CAPTURE(std::string(time));
        CHECK_FALSE(only_report("frame= 1 size= 1kB time=" + std::string(time) + " speed=1x\r").out_time_us);
    }
}

TEST_CASE("a huge size in a classic line does not overflow") {
    CHECK_FALSE(only_report("frame= 1 size= 9223372036854775807kB time=00:00:01.00\r").size_bytes);
}

TEST_CASE("a log line that looks like key=value is a log line") {
    const auto heard = parse("crf=20\nerror while decoding: frame=7\nx264 [info]: frame=I:1\nkey = value\n");
    CHECK(heard.reports.empty());
    CHECK(heard.log.size() == 4);
    CHECK(heard.log[1] == "error while decoding: frame=7");
}

TEST_CASE("NUL and bytes that are no UTF-8 do no harm and stay as they are") {
    const std::string odd("\0\xff\xfe line\0 \x80", 11);
    const auto heard = parse(odd + "\nframe=1\nprogress=continue\n");
    REQUIRE(heard.log.size() == 1);
    CHECK(heard.log[0] == odd);
    CHECK(heard.reports.size() == 1);
    CHECK_FALSE(only_report(std::string("frame=1\0002\nprogress=continue\n", 28)).frame);
}

TEST_CASE("random bytes never fail, and a block after them is read") {
    std::mt19937_64 random(3);
    std::string noise;
    for (int i = 0; i < 200'000; ++i) noise.push_back(static_cast<char>(random()));
    const auto heard = parse_in_chunks(noise + "\nframe=5\nprogress=end\n", [&] { return 1 + random() % 5000; });
    REQUIRE_FALSE(heard.reports.empty());
    CHECK(heard.reports.back().frame == 5);
}

TEST_CASE("a line without an end is kept only in part") {
    const std::string chunk(100'000, 'x');
    Heard heard;
    ProgressParser parser([&](const ProgressReport& report) { heard.reports.push_back(report); },
                          [&](std::string_view line) { heard.log.emplace_back(line); });
    for (int i = 0; i < 100; ++i) parser.feed(chunk);
    parser.feed("\nframe=5\nprogress=continue\n");
    REQUIRE(heard.log.size() == 1);
    CHECK(heard.log[0] == std::string(ProgressParser::kLongestLine, 'x'));
    REQUIRE(heard.reports.size() == 1);
    CHECK(heard.reports[0].frame == 5);
}

TEST_CASE("what a too long line hides in its rest is not read") {
    const auto heard = parse(std::string(ProgressParser::kLongestLine, 'x') + "progress=end\n");
    CHECK(heard.reports.empty());
    CHECK(heard.log.size() == 1);
}

TEST_CASE("empty lines are nothing") {
    CHECK(parse("\n\r\n  \n\t\n") == Heard{});
}

#include <doctest/doctest.h>

#include <cstdlib>
#include <libdadcam/ffmpeg/filters.hpp>
#include <libdadcam/ffmpeg/picture.hpp>
#include <regex>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;
using test::contains;

namespace {

const timeline::FilmFormat kFullHd{{1920, 1080}, {25, 1}};

std::string chain(const footage::Facts& facts, const timeline::FilmFormat& format = kFullHd,
                  Window window = {{0}, {50}}) {
    auto clip = test::clip_of("a.mp4");
    clip.facts = facts;
    auto text = picture_chain(clip, window, format, {}, "yuv420p", "p0");
    // Whatever is in a chain, the doctor looks for.
    for (const auto& filter : filters_in(text)) {
        CAPTURE(filter);
        CHECK(all_filters().contains(filter));
    }
    return text;
}

/// The numbers of `zscale=w=…:h=…` and `pad=W:H:x:y`.
struct Framing {
    int width, height, frame_width, frame_height, x, y;
};

Framing framing_of(const std::string& text) {
    static const std::regex form(R"(zscale=w=(\d+):h=(\d+):[^;]*?setsar=1(?:,pad=(\d+):(\d+):(\d+):(\d+))?,)");
    std::smatch match;
    REQUIRE(std::regex_search(text, match, form));
    const auto number = [&](std::size_t group) { return std::stoi(match[group].str()); };
    if (!match[3].matched) return {number(1), number(2), number(1), number(2), 0, 0};  // it fits as it is
    return {number(1), number(2), number(3), number(4), number(5), number(6)};
}

bool is_even_and_centred(const Framing& found, footage::Size size) {
    const bool even = found.width % 2 == 0 && found.height % 2 == 0 && found.x % 2 == 0 && found.y % 2 == 0;
    const bool inside = found.width >= 2 && found.height >= 2 && found.x + found.width <= size.width &&
                        found.y + found.height <= size.height;
    const bool centred = std::abs(size.width - found.width - 2 * found.x) <= 2 &&
                         std::abs(size.height - found.height - 2 * found.y) <= 2;
    return even && inside && centred && (found.width == size.width || found.height == size.height);
}

footage::Facts tape(const std::string& field_order) {
    auto facts = test::facts_of();
    facts.container = "dv";
    facts.width = 720;
    facts.height = 576;
    facts.sample_aspect = {16, 15};
    facts.field_order = field_order;
    facts.color_space = "unknown";
    return facts;
}

}  // namespace

TEST_CASE("progressive footage is not deinterlaced") {
    CHECK_FALSE(contains(chain(test::facts_of()), "bwdif"));
    auto unknown = test::facts_of();
    unknown.field_order = "unknown";
    CHECK_FALSE(contains(chain(unknown), "bwdif"));
}

TEST_CASE("interlaced footage is deinterlaced by the field that is shown first") {
    CHECK(chain(tape("tt")).starts_with("bwdif=mode=send_frame:parity=tff:deint=all,"));
    CHECK(chain(tape("bb")).starts_with("bwdif=mode=send_frame:parity=bff:deint=all,"));
    for (const char* container : {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mxf"}) {
        auto swapped = tape("tb");
        swapped.container = container;
        const std::string earlier = swapped.container == "mxf" ? "bff" : "tff";
        CHECK(chain(swapped).starts_with("bwdif=mode=send_frame:parity=" + earlier + ":deint=all,"));
        swapped.field_order = "bt";
        CHECK(chain(swapped).starts_with("bwdif=mode=send_frame:parity=bff:deint=all,"));
    }
}

TEST_CASE("a film of more pictures a second than the clip has frames shows every field") {
    CHECK(contains(chain(tape("tt"), {{1920, 1080}, {50, 1}}), "mode=send_field:"));
    CHECK(contains(chain(tape("tt"), {{1920, 1080}, {30, 1}}), "mode=send_field:"));
    CHECK(contains(chain(tape("tt"), {{1920, 1080}, {24, 1}}), "mode=send_frame:"));
}

TEST_CASE("29.97 into 30 is no reason to show fields") {
    auto facts = tape("bb");
    facts.rate = {30000, 1001};
    CHECK(contains(chain(facts, {{1920, 1080}, {30, 1}}), "mode=send_frame:"));
}

TEST_CASE("a field's time is half a tick, so the ticks are halved for interlaced footage only") {
    auto facts = test::facts_of();
    facts.time_base = {1, 90000};
    facts.start_pts = 900;
    CHECK(contains(chain(facts), "settb=1/90000,setpts=PTS-(900),"));
    facts.field_order = "tt";
    CHECK(contains(chain(facts), "settb=1/180000,setpts=PTS-(1800),"));
}

TEST_CASE("a time base of several ticks is taken apart") {
    auto facts = test::facts_of();
    facts.time_base = {1001, 30000};
    facts.start_pts = -2;
    CHECK(contains(chain(facts), "settb=1/30000,setpts=PTS-(-2002),"));
}

TEST_CASE("full range becomes limited range") {
    auto facts = test::facts_of();
    CHECK(contains(chain(facts), ":rin=limited:m=709:r=limited,"));
    facts.color_range = "pc";
    CHECK(contains(chain(facts), ":rin=full:m=709:r=limited,"));
    facts.color_range = "unknown";
    facts.pixel_format = "yuvj420p";
    CHECK(contains(chain(facts), ":rin=full:m=709:r=limited,"));
}

TEST_CASE("the matrix that a stream names is the one that is undone") {
    const std::vector<std::pair<std::string, std::string>> names{
        {"bt709", "709"}, {"bt470bg", "470bg"}, {"smpte170m", "170m"},    {"smpte240m", "240m"},
        {"fcc", "fcc"},   {"ycgco", "ycgco"},   {"bt2020nc", "2020_ncl"}, {"bt2020c", "2020_cl"}};
    for (const auto& [said, used] : names) {
        CAPTURE(said);
        auto facts = test::facts_of();
        facts.color_space = said;
        CHECK(contains(chain(facts), ":min=" + used + ":"));
    }
}

TEST_CASE("without a name, standard definition is BT.601 and anything larger BT.709") {
    auto facts = test::facts_of();
    facts.color_space = "unknown";
    const auto matrix_at = [&](int width, int height) {
        facts.width = width;
        facts.height = height;
        return contains(chain(facts), ":min=709:") ? "709" : contains(chain(facts), ":min=170m:") ? "170m" : "neither";
    };
    CHECK(matrix_at(720, 480) == std::string("170m"));
    CHECK(matrix_at(720, 576) == std::string("170m"));
    CHECK(matrix_at(1024, 576) == std::string("170m"));
    CHECK(matrix_at(1280, 720) == std::string("709"));
    CHECK(matrix_at(960, 720) == std::string("709"));
    CHECK(matrix_at(1280, 544) == std::string("709"));
}

TEST_CASE("RGB becomes YUV by ffmpeg's own conversion first: BT.601, limited") {
    for (const char* format : {"rgb24", "bgr0", "gbrp", "pal8"}) {
        auto facts = test::facts_of();
        facts.pixel_format = format;
        facts.color_space = format == std::string("gbrp") ? "gbr" : "unknown";
        facts.color_range = "pc";
        CAPTURE(std::string(format));
        const auto text = chain(facts);
        CHECK(contains(text, "format=yuv444p,zscale="));
        CHECK(contains(text, ":min=170m:rin=limited:"));
    }
    CHECK_FALSE(contains(chain(test::facts_of()), "yuv444p"));
}

TEST_CASE("a picture narrower than the frame stands in its middle") {
    const auto found = framing_of(chain(tape("progressive")));
    CHECK(found.width == 1440);
    CHECK(found.height == 1080);
    CHECK(found.frame_width == 1920);
    CHECK(found.frame_height == 1080);
    CHECK(found.x == 240);
    CHECK(found.y == 0);
}

TEST_CASE("an upright picture stands in the middle of a wide frame") {
    auto facts = test::facts_of();
    facts.rotation = 270;
    const auto found = framing_of(chain(facts));
    CHECK(found.width == 608);  // 607.5
    CHECK(found.height == 1080);
    CHECK(found.x == 656);
    CHECK(found.y == 0);
}

TEST_CASE("whatever the picture's size, what is shown is even, inside the frame and in its middle") {
    for (int width = 1; width < 4000; width += 37) {
        for (int height = 1; height < 3000; height += 91) {
            auto facts = test::facts_of();
            facts.width = width;
            facts.height = height;
            for (const auto size : {footage::Size{1920, 1080}, footage::Size{1080, 1920}, footage::Size{642, 482}}) {
                const auto found = framing_of(chain(facts, {size, {25, 1}}));
                CAPTURE(width);
                CAPTURE(height);
                REQUIRE(is_even_and_centred(found, size));
            }
        }
    }
}

TEST_CASE("square pixels and the preset's pixel format come out") {
    const auto text = picture_chain(test::clip_of("a.mp4"), {{0}, {50}}, kFullHd, {}, "yuv422p10le", "p0");
    CHECK(contains(text, "format=yuv422p10le,setsar=1,"));
}

TEST_CASE("pictures are dropped before they are scaled, and repeated after it") {
    const auto fps_first = [](Rational clip, Rational film) {
        auto facts = test::facts_of();
        facts.rate = clip;
        const auto text = chain(facts, {{1920, 1080}, film});
        REQUIRE(contains(text, "fps="));
        return text.find("fps=") < text.find("zscale=");
    };
    CHECK(fps_first({50, 1}, {25, 1}));
    CHECK_FALSE(fps_first({25, 1}, {25, 1}));
    CHECK_FALSE(fps_first({25, 1}, {50, 1}));
    CHECK_FALSE(fps_first({0, 1}, {25, 1}));
}

TEST_CASE("pictures that lie over a blurred copy of themselves are counted before: ffmpeg 5.1's overlay ends early") {
    Look look;
    look.fit = recipe::Fit::blur;
    for (const Rational clip : {Rational{15, 1}, Rational{25, 1}, Rational{50, 1}}) {
        auto of = test::clip_of("a.mp4");
        of.facts.rate = clip;
        of.facts.width = 1080;
        const auto text = picture_chain(of, {{0}, {50}}, kFullHd, look, "yuv420p", "p0");
        REQUIRE(contains(text, "overlay="));
        CHECK(text.find("fps=") < text.find("trim="));
        CHECK(text.find("trim=") < text.find("split"));
        CHECK(text.find("tpad=", text.find("split")) == std::string::npos);
    }
}

TEST_CASE("a window is cut out by its frame numbers and a short clip's last picture stays on") {
    const auto text = chain(test::facts_of(60), kFullHd, {{250}, {100}});
    CHECK(text.ends_with("tpad=stop=25:stop_mode=clone,trim=start_pts=250:end_pts=350"));
}

TEST_CASE("frames are counted from a second at or before the window, at the film's rate") {
    CHECK(contains(chain(test::facts_of(60), kFullHd, {{263}, {100}}), "fps=25:start_time=10:round=near,"));
    CHECK(contains(chain(test::facts_of(60), {{1920, 1080}, {30000, 1001}}, {{263}, {1}}),
                   "fps=30000/1001:start_time=0:round=near,"));
}

TEST_CASE("a clip's beginning is read without seeking") {
    for (const std::int64_t from : {0, 1, 25, 50}) {
        CAPTURE(from);
        CHECK_FALSE(seek_for(test::facts_of(60), {{from}, {25}}, {25, 1}).input_us);
    }
}

TEST_CASE("a later window is read from two seconds before it, three in an MPEG stream") {
    auto facts = test::facts_of(60);
    CHECK(seek_for(facts, {{250}, {25}}, {25, 1}).input_us == 8'000'000);
    CHECK(seek_for(facts, {{51}, {25}}, {25, 1}).input_us == 40'000);
    facts.container = "mpegts";
    CHECK(seek_for(facts, {{250}, {25}}, {25, 1}).input_us == 7'000'000);
    CHECK_FALSE(seek_for(facts, {{75}, {25}}, {25, 1}).input_us);
}

TEST_CASE("where it takes a while until what is decoded is right, it is read from so much earlier") {
    auto facts = test::facts_of(60);
    facts.recovery_us = 0;
    CHECK(seek_for(facts, {{250}, {25}}, {25, 1}).input_us == 8'000'000);
    facts.recovery_us = 3'500'000;
    CHECK(seek_for(facts, {{250}, {25}}, {25, 1}).input_us == 4'500'000);
    CHECK_FALSE(seek_for(facts, {{100}, {25}}, {25, 1}).input_us);
}

TEST_CASE("seeking counts from the container's start, the window from the first picture") {
    auto facts = test::facts_of(60);
    facts.container_start_us = 1'400'000;
    facts.start_us = 1'480'000;
    CHECK(seek_for(facts, {{250}, {25}}, {25, 1}).input_us == 8'080'000);
    CHECK_FALSE(seek_for(facts, {{0}, {25}}, {25, 1}).input_us);
}

TEST_CASE("the grid begins at a second that is a whole number of the film's frames, at or before the window") {
    for (const Rational rate : {Rational{25, 1}, {30000, 1001}, {24000, 1001}, {60000, 1001}, {25, 2}}) {
        for (std::int64_t from = 0; from < 400'000; from += 997) {
            const auto seek = seek_for(test::facts_of(20'000), {{from}, {100}}, rate);
            CAPTURE(to_string(rate));
            CAPTURE(from);
            REQUIRE(seek.grid_seconds % rate.den == 0);
            REQUIRE(seek.grid_seconds / rate.den * rate.num <= from);
            REQUIRE(from < (seek.grid_seconds / rate.den + 1) * rate.num);
        }
    }
    CHECK(seek_for(test::facts_of(2000), {{29'999}, {1}}, {30000, 1001}).grid_seconds == 0);
    CHECK(seek_for(test::facts_of(2000), {{30'000}, {1}}, {30000, 1001}).grid_seconds == 1001);
}

TEST_CASE("sound is counted from a whole second, half a second or more before the window") {
    const auto second = [](std::int64_t from) {
        return seek_for(test::facts_of(60), {{from}, {25}}, {25, 1}).sound_seconds;
    };
    CHECK(second(0) == 0);
    CHECK(second(12) == 0);
    CHECK(second(37) == 0);
    CHECK(second(38) == 1);
    CHECK(second(250) == 9);
}

TEST_CASE("what is counted from has been read") {
    for (std::int64_t from = 0; from < 2000; ++from) {
        const auto seek = seek_for(test::facts_of(100), {{from}, {25}}, {25, 1});
        REQUIRE(seek.input_us.value_or(0) <= seek.sound_seconds * 1'000'000);
    }
}

TEST_CASE(
    "the date that is drawn is that of the clock on the wall, and UTC's in a snapshot of before there were zones") {
    Look look;
    look.date_overlay = recipe::DateOverlay{"%Y-%m-%d %H.%M", recipe::Corner::top_left, {}};
    auto clip = test::clip_of("a.mp4");
    const auto drawn = [&] { return picture_chain(clip, {{0}, {50}}, kFullHd, look, "yuv420p", "p0"); };
    CHECK(contains(drawn(), "2019-07-14\\ 18.30"));
    clip.recorded = {"2019-07-15T03:30:12Z", "quicktime", false, "2019-07-14T23:30:12-04:00"};
    CHECK(contains(drawn(), "2019-07-14\\ 23.30"));
}

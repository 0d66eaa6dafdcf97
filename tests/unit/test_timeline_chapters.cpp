#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/film_text.hpp>
#include <libdadcam/timeline/chapters.hpp>
#include <tests/support/clips.hpp>

using namespace dadcam;
using namespace dadcam::timeline;
using recipe::Card;
using recipe::Sequence;
using recipe::Shown;

namespace {

const Rational kNtscRate{30000, 1001};

struct LaidOut {
    std::vector<footage::Clip> clips{test::clip_of("a.mp4", 2), test::clip_of("b.mp4", 2), test::clip_of("c.mp4", 2)};
    Sequence sequence;
    std::vector<Item> items;

    explicit LaidOut(Sequence shown, std::int64_t fade_ms = 0) : sequence(std::move(shown)) {
        recipe::Recipe recipe;
        if (fade_ms > 0) recipe.transition = recipe::Transition::crossfade;
        recipe.transition_ms = fade_ms;
        items = lay_out(recipe, clips, kNtscRate, sequence);
    }
    std::vector<Mark> chapters() const { return chapters_of(items, sequence); }
};

}  // namespace

TEST_CASE("a chapter begins with its card, and a title before it is one of its own") {
    const LaidOut film({Card{"Title", {}, 4000}, Card{"Sea", {}, 2000}, Shown{0, {}, {}, "Sea"}, Shown{1},
                        Card{"Home", {}, 2000}, Shown{2, {}, {}, "Home"}});
    CHECK(film.chapters() == std::vector<Mark>{{{0}, "Title"}, {{120}, "Sea"}, {{300}, "Home"}});
    const LaidOut untitled({Card{"Sea", {}, 2000}, Shown{0, {}, {}, "Sea"}});
    CHECK(untitled.chapters() == std::vector<Mark>{{{0}, "Sea"}});
    const LaidOut other({Card{"Title", {}, 2000}, Shown{0, {}, {}, "Sea"}});
    CHECK(other.chapters() == std::vector<Mark>{{{0}, "Title"}, {{60}, "Sea"}});
}

TEST_CASE("a chapter begins where the fade into it begins, and the first one at the film's beginning") {
    const LaidOut film({Shown{0}, Shown{1, {}, {}, "B"}, Shown{2, {}, {}, "C"}}, 500);
    CHECK(film.chapters() == std::vector<Mark>{{{0}, "B"}, {{90}, "C"}});
}

TEST_CASE("without names there are no chapters") {
    CHECK(LaidOut({}).chapters().empty());
    CHECK(LaidOut({Card{"Title", {}, 4000}, Shown{0}}).chapters().empty());
}

TEST_CASE("captions hold for as long as they are the same, and not under cards") {
    Shown sea{0, {}, {}, {}, "Sea"};
    auto more = sea, home = sea;
    more.clip = 1;
    home.clip = 2;
    home.caption = "Home";
    const LaidOut film({Card{"T", {}, 1000}, sea, more, Card{"H", {}, 1000}, home});
    CHECK(captions_of(film.items, film.sequence) == std::vector<Mark>{{{30}, "Sea"}, {{150}, ""}, {{180}, "Home"}});
}

TEST_CASE("a window shows a stretch of its clip, over several spans too, and one behind its end shows nothing") {
    LaidOut film({});
    auto& tape = film.clips[1];
    for (const double seconds : {1.0, 2.0, 3.0}) {
        tape.spans.emplace_back();
        tape.spans.back().facts = test::facts_of(seconds);
    }
    const auto sources =
        sources_of(film.clips, {}, {Shown{1, 500, 3500}, Shown{0, 2000, {}}, Shown{0, {}, 400}, Shown{1, 4000}});
    REQUIRE(sources.size() == 5);
    CHECK(sources[0].from_us == 500'000);
    CHECK(sources[0].length_us == 500'000);
    CHECK(sources[1].span == 1);
    CHECK(sources[1].length_us == 2'000'000);
    CHECK(goes_on(sources[1]));
    CHECK(sources[2].span == 2);
    CHECK(sources[2].length_us == 500'000);
    CHECK(sources[3].clip == 0);
    CHECK(sources[3].length_us == 400'000);
    CHECK_FALSE(goes_on(sources[4]));
    CHECK(sources[4].span == 2);
    CHECK(sources[4].from_us == 1'000'000);
    CHECK(sources[4].length_us == 2'000'000);
}

TEST_CASE("a chapter's milliseconds are rounded up into its frame, at every rate") {
    for (const Rational rate :
         {Rational{24000, 1001}, Rational{25, 1}, kNtscRate, Rational{60000, 1001}, Rational{240, 1}}) {
        for (std::int64_t frame = 0; frame < 20'000; frame += 7) {
            const std::vector<Mark> marks{{{frame}, "x"}};
            const auto text = ffmpeg::ffmetadata(marks, {frame + 100}, rate);
            const auto at = text.find("START=") + 6;
            const auto us = std::stoll(text.substr(at)) * 1000;
            CHECK(us >= frame * 1'000'000 * rate.den / rate.num);
            CHECK(us * rate.num < (frame + 1) * 1'000'000 * rate.den);
        }
    }
}

TEST_CASE("nothing in a name means anything to ffmetadata or WebVTT, and it is one line of UTF-8") {
    const std::vector<Mark> marks{{{0}, "a=b;c#d\\e\nf\x01g\xff"}, {{10}, "<b>&x --> y"}};
    const auto chapters = ffmpeg::ffmetadata(marks, {20}, {25, 1});
    CHECK(chapters.find("title=a\\=b\\;c\\#d\\\\e f g\xef\xbf\xbd\n") != std::string::npos);
    const auto captions = ffmpeg::webvtt(marks, {20}, {25, 1});
    CHECK(captions.find("00:00:00.400 --> 00:00:00.800\n&lt;b&gt;&amp;x --&gt; y\n") != std::string::npos);
    const std::vector<Mark> longest{{{0}, std::string(5000, 'x')}};
    CHECK(ffmpeg::ffmetadata(longest, {20}, {25, 1}).size() < 400);
}

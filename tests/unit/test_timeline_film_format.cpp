#include <doctest/doctest.h>

#include <cmath>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <nlohmann/json.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::timeline;

namespace {

footage::Clip clip_at(Rational rate, double seconds = 10) {
    auto clip = test::clip_of("a", seconds);
    clip.facts.rate = rate;
    return clip;
}

footage::Clip clip_of_size(int width, int height, double seconds = 10) {
    auto clip = test::clip_of("a", seconds);
    clip.facts.width = width;
    clip.facts.height = height;
    return clip;
}

FilmFormat format_of(std::vector<footage::Clip> clips) {
    return choose_format({}, clips);
}

}  // namespace

TEST_CASE("a film has the size and the rate that most of the footage has, by duration") {
    auto tape = clip_of_size(720, 576, 100);
    tape.facts.rate = {25, 1};
    auto phone = clip_of_size(1920, 1080, 60);
    phone.facts.rate = {30, 1};
    CHECK(format_of({phone, tape, phone}) == FilmFormat{{1920, 1080}, {30, 1}});
    CHECK(format_of({phone, tape}) == FilmFormat{{720, 576}, {25, 1}});
}

TEST_CASE("of equal shares, that of the clip met first counts") {
    CHECK(format_of({clip_of_size(1280, 720), clip_of_size(1920, 1080)}).size == footage::Size{1280, 720});
    CHECK(format_of({clip_of_size(1920, 1080), clip_of_size(1280, 720)}).size == footage::Size{1920, 1080});
}

TEST_CASE("size and rate are chosen each by itself") {
    auto a = clip_of_size(1280, 720, 30);
    a.facts.rate = {25, 1};
    auto b = clip_of_size(1920, 1080, 20);
    b.facts.rate = {30, 1};
    auto c = clip_of_size(640, 480, 15);
    c.facts.rate = {30, 1};
    CHECK(format_of({a, b, c}) == FilmFormat{{1280, 720}, {30, 1}});
}

TEST_CASE("what a recipe asks for is what is made") {
    recipe::Recipe recipe;
    recipe.resolution = footage::Size{640, 480};
    recipe.rate = Rational{12, 1};
    const std::vector clips{clip_at({25, 1})};
    CHECK(choose_format(recipe, clips) == FilmFormat{{640, 480}, {12, 1}});
}

TEST_CASE("a draft has the film's rate and shape, and at most 360 lines") {
    recipe::Recipe recipe;
    recipe.preset = recipe::kDraft;
    const auto draft_of = [&](int width, int height) {
        return choose_format(recipe, std::vector{clip_of_size(width, height)}).size;
    };
    CHECK(draft_of(1920, 1080) == footage::Size{640, 360});
    CHECK(draft_of(3840, 2160) == footage::Size{640, 360});
    CHECK(draft_of(1080, 1920) == footage::Size{360, 640});
    CHECK(draft_of(720, 576) == footage::Size{450, 360});
    CHECK(draft_of(320, 180) == footage::Size{320, 180});
    CHECK(draft_of(8192, 362) == footage::Size{8148, 360});
    recipe.resolution = footage::Size{1280, 720};
    recipe.rate = Rational{30000, 1001};
    CHECK(choose_format(recipe, std::vector{clip_of_size(64, 64)}) == FilmFormat{{640, 360}, {30000, 1001}});
}

TEST_CASE("a standard rate stays as it is") {
    for (const Rational rate :
         {Rational{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1}, {60000, 1001}, {60, 1}}) {
        CAPTURE(to_string(rate));
        CHECK(format_of({clip_at(rate)}).rate == rate);
    }
}

TEST_CASE("a camera's clock need not be exact") {
    CHECK(format_of({clip_at({300003, 10000})}).rate == Rational{30, 1});
    CHECK(format_of({clip_at({29971, 1000})}).rate == Rational{30000, 1001});
    CHECK(format_of({clip_at({59940, 1000})}).rate == Rational{60000, 1001});
    CHECK(format_of({clip_at({24999, 1000})}).rate == Rational{25, 1});
    CHECK(format_of({clip_at({23976, 1000})}).rate == Rational{24000, 1001});
}

TEST_CASE("an average of pictures that were dropped or came late is the standard rate that is nearest") {
    for (const Rational rate :
         {Rational{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1}, {60000, 1001}, {60, 1}}) {
        for (int permille = -4; permille <= 4; ++permille) {
            const Rational average = reduced(rate.num * (1000 + permille), rate.den * 1000);
            CAPTURE(to_string(average));
            const double found = format_of({clip_at(average)}).rate.value();
            CHECK(std::abs(found - average.value()) <= std::abs(rate.value() - average.value()) + 1e-9);
        }
    }
    CHECK(format_of({clip_at({1501, 50})}).rate == Rational{30, 1});
}

TEST_CASE("half and double rates become the standard one of their kin") {
    CHECK(format_of({clip_at({15, 1})}).rate == Rational{30, 1});
    CHECK(format_of({clip_at({15000, 1001})}).rate == Rational{30000, 1001});
    CHECK(format_of({clip_at({25, 2})}).rate == Rational{25, 1});
    CHECK(format_of({clip_at({12, 1})}).rate == Rational{24, 1});
    CHECK(format_of({clip_at({120, 1})}).rate == Rational{60, 1});
    CHECK(format_of({clip_at({120000, 1001})}).rate == Rational{60000, 1001});
}

TEST_CASE("any other rate counts for the nearest standard one above it") {
    CHECK(format_of({clip_at({37, 5})}).rate == Rational{24000, 1001});
    CHECK(format_of({clip_at({27, 1})}).rate == Rational{30000, 1001});
    CHECK(format_of({clip_at({33, 1})}).rate == Rational{50, 1});
}

TEST_CASE("a rate above all is shown at 60, an unknown one at 30") {
    CHECK(format_of({clip_at({240, 1})}).rate == Rational{60, 1});
    CHECK(format_of({clip_at({0, 1})}).rate == Rational{30, 1});
}

TEST_CASE("rates that mean the same are counted together") {
    CHECK(format_of({clip_at({25, 1}, 10), clip_at({300003, 10000}, 6), clip_at({30, 1}, 6)}).rate == Rational{30, 1});
}

TEST_CASE("a film's sides are even, and never smaller than the picture") {
    CHECK(format_of({clip_of_size(641, 479)}).size == footage::Size{642, 480});
    CHECK(format_of({clip_of_size(1, 1)}).size == footage::Size{16, 16});
}

TEST_CASE("a film is no larger than H.264 can have") {
    CHECK(format_of({clip_of_size(16000, 16000)}).size == footage::Size{8192, 8192});
}

TEST_CASE("upright phone footage makes an upright film") {
    auto clip = clip_of_size(1920, 1080);
    clip.facts.rotation = 90;
    CHECK(format_of({clip}).size == footage::Size{1080, 1920});
}

TEST_CASE("anamorphic footage makes a film of square pixels") {
    auto clip = clip_of_size(1440, 1080);
    clip.facts.sample_aspect = {4, 3};
    CHECK(format_of({clip}).size == footage::Size{1920, 1080});
}

TEST_CASE("nothing can be made of no clips") {
    CHECK(test::error_of([] { choose_format({}, {}); }).category() == Category::usage);
}

TEST_CASE("a film's format comes back from its JSON") {
    const FilmFormat format{{1080, 1920}, {30000, 1001}};
    CHECK(nlohmann::json(format).get<FilmFormat>() == format);
    CHECK(nlohmann::json(format).at("fps") == "30000/1001");
}

TEST_CASE("a format that no film can have is refused") {
    const auto read = [](const char* text) { nlohmann::json::parse(text).get<FilmFormat>(); };
    CHECK_THROWS_AS(read(R"({"width":0,"height":2,"fps":"25"})"), Error);
    CHECK_THROWS_AS(read(R"({"width":2,"height":-2,"fps":"25"})"), Error);
    CHECK_THROWS_AS(read(R"({"width":2,"height":2,"fps":"0/0"})"), Error);
    CHECK_THROWS_AS(read(R"({"width":2,"height":2})"), nlohmann::json::exception);
    CHECK_THROWS_AS(read(R"({"width":"2","height":2,"fps":"25"})"), nlohmann::json::exception);
}

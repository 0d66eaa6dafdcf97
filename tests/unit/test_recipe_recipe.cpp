#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/recipe/recipe.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

Recipe valid() {
    Recipe recipe;
    recipe.name = "Summer 2019";
    return recipe;
}

/// The message about a valid recipe that was changed.
std::string refused_change(const std::function<void(Recipe&)>& change) {
    auto recipe = valid();
    change(recipe);
    const auto error = test::error_of([&] { validate(recipe); });
    CHECK(error.category() == Category::usage);
    CHECK_FALSE(error.advice().empty());
    return error.message();
}

template <typename Act>
Category category_of(Act act) {
    return test::error_of(act).category();
}

}  // namespace

TEST_CASE("a recipe with a name is enough") {
    CHECK_NOTHROW(validate(valid()));
}

TEST_CASE("everything that can be said against a recipe is said in words of its own") {
    const std::vector messages{
        refused_change([](Recipe& r) { r.name = ""; }),
        refused_change([](Recipe& r) { r.name = std::string(201, 'x'); }),
        refused_change([](Recipe& r) { r.name = "2019"; }),
        refused_change([](Recipe& r) { r.from = "2020-01-01T00:00:00Z", r.until = "2019-01-01T00:00:00Z"; }),
        refused_change([](Recipe& r) { r.mode = Mode::by_date; }),
        refused_change([](Recipe& r) { r.mode = Mode::by_event; }),
        refused_change([](Recipe& r) { r.include = {"favorite"}; }),
        refused_change([](Recipe& r) { r.max_clip_ms = 0; }),
        refused_change([](Recipe& r) { r.preset = "vhs"; })};
    CHECK(std::set<std::string>(messages.begin(), messages.end()).size() == messages.size());
}

TEST_CASE("what lies at the border of the refused is taken") {
    const auto taken = [](const std::function<void(Recipe&)>& change) {
        auto recipe = valid();
        change(recipe);
        CHECK_NOTHROW(validate(recipe));
    };
    taken([](Recipe& r) { r.name = std::string(200, 'x'); });
    taken([](Recipe& r) { r.name = "2019b"; });
    taken([](Recipe& r) { r.from = r.until = "2019-01-01T00:00:00Z"; });
    taken([](Recipe& r) { r.mode = Mode::by_date, r.from = "2019-01-01T00:00:00Z"; });
    taken([](Recipe& r) { r.mode = Mode::by_date, r.until = "2019-01-01T00:00:00Z"; });
    taken([](Recipe& r) { r.mode = Mode::by_event, r.events = {"Italy"}; });
    taken([](Recipe& r) { r.include = {"bad", "archived"}; });
    taken([](Recipe& r) { r.max_clip_ms = 1; });
    taken([](Recipe& r) { r.preset = "archive"; });
}

TEST_CASE("modes and orders have names, and the names lead back") {
    for (const auto mode : {Mode::all, Mode::by_date, Mode::by_event, Mode::by_favorites})
        CHECK(parse_mode(name(mode)) == mode);
    for (const auto order : {Order::chronological, Order::shuffle}) CHECK(parse_order(name(order)) == order);
    CHECK(name(Mode::by_favorites) == "by_favorites");
}

TEST_CASE("an unknown name is refused with the ones there are") {
    const auto error = test::error_of([] { parse_mode("by_mood"); });
    CHECK(error.category() == Category::usage);
    CHECK(test::contains(error.message(), "by_mood"));
    CHECK(test::contains(error.advice(), "all, by_date, by_event, by_favorites"));
    CHECK(test::contains(test::error_of([] { parse_order("random"); }).advice(), "chronological, shuffle"));
    CHECK(category_of([] { parse_mode("ALL"); }) == Category::usage);
    CHECK(category_of([] { parse_mode(""); }) == Category::usage);
}

TEST_CASE("a resolution is two even numbers, or auto") {
    CHECK(parse_resolution("1920x1080") == footage::Size{1920, 1080});
    CHECK(parse_resolution("16x8192") == footage::Size{16, 8192});
    CHECK_FALSE(parse_resolution("auto"));
    for (const char* text :
         {"", "1920", "1920x", "x1080", "1920X1080", "1920x1080p", " 1920x1080", "1920x1080 ", "1921x1080", "1920x1081",
          "14x1080", "1920x8194", "-1920x1080", "0x0", "+1920x1080", "99999999999x1080", "1920x1080x2", "Auto"}) {
        CAPTURE(std::string(text));
        CHECK(category_of([&] { parse_resolution(text); }) == Category::usage);
    }
}

TEST_CASE("a rate is a number or a fraction from 1 to 240, or auto") {
    CHECK(parse_rate("25") == Rational{25, 1});
    CHECK(parse_rate("29.97") == Rational{30000, 1001});
    CHECK(parse_rate("30000/1001") == Rational{30000, 1001});
    CHECK(parse_rate("1") == Rational{1, 1});
    CHECK(parse_rate("240") == Rational{240, 1});
    CHECK_FALSE(parse_rate("auto"));
    for (const char* text : {"", "0", "0.5", "241", "-25", "fast", "25fps", "1/0", "nan", "inf", "100000/1003"}) {
        CAPTURE(std::string(text));
        CHECK(category_of([&] { parse_rate(text); }) == Category::usage);
    }
}

TEST_CASE("a year, a month and a day mean their first or their last second") {
    CHECK(parse_from("2019") == "2019-01-01T00:00:00");
    CHECK(parse_until("2019") == "2019-12-31T23:59:59");
    CHECK(parse_from("2019-02") == "2019-02-01T00:00:00");
    CHECK(parse_until("2019-02") == "2019-02-28T23:59:59");
    CHECK(parse_until("2020-02") == "2020-02-29T23:59:59");
    CHECK(parse_until("2019-12") == "2019-12-31T23:59:59");
    CHECK(parse_from("2019-07-14") == "2019-07-14T00:00:00");
    CHECK(parse_until("2019-07-14") == "2019-07-14T23:59:59");
    CHECK(parse_until("2019-12-31") == "2019-12-31T23:59:59");
}

TEST_CASE("a minute at the wall means its first or its last second") {
    CHECK(parse_from("2019-07-14 18:30") == "2019-07-14T18:30:00");
    CHECK(parse_until("2019-07-14 18:30") == "2019-07-14T18:30:59");
    CHECK(parse_until("2019-07-14 18:30:12") == "2019-07-14T18:30:12");
}

TEST_CASE("a time with Z or an offset is an instant") {
    CHECK(parse_from("2019-07-14T18:30:12Z") == "2019-07-14T18:30:12Z");
    CHECK(parse_until("2019-07-14T18:30:12Z") == "2019-07-14T18:30:12Z");
    CHECK(parse_until("2019-07-14 18:30+02:00") == "2019-07-14T16:30:00Z");
    CHECK(parse_until("2019-07-14T18:30:12+02:00") == "2019-07-14T16:30:12Z");
}

TEST_CASE("what is no date is refused") {
    for (const char* text :
         {"", "19", "201", "20190", "2019-7", "2019-13", "2019-00", "2019-02-30", "2019-7-14", "14.07.2019",
          "2019/07/14", "2019-07-14T", "2019-07-14T25:00:00Z", "abcd", "abcd-ef", "last summer"}) {
        CAPTURE(std::string(text));
        CHECK(category_of([&] { parse_from(text); }) == Category::usage);
        CHECK(category_of([&] { parse_until(text); }) == Category::usage);
    }
}

TEST_CASE("a recipe comes back from its JSON, full or empty") {
    auto recipe = valid();
    CHECK(nlohmann::json::parse(nlohmann::json(recipe).dump()).get<Recipe>() == recipe);
    recipe.mode = Mode::by_event;
    recipe.from = "2019-01-01T00:00:00Z";
    recipe.until = "2019-12-31T23:59:59Z";
    recipe.events = {"Italy", "Z\u00fcrich"};
    recipe.tags = {"favorite"};
    recipe.include = {"bad"};
    recipe.order = Order::shuffle;
    recipe.seed = 18'446'744'073'709'551'615U;
    recipe.preset = "archive";
    recipe.max_clip_ms = 5000;
    recipe.resolution = footage::Size{1280, 720};
    recipe.rate = Rational{30000, 1001};
    CHECK(nlohmann::json::parse(nlohmann::json(recipe).dump()).get<Recipe>() == recipe);
}

TEST_CASE("a recipe's JSON has the guide's names") {
    const nlohmann::json json = valid();
    CHECK(json.at("mode") == "all");
    CHECK(json.at("outputPreset") == "share");
    CHECK(json.at("transition") == "hard_cut");
    CHECK(json.at("resolution") == "auto");
    CHECK(json.at("fps") == "auto");
    CHECK(json.at("from").is_null());
}

TEST_CASE("a recipe's JSON that lacks a field or has a wrong one is refused") {
    const nlohmann::json whole = valid();
    for (const char* field : {"name", "mode", "events", "tags", "include", "order", "seed", "outputPreset"}) {
        CAPTURE(std::string(field));
        auto json = whole;
        json.erase(field);
        CHECK_THROWS_AS(json.get<Recipe>(), nlohmann::json::exception);
        json[field] = nlohmann::json::object();
        CHECK_THROWS_AS(json.get<Recipe>(), nlohmann::json::exception);
    }
    auto json = whole;
    json["mode"] = "by_mood";
    CHECK_THROWS_AS(json.get<Recipe>(), Error);
    json = whole;
    json["fps"] = "1000";
    CHECK_THROWS_AS(json.get<Recipe>(), Error);
}

TEST_CASE("a preset is found by its name") {
    CHECK(find_preset("share").extension == "mp4");
    CHECK(find_preset("archive").extension == "mov");
    const auto error = test::error_of([] { find_preset("vhs"); });
    CHECK(error.category() == Category::usage);
    CHECK(test::contains(error.message(), "vhs"));
    CHECK(test::contains(error.advice(), "share"));
}

TEST_CASE("each preset pins the encoder's threads, on which its bytes depend") {
    for (const char* name : {"share", "archive", "draft"}) {
        const auto& arguments = find_preset(name).video_arguments;
        CHECK(std::find(arguments.begin(), arguments.end(), "-threads:v") != arguments.end());
    }
}

TEST_CASE("a preset comes back whole from its JSON, so that an old run is rendered as it was") {
    for (const char* name : {"share", "archive", "draft"}) {
        const auto& preset = find_preset(name);
        const nlohmann::json json = preset;
        CHECK(nlohmann::json::parse(json.dump()).get<Preset>() == preset);
        for (const auto& [field, value] : json.items()) {
            auto lacking = json;
            lacking.erase(field);
            CHECK_THROWS_AS(lacking.get<Preset>(), nlohmann::json::exception);
        }
    }
}

#include <doctest/doctest.h>

#include <libdadcam/error.hpp>
#include <libdadcam/footage/clip.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::footage;

namespace {

Facts sized(int width, int height, Rational aspect = {1, 1}, int rotation = 0) {
    auto facts = test::facts_of();
    facts.width = width;
    facts.height = height;
    facts.sample_aspect = aspect;
    facts.rotation = rotation;
    return facts;
}

Facts full_facts() {
    auto facts = sized(720, 576, {16, 15}, 90);
    facts.stream = 3;
    facts.field_order = "tb";
    facts.time_base = {1, 90000};
    facts.rate = {30000, 1001};
    facts.start_pts = -900;
    facts.start_us = -10'000;
    facts.container_start_us = -20'000;
    facts.creation_time = "2019-07-14T18:30:12Z";
    facts.sound = Sound{4, "pcm_s16le", 32000, 1, 7, "0x1c0", "mono", 9, 2};
    facts.stream_id = "0x1e0";
    facts.measured = true;
    facts.recovery_us = 3'000'000;
    facts.lost_us = 480'000;
    facts.damaged = {{1'000'000, 500'000}, {3'000'000, 0}};
    facts.is_last_short = true;
    facts.tracks = 2;
    return facts;
}

}  // namespace

TEST_CASE("the display size has square pixels, the longer way") {
    CHECK(display_size(sized(1920, 1080)) == Size{1920, 1080});
    CHECK(display_size(sized(720, 576, {16, 15})) == Size{768, 576});
    CHECK(display_size(sized(720, 576, {64, 45})) == Size{1024, 576});
    CHECK(display_size(sized(720, 480, {8, 9})) == Size{720, 540});
    CHECK(display_size(sized(1440, 1080, {4, 3})) == Size{1920, 1080});
}

TEST_CASE("the display size stands upright, and the aspect is the stored picture's") {
    CHECK(display_size(sized(1920, 1080, {1, 1}, 90)) == Size{1080, 1920});
    CHECK(display_size(sized(1920, 1080, {1, 1}, 270)) == Size{1080, 1920});
    CHECK(display_size(sized(1920, 1080, {1, 1}, 180)) == Size{1920, 1080});
    CHECK(display_size(sized(1440, 1080, {4, 3}, 90)) == Size{1080, 1920});
}

TEST_CASE("an unknown sample aspect is square, and no display size is empty") {
    CHECK(display_size(sized(640, 480, {0, 1})) == Size{640, 480});
    CHECK(display_size(sized(1, 1, {1, 4})) == Size{1, 4});
}

TEST_CASE("the four field orders are interlaced, all else is not") {
    for (const char* order : {"tt", "bb", "tb", "bt"}) {
        auto facts = test::facts_of();
        facts.field_order = order;
        CHECK(interlaced(facts));
    }
    for (const char* order : {"progressive", "unknown", ""}) {
        auto facts = test::facts_of();
        facts.field_order = order;
        CHECK_FALSE(interlaced(facts));
    }
}

TEST_CASE("facts come back from their JSON, with sound and without") {
    auto facts = full_facts();
    CHECK(nlohmann::json::parse(nlohmann::json(facts).dump()).get<Facts>() == facts);
    facts.sound.reset();
    facts.creation_time.reset();
    facts.creation_date.reset();
    facts.camera = {};
    facts.rate = {};
    CHECK(nlohmann::json::parse(nlohmann::json(facts).dump()).get<Facts>() == facts);
}

TEST_CASE("facts with any field missing or of the wrong kind are refused") {
    nlohmann::json whole = full_facts();
    whole.erase("version");  // the first had none
    for (const auto& [name, value] : whole.items()) {
        CAPTURE(name);
        auto json = whole;
        json.erase(name);
        // What a later version has added stands for "not known" where it is missing.
        if (std::set<std::string>{"streamId", "measured", "claimedUs", "pictures", "hasStart", "creationDate",
                                  "dateRecorded", "camera", "recoveryUs", "lostUs", "damaged", "isLastShort", "tracks"}
                .contains(name))
            CHECK_NOTHROW(json.get<Facts>());
        else
            CHECK_THROWS_AS(json.get<Facts>(), nlohmann::json::exception);
        json = whole;
        json[name] = nlohmann::json::array({1});
        CHECK_THROWS_AS(json.get<Facts>(), nlohmann::json::exception);
    }
}

TEST_CASE("a clip comes back from its JSON but for its tags") {
    auto clip = test::clip_of("a.mp4");
    clip.id = 7;
    clip.facts = full_facts();
    const auto back = nlohmann::json::parse(nlohmann::json(clip).dump()).get<Clip>();
    CHECK(back == clip);
    clip.tags = {"favorite"};
    CHECK(nlohmann::json(clip).get<Clip>().tags.empty());
}

TEST_CASE("a name that is not UTF-8 comes back byte for byte") {
    auto clip = test::clip_of("Urlaub M\xfcnchen/a.mp4");
    clip.event = "Urlaub M\xfcnchen";
    clip.content_id = "blake2b:aa";
    CHECK(nlohmann::json::parse(nlohmann::json(clip).dump()).get<Clip>() == clip);
    clip.path = "Ferien/Z\u00fcrich \u590f.mp4";
    CHECK(nlohmann::json(clip).at("path") == clip.path);
}

TEST_CASE("a clip with any field missing is refused") {
    const nlohmann::json whole = test::clip_of("a.mp4");
    for (const auto& [name, value] : whole.items()) {
        CAPTURE(name);
        auto json = whole;
        json.erase(name);
        CHECK_THROWS_AS(json.get<Clip>(), nlohmann::json::exception);
    }
}

TEST_CASE("figures that no recording has are refused") {
    const nlohmann::json good = test::facts_of();
    CHECK_NOTHROW(good.get<footage::Facts>());
    const std::vector<std::pair<const char*, nlohmann::json>> bad{{"width", 0},
                                                                  {"height", -1},
                                                                  {"width", 1'000'000},
                                                                  {"durationUs", 0},
                                                                  {"durationUs", -5},
                                                                  {"durationUs", 9'000'000'000'000'000'000},
                                                                  {"timeBase", "0/1"},
                                                                  {"startUs", 9'000'000'000'000'000'000},
                                                                  {"startPts", 9'000'000'000'000'000'000}};
    for (const auto& [field, value] : bad) {
        CAPTURE(std::string(field));
        CAPTURE(value.dump());
        auto json = good;
        json[field] = value;
        CHECK_THROWS_AS(json.get<footage::Facts>(), Error);
    }
    auto json = good;
    json["sound"]["sampleRate"] = 0;
    CHECK_THROWS_AS(json.get<footage::Facts>(), Error);
}

TEST_CASE("facts say in which version they are written: older ones say none, newer ones are refused") {
    nlohmann::json json = test::facts_of();
    CHECK(json["version"] == kFactsVersion);
    json["somethingNew"] = 5;
    CHECK(json.get<footage::Facts>() == test::facts_of());
    json.erase("version");
    CHECK(json.get<footage::Facts>() == test::facts_of());
    json["version"] = kFactsVersion + 1;
    const auto error = test::error_of([&] { json.get<footage::Facts>(); });
    CHECK(test::contains(error.message(), "newer dadcam"));
}

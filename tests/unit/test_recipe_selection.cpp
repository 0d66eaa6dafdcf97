#include <doctest/doctest.h>

#include <algorithm>
#include <libdadcam/recipe/selection.hpp>
#include <map>
#include <tests/support/clips.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

footage::Clip clip(const std::string& path, const std::string& time, std::vector<std::string> tags = {}) {
    auto result = test::clip_of(path);
    result.recorded.time = time;
    result.tags = std::move(tags);
    return result;
}

std::vector<std::string> paths(const Recipe& recipe, const std::vector<footage::Clip>& clips) {
    std::vector<std::string> result;
    for (const auto& chosen : select(recipe, clips)) result.push_back(chosen.path);
    return result;
}

const std::vector<footage::Clip> kTagged{
    clip("plain", "2019-01-01T00:00:00Z"), clip("loved", "2019-01-02T00:00:00Z", {"favorite", "sea"}),
    clip("blurred", "2019-01-03T00:00:00Z", {"bad"}), clip("old", "2019-01-04T00:00:00Z", {"archived", "sea"}),
    clip("both", "2019-01-05T00:00:00Z", {"archived", "bad"})};

}  // namespace

TEST_CASE("clips tagged bad or archived are left out") {
    CHECK(paths({}, kTagged) == std::vector<std::string>{"plain", "loved"});
}

TEST_CASE("bad or archived clips come along when the recipe includes what they are") {
    Recipe recipe;
    recipe.include = {"bad"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"plain", "loved", "blurred"});
    recipe.include = {"bad", "archived"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"plain", "loved", "blurred", "old", "both"});
}

TEST_CASE("asking for a tag includes it, and all tags asked for must be there") {
    Recipe recipe;
    recipe.tags = {"bad"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"blurred"});
    recipe.tags = {"sea"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"loved"});
    recipe.tags = {"sea", "archived"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"old"});
    recipe.tags = {"sea", "favorite"};
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"loved"});
}

TEST_CASE("by_favorites takes favorites") {
    Recipe recipe;
    recipe.mode = Mode::by_favorites;
    CHECK(paths(recipe, kTagged) == std::vector<std::string>{"loved"});
}

TEST_CASE("from and until are both included") {
    const std::vector clips{clip("a", "2019-07-13T23:59:59Z"), clip("b", "2019-07-14T00:00:00Z"),
                            clip("c", "2019-07-14T23:59:59Z"), clip("d", "2019-07-15T00:00:00Z")};
    Recipe recipe;
    recipe.from = parse_from("2019-07-14");
    recipe.until = parse_until("2019-07-14");
    CHECK(paths(recipe, clips) == std::vector<std::string>{"b", "c"});
    recipe.until.reset();
    CHECK(paths(recipe, clips) == std::vector<std::string>{"b", "c", "d"});
    recipe.from.reset();
    recipe.until = parse_until("2019-07-14");
    CHECK(paths(recipe, clips) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("clips of any of the events are taken") {
    auto clips = kTagged;
    clips[0].event = "Spain";
    clips[1].event = "Greece";
    Recipe recipe;
    recipe.events = {"Spain", "Greece", "Nowhere"};
    CHECK(paths(recipe, clips) == std::vector<std::string>{"plain", "loved"});
    recipe.events = {"Greece"};
    CHECK(paths(recipe, clips) == std::vector<std::string>{"loved"});
}

TEST_CASE("the order is that of recording, and of the paths for the same time") {
    const std::vector clips{clip("c", "2019-01-01T00:00:00Z"), clip("b", "2020-01-01T00:00:00Z"),
                            clip("a", "2019-01-01T00:00:00Z"), clip("z", "1998-01-01T00:00:00Z")};
    CHECK(paths({}, clips) == std::vector<std::string>{"z", "a", "c", "b"});
}

TEST_CASE("a shuffle gives the same order for the same seed, on any machine and whatever the order before") {
    std::vector<footage::Clip> clips;
    for (const char* path : {"a", "b", "c", "d", "e", "f", "g", "h"})
        clips.push_back(clip(path, "2019-01-01T00:00:00Z"));
    Recipe recipe;
    recipe.order = Order::shuffle;
    recipe.seed = 42;
    const std::vector<std::string> pinned{"h", "a", "f", "b", "c", "e", "d", "g"};
    CHECK(paths(recipe, clips) == pinned);
    std::reverse(clips.begin(), clips.end());
    CHECK(paths(recipe, clips) == pinned);
    recipe.seed = 43;
    CHECK(paths(recipe, clips) == std::vector<std::string>{"b", "c", "a", "f", "d", "e", "h", "g"});
}

TEST_CASE("a shuffle loses no clip and gives every order a chance") {
    std::vector<footage::Clip> clips;
    for (const char* path : {"a", "b", "c"}) clips.push_back(clip(path, "2019-01-01T00:00:00Z"));
    Recipe recipe;
    recipe.order = Order::shuffle;
    std::map<std::vector<std::string>, int> seen;
    for (recipe.seed = 0; recipe.seed < 600; ++recipe.seed) ++seen[paths(recipe, clips)];
    CHECK(seen.size() == 6);
    for (const auto& [order, times] : seen) CHECK(times > 50);
}

TEST_CASE("no clips are selected from none") {
    CHECK(select({}, {}).empty());
}

TEST_CASE("a day is the clip's own: its offset's, else the zone's") {
    auto abroad = clip("abroad", "2019-07-15T03:30:12Z");
    abroad.recorded.local = "2019-07-14T23:30:12-04:00";
    auto camcorder = clip("camcorder", "2019-07-14T21:59:00Z");
    camcorder.recorded.local = "2019-07-14T23:59:00";
    const std::vector clips{abroad, camcorder, clip("at one", "2019-07-14T23:00:00Z"),
                            clip("at noon", "2019-07-14T10:00:00Z")};
    Recipe recipe;
    recipe.from = parse_from("2019-07-14");
    recipe.until = parse_until("2019-07-14");
    const auto berlin = Zone::find("Europe/Berlin").value();
    std::vector<std::string> chosen;
    for (const auto& one : select(recipe, clips, berlin)) chosen.push_back(one.path);
    CHECK(chosen == std::vector<std::string>{"at noon", "camcorder", "abroad"});
    const auto [first, last] = instants_of(recipe);
    for (const auto& one : clips) CHECK((one.recorded.time >= first && one.recorded.time <= last));
    recipe.from = "2019-07-14T22:00:00Z";
    recipe.until = "2019-07-14T23:59:59Z";
    CHECK(select(recipe, clips, berlin).size() == 1);
    CHECK(instants_of(recipe) == std::pair<std::string, std::string>(*recipe.from, *recipe.until));
}

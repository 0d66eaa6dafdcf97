#include <doctest/doctest.h>

#include <libdadcam/library/statement.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::FreshLibrary;

namespace {

using Tags = std::vector<std::string>;
using Counted = std::vector<std::pair<std::string, std::int64_t>>;

footage::Clip recorded(const std::string& path, const std::string& time) {
    auto clip = test::clip_of(path);
    clip.recorded.time = time;
    return clip;
}

}  // namespace

TEST_CASE("a clip comes back as it was added") {
    FreshLibrary fresh;
    auto clip = test::clip_of("Italy/a.mp4");
    clip.recorded = {"1998-07-01T00:00:00Z", "folder_name", true};
    clip.facts.sound.reset();
    clip.id = add_clip(fresh.library, clip);
    CHECK(find_clip(fresh.library, clip.id) == clip);
    CHECK(find_clip_by_content(fresh.library, clip.content_id) == clip);
    CHECK_FALSE(find_clip(fresh.library, clip.id + 1));
    CHECK_FALSE(find_clip_by_content(fresh.library, "blake2b:other"));
}

TEST_CASE("a clip whose name is not UTF-8 comes back byte for byte") {
    FreshLibrary fresh;
    auto clip = test::clip_of("M\xfcnchen/a.mp4");
    clip.event = "M\xfcnchen";
    clip.id = add_clip(fresh.library, clip);
    clip.event = "M\u00fcnchen";  // read as it was written then, to be typed as it is today
    CHECK(find_clip(fresh.library, clip.id) == clip);
    CHECK(events(fresh.library) == std::vector<std::pair<std::string, std::int64_t>>{{"M\u00fcnchen", 1}});
}

TEST_CASE("clips come by the time of recording, then by path") {
    FreshLibrary fresh;
    add_clip(fresh.library, recorded("c", "2019-01-01T00:00:00Z"));
    add_clip(fresh.library, recorded("b", "2020-01-01T00:00:00Z"));
    add_clip(fresh.library, recorded("a", "2019-01-01T00:00:00Z"));
    std::string order;
    for (const auto& clip : test::all_clips(fresh.library)) order += clip.path;
    CHECK(order == "acb");
}

TEST_CASE("a clip is updated in all but its tags and its number") {
    FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    add_tag(fresh.library, "favorite", {id});
    auto clip = recorded("elsewhere/b.mp4", "2001-01-01T00:00:00Z");
    clip.id = id;
    clip.content_id = "blake2b:new";
    clip.state = {7, 8};
    clip.facts.width = 640;
    clip.event = "Spain";
    update_clip(fresh.library, clip);
    clip.tags = {"favorite"};
    CHECK(find_clip(fresh.library, id) == clip);
}

TEST_CASE("a clip that takes another's place gives it its own in exchange") {
    FreshLibrary fresh;
    const auto a = test::add_clip(fresh.library, "a.mp4");
    const auto b = test::add_clip(fresh.library, "b.mp4");
    auto clip = *find_clip(fresh.library, b);
    clip.path = "a.mp4";
    update_clip(fresh.library, clip);
    CHECK(find_clip(fresh.library, a)->path == "b.mp4");
    CHECK(find_clip(fresh.library, b)->path == "a.mp4");
}

TEST_CASE("known files are every clip's path and state") {
    FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "b.mp4");
    test::add_clip(fresh.library, "a.mp4");
    const auto known = known_files(fresh.library);
    REQUIRE(known.size() == 2);
    CHECK(known.at("b.mp4").clip_id == id);
    CHECK(known.at("b.mp4").state == test::clip_of("b.mp4").state);
    REQUIRE(known_file(fresh.library, "b.mp4"));
    CHECK(known_file(fresh.library, "b.mp4")->clip_id == id);
    CHECK_FALSE(known_file(fresh.library, "c.mp4"));
}

TEST_CASE("facts that cannot be read are an error that names the clip") {
    FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    execute(fresh.library.database(), "UPDATE clips SET facts = '{}'");
    const auto error = test::error_of([&] { find_clip(fresh.library, id); });
    CHECK(test::contains(error.message(), "clip " + std::to_string(id)));
    CHECK(test::contains(error.advice(), "ingest"));
}

TEST_CASE("tags are put on and taken off, each time saying how many clips that changed") {
    FreshLibrary fresh;
    const auto a = test::add_clip(fresh.library, "a.mp4");
    const auto b = test::add_clip(fresh.library, "b.mp4");
    CHECK(add_tag(fresh.library, "sea", {a}) == 1);
    CHECK(add_tag(fresh.library, "sea", {a, b}) == 1);
    CHECK(add_tag(fresh.library, "sea", {a, b}) == 0);
    CHECK(add_tag(fresh.library, "bad", {a, a}) == 1);
    CHECK(find_clip(fresh.library, a)->tags == Tags{"bad", "sea"});
    CHECK(tags(fresh.library) == Counted{{"bad", 1}, {"sea", 2}});
    CHECK(remove_tag(fresh.library, "sea", {a, b}) == 2);
    CHECK(remove_tag(fresh.library, "sea", {a, b}) == 0);
    CHECK(remove_tag(fresh.library, "never heard of", {a}) == 0);
    CHECK(find_clip(fresh.library, b)->tags.empty());
    CHECK(tags(fresh.library) == Counted{{"bad", 1}});
}

TEST_CASE("tags come sorted, and one may hold any characters but a line's end") {
    FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    for (const char* tag : {"zoo", "a, b", "'; DROP TABLE tags; --"}) add_tag(fresh.library, tag, {id});
    CHECK(find_clip(fresh.library, id)->tags == Tags{"'; DROP TABLE tags; --", "a, b", "zoo"});
}

TEST_CASE("one number that is no clip, and nothing is changed") {
    FreshLibrary fresh;
    const auto id = test::add_clip(fresh.library, "a.mp4");
    const auto error = test::error_of([&] { add_tag(fresh.library, "sea", {id, id + 1}); });
    CHECK(error.category() == Category::general);
    CHECK(test::contains(error.message(), "no clip " + std::to_string(id + 1)));
    CHECK(tags(fresh.library).empty());
    add_tag(fresh.library, "sea", {id});
    CHECK_THROWS_AS(remove_tag(fresh.library, "sea", {id, -1}), Error);
    CHECK(tags(fresh.library) == Counted{{"sea", 1}});
}

TEST_CASE("events are counted by name") {
    FreshLibrary fresh;
    for (const char* path : {"a", "b", "c"}) {
        auto clip = test::clip_of(path);
        clip.event = path == std::string("c") ? "Christmas" : "Italy";
        add_clip(fresh.library, clip);
    }
    CHECK(events(fresh.library) == Counted{{"Christmas", 1}, {"Italy", 2}});
}

#include <doctest/doctest.h>

#include <libdadcam/recipe/sequence.hpp>
#include <nlohmann/json.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

footage::Clip recorded(const std::string& path, const std::string& local, const std::string& event) {
    auto clip = test::clip_of(path);
    clip.recorded.local = local;
    clip.event = event;
    return clip;
}

/// Two days, three events, one of them without a name.
std::vector<footage::Clip> some_clips() {
    return {recorded("a.mp4", "2019-07-14T10:00:00", "Sea"), recorded("b.mp4", "2019-07-14T23:30:12-04:00", "Sea"),
            recorded("c.mp4", "2019-07-15T08:00:00", ""), recorded("d.mp4", "2019-07-15T09:00:00", "Home")};
}

/// "[Title] a b [Day] c": cards in brackets, clips by their numbers, a chapter's name behind them.
std::string text_of(const Sequence& sequence) {
    std::string text;
    for (const auto& entry : sequence) {
        if (!text.empty()) text += ' ';
        if (const auto* card = std::get_if<Card>(&entry)) {
            text += "[" + card->title + "]";
            continue;
        }
        const auto& shown = std::get<Shown>(entry);
        text += std::to_string(shown.clip) + (shown.chapter.empty() ? "" : ":" + shown.chapter);
    }
    return text;
}

Recipe labelled(recipe::Part cards, recipe::Part chapters, const std::string& title = {}) {
    Recipe recipe;
    if (!title.empty()) recipe.labels.title = Card{title, {}, 4000};
    recipe.labels.cards = cards;
    recipe.labels.chapters = chapters;
    recipe.labels.language = "de";
    return recipe;
}

}  // namespace

TEST_CASE("a recipe that adds nothing has no sequence of its own") {
    CHECK(sequence_of({}, some_clips()).empty());
}

TEST_CASE("a card stands before each day's or event's first clip, and says which it is in the film's language") {
    CHECK(text_of(sequence_of(labelled(recipe::Part::day, recipe::Part::none, "T"), some_clips())) ==
          "[T] [14. Juli 2019] 0 1 [15. Juli 2019] 2 3");
    CHECK(text_of(sequence_of(labelled(recipe::Part::event, recipe::Part::none), some_clips())) ==
          "[Sea] 0 1 2 [Home] 3");
}

TEST_CASE("a chapter begins with each day's, event's or every clip") {
    CHECK(text_of(sequence_of(labelled(recipe::Part::none, recipe::Part::day), some_clips())) ==
          "0:14. Juli 2019 1 2:15. Juli 2019 3");
    CHECK(text_of(sequence_of(labelled(recipe::Part::none, recipe::Part::event), some_clips())) == "0:Sea 1 2 3:Home");
    CHECK(text_of(sequence_of(labelled(recipe::Part::none, recipe::Part::clip), some_clips())) == "0:a 1:b 2:c 3:d");
}

TEST_CASE("captions say the day or the event") {
    auto recipe = labelled(recipe::Part::none, recipe::Part::none);
    recipe.labels.captions = Captions::event;
    const auto sequence = sequence_of(recipe, some_clips());
    CHECK(std::get<Shown>(sequence[1]).caption == "Sea");
    CHECK(std::get<Shown>(sequence[2]).caption.empty());
    recipe.labels.captions = Captions::date;
    CHECK(std::get<Shown>(sequence_of(recipe, some_clips())[1]).caption == "14. Juli 2019");
}

TEST_CASE("with the last of its clips a card goes, and with the first of them its chapter does not") {
    const auto whole = sequence_of(labelled(recipe::Part::day, recipe::Part::day, "T"), some_clips());
    const auto without = [&](std::vector<bool> gone) {
        auto sequence = whole;
        take_off(sequence, gone, true);
        return text_of(sequence);
    };
    CHECK(without({false, false, false, false}) == text_of(whole));
    CHECK(without({true, false, false, false}) ==
          "[T] [14. Juli 2019] 0:14. Juli 2019 [15. Juli 2019] 1:15. Juli 2019 2");
    CHECK(without({true, true, false, false}) == "[T] [15. Juli 2019] 0:15. Juli 2019 1");
    CHECK(without({false, true, true, true}) == "[T] [14. Juli 2019] 0:14. Juli 2019");
    auto untitled = sequence_of(labelled(recipe::Part::day, recipe::Part::none), some_clips());
    take_off(untitled, {true, true, false, false}, false);
    CHECK(text_of(untitled) == "[15. Juli 2019] 0 1");
}

TEST_CASE("a list shows its entries, in its order, as often as it has them") {
    Recipe recipe;
    recipe.mode = Mode::list;
    recipe.list = {Card{"A", {}, 1000}, ListedClip{4, "d", "d.mp4", 200, 700}, ListedClip{1, "a", "a.mp4"},
                   ListedClip{4, "d", "d.mp4"}};
    const auto clips = some_clips();
    const std::vector<footage::Clip> listed{clips[3], clips[0], clips[3]};
    const auto sequence = sequence_of(recipe, listed);
    CHECK(text_of(sequence) == "[A] 0 1 2");
    CHECK(std::get<Shown>(sequence[1]).from_ms == 200);
    CHECK(std::get<Shown>(sequence[1]).until_ms == 700);
}

TEST_CASE("what a recipe shows can be taken as a list, and is the same film") {
    auto recipe = labelled(recipe::Part::day, recipe::Part::day, "T");
    recipe.max_clip_ms = 3000;
    const auto clips = some_clips();
    const auto before = sequence_of(recipe, clips);
    take_list(recipe, list_of(recipe, clips));
    CHECK(recipe.mode == Mode::list);
    CHECK(recipe.listed_from == Mode::all);
    CHECK(sequence_of(recipe, clips) == before);
    CHECK(list_of(recipe, clips) == recipe.list);
}

TEST_CASE("a sequence comes back from a snapshot, and what is none is refused") {
    const auto sequence = sequence_of(labelled(recipe::Part::event, recipe::Part::clip, "T \" \\ \n"), some_clips());
    CHECK(read_sequence(nlohmann::json(sequence), 4) == sequence);
    CHECK_THROWS_AS(read_sequence(nlohmann::json(sequence), 3), Error);
    CHECK_THROWS_AS(read_sequence(nlohmann::json::parse(R"([{"card": {"title": "T", "milliseconds": 1000}}])"), 3),
                    Error);
    CHECK_THROWS(read_sequence(nlohmann::json::parse(R"([{"clip": -1}])"), 3));
    CHECK_THROWS(read_sequence(nlohmann::json::parse(R"([{"clip": 0.5}])"), 3));
}

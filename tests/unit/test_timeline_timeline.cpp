#include <doctest/doctest.h>

#include <algorithm>
#include <libdadcam/timeline/timeline.hpp>
#include <limits>
#include <random>
#include <set>
#include <tests/support/clips.hpp>
#include <tuple>

using namespace dadcam;
using namespace dadcam::timeline;

namespace {

constexpr Rational kPal{25, 1};

std::vector<Item> items_of(const std::vector<std::int64_t>& lengths) {
    std::vector<Item> items;
    Frames start;
    for (const auto length : lengths) {
        items.push_back({{items.size()}, start, {length}, {}, {}});
        start += Frames{length};
    }
    return items;
}

/// A clip whose content begins a new group of short clips, or does not.
footage::Clip short_clip(bool begins_group, int number = 0) {
    const std::vector<Item> two{{{0}, {0}, {10}, {}, {}}, {{1}, {10}, {10}, {}, {}}};
    for (int tries = 0;; ++tries) {
        auto clip = test::clip_of(std::to_string(number) + "." + std::to_string(tries));
        if ((cut(two, std::vector{clip, clip}, kPal).size() == 2) == begins_group) return clip;
    }
}

/// None of the clips begins a new group, but those in `beginning`.
std::vector<Segment> cut_lengths(const std::vector<std::int64_t>& lengths, Rational rate = kPal,
                                 const std::set<std::size_t>& beginning = {}) {
    static const auto plain = short_clip(false), anchor = short_clip(true);
    std::vector<footage::Clip> clips;
    for (std::size_t i = 0; i < lengths.size(); ++i) clips.push_back(beginning.contains(i) ? anchor : plain);
    return cut(items_of(lengths), clips, rate);
}

std::vector<std::int64_t> lengths_of(const std::vector<Segment>& segments) {
    std::vector<std::int64_t> lengths;
    for (const auto& segment : segments) lengths.push_back(segment.frames.count);
    return lengths;
}

using Lengths = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("clips lie one after the other, in whole frames") {
    const std::vector clips{test::clip_of("a", 10), test::clip_of("b", 0.07), test::clip_of("c", 0.001)};
    const auto items = lay_out({}, clips, kPal);
    CHECK(items == std::vector<Item>{{{0, 0, 0, 10'000'000}, {0}, {250}, {}, {0}},
                                     {{1, 0, 0, 70'000}, {250}, {2}, {}, {480'000}},
                                     {{2, 0, 0, 1000}, {252}, {1}, {}, {483'840}}});
    CHECK(total_frames(items) == Frames{253});
    const std::vector<std::pair<std::int64_t, std::size_t>> there{{0, 0},   {249, 0}, {250, 1},
                                                                  {251, 1}, {252, 2}, {900, 2}};
    for (const auto& [frame, item] : there) CHECK(item_at(items, {frame}) == item);
}

TEST_CASE("a clip's spans lie one after the other, without a fade, and a longest window goes through all of them") {
    auto tape = test::clip_of("tape", 9);
    for (const double seconds : {4.0, 3.0, 2.0}) {
        tape.spans.push_back({});
        tape.spans.back().facts = test::facts_of(seconds);
    }
    recipe::Recipe recipe;
    recipe.transition = recipe::Transition::crossfade;
    recipe.transition_ms = 400;
    const std::vector clips{test::clip_of("a", 1), tape};
    const auto whole = lay_out(recipe, clips, kPal);
    REQUIRE(whole.size() == 4);
    CHECK(whole[1].fade_in == Frames{10});
    CHECK(whole[2].fade_in == Frames{});
    CHECK(whole[3].fade_in == Frames{});
    CHECK(whole[3].source == Source{1, 2, 7'000'000, 2'000'000});
    CHECK(total_frames(whole) == Frames{25 - 10 + 9 * 25});
    recipe.max_clip_ms = 5000;
    const auto cut = lay_out(recipe, clips, kPal);
    REQUIRE(cut.size() == 3);
    CHECK(cut[2].source == Source{1, 1, 4'000'000, 1'000'000});
}

TEST_CASE("a recipe's longest window cuts long clips and leaves short ones") {
    recipe::Recipe recipe;
    recipe.max_clip_ms = 4000;
    const std::vector clips{test::clip_of("a", 10), test::clip_of("b", 3)};
    const auto items = lay_out(recipe, clips, kPal);
    CHECK(items[0].frames == Frames{100});
    CHECK(items[1].frames == Frames{75});
}

TEST_CASE("a recipe's longest window may be longer than any clip") {
    recipe::Recipe recipe;
    recipe.max_clip_ms = std::numeric_limits<std::int64_t>::max();
    const std::vector clips{test::clip_of("a", 10)};
    CHECK(lay_out(recipe, clips, kPal)[0].frames == Frames{250});
}

TEST_CASE("no clips are no frames and no segments") {
    CHECK(total_frames({}) == Frames{0});
    CHECK(cut({}, {}, kPal).empty());
}

TEST_CASE("a segment boundary lies at a clip boundary") {
    const auto segments = cut_lengths({50, 250, 1000});
    CHECK(lengths_of(segments) == Lengths{50, 250, 1000});
    CHECK(segments[1] == Segment{{50}, {250}, {{1, {0}, {250}}}});
    CHECK(segments[2].first == Frames{300});
}

TEST_CASE("a long clip is cut every 60 seconds from its own beginning") {
    const auto segments = cut_lengths({100, 25 * 199});
    CHECK(lengths_of(segments) == Lengths{100, 1500, 1500, 1975});
    CHECK(segments[2] == Segment{{1600}, {1500}, {{1, {1500}, {1500}}}});
}

TEST_CASE("a rest of 20 seconds is a piece of its own, a shorter one is not") {
    CHECK(lengths_of(cut_lengths({25 * 80})) == Lengths{1500, 500});
    CHECK(lengths_of(cut_lengths({25 * 80 - 1})) == Lengths{1999});
    CHECK(lengths_of(cut_lengths({25 * 60})) == Lengths{1500});
}

TEST_CASE("clips shorter than two seconds are grouped until one begins a new group by its content") {
    const auto segments = cut_lengths({49, 1, 49, 49, 49, 250}, kPal, {2, 4});
    CHECK(lengths_of(segments) == Lengths{50, 98, 49, 250});
    CHECK(segments[1].pieces == std::vector<Piece>{{2, {0}, {49}}, {3, {0}, {49}}});
}

TEST_CASE("a clip put in, taken away or exchanged among short ones changes its own group, and at most the next") {
    std::mt19937_64 random(5);
    std::vector<footage::Clip> clips;
    for (int i = 0; i < 200; ++i) clips.push_back(short_clip(random() % 4 == 0, i));
    const auto groups = [](const std::vector<footage::Clip>& all) {
        std::vector<std::vector<std::string>> names;
        for (const auto& segment : cut(items_of(Lengths(all.size(), 20)), all, kPal)) {
            auto& row = names.emplace_back();
            for (const auto& piece : segment.pieces) row.push_back(all[piece.item].content_id);
        }
        return names;
    };
    const auto new_ones = [&](const std::vector<footage::Clip>& edited) {
        const auto before = groups(clips);
        const auto after = groups(edited);
        return std::count_if(after.begin(), after.end(), [&](const auto& group) {
            return std::find(before.begin(), before.end(), group) == before.end();
        });
    };
    for (int round = 0; round < 100; ++round) {
        const auto at = static_cast<std::ptrdiff_t>(random() % (clips.size() - 1));
        auto fewer = clips;
        fewer.erase(fewer.begin() + at);
        CHECK(new_ones(fewer) <= 2);
        auto more = clips;
        more.insert(more.begin() + at, short_clip(random() % 2 == 0, 1000));
        CHECK(new_ones(more) <= 2);
        auto swapped = clips;
        std::swap(swapped[static_cast<std::size_t>(at)], swapped[static_cast<std::size_t>(at) + 1]);
        CHECK(new_ones(swapped) <= 3);
    }
}

TEST_CASE("a clip of two seconds is not grouped") {
    CHECK(lengths_of(cut_lengths({10, 50, 10, 50})) == Lengths{10, 50, 10, 50});
}

TEST_CASE("a group has at most 30 clips") {
    const auto segments = cut_lengths(Lengths(70, 1));
    CHECK(lengths_of(segments) == Lengths{30, 30, 10});
}

TEST_CASE("a segment of one or two frames joins the one before it") {
    CHECK(lengths_of(cut_lengths({250, 2})) == Lengths{252});
    CHECK(lengths_of(cut_lengths({250, 1, 250})) == Lengths{251, 250});
    CHECK(lengths_of(cut_lengths({250, 1, 1, 250})) == Lengths{252, 250});
    CHECK(lengths_of(cut_lengths({250, 3, 250})) == Lengths{250, 3, 250});
}

TEST_CASE("a first segment of one or two frames joins the one after it") {
    CHECK(lengths_of(cut_lengths({2, 250, 100})) == Lengths{252, 100});
    CHECK(lengths_of(cut_lengths({1, 250})) == Lengths{251});
    CHECK(lengths_of(cut_lengths({1, 1, 250, 100})) == Lengths{252, 100});
}

TEST_CASE("the tail of a group that would be too short joins the group before it") {
    CHECK(lengths_of(cut_lengths(Lengths(31, 1))) == Lengths{31});
    CHECK(lengths_of(cut_lengths(Lengths(32, 1))) == Lengths{32});
    CHECK(lengths_of(cut_lengths(Lengths(33, 1))) == Lengths{30, 3});
}

TEST_CASE("a film of one frame is one segment of one frame") {
    CHECK(lengths_of(cut_lengths({1})) == Lengths{1});
    CHECK(lengths_of(cut_lengths({1, 1})) == Lengths{2});
}

TEST_CASE("at one frame a second, clips of two frames are grouped, not all joined into one") {
    const auto segments = cut_lengths(Lengths(100, 2), {1, 1});
    CHECK(lengths_of(segments) == Lengths{60, 60, 60, 20});
    for (const auto& segment : segments) {
        CHECK(segment.frames >= Frames{3});
        CHECK(segment.pieces.size() <= 30);
    }
}

namespace {

/// Anything from a stub to a tape, the short ones more often.
Lengths random_lengths(std::mt19937_64& random) {
    Lengths lengths(1 + random() % 60);
    for (auto& length : lengths) {
        switch (random() % 4) {
            case 0:
                length = 1 + static_cast<std::int64_t>(random() % 3);
                break;
            case 1:
                length = 1 + static_cast<std::int64_t>(random() % 60);
                break;
            case 2:
                length = 1 + static_cast<std::int64_t>(random() % 1000);
                break;
            default:
                length = 1 + static_cast<std::int64_t>(random() % 20'000);
        }
    }
    return lengths;
}

/// The pieces in their order, as (item, from, frames), must be what is left of each item.
bool covers_every_frame_once(const Lengths& lengths, const std::vector<Segment>& segments) {
    std::size_t item = 0;
    Frames in_item, on_film;
    for (const auto& segment : segments) {
        if (segment.first != on_film) return false;
        for (const auto& piece : segment.pieces) {
            if (piece.item != item || piece.from != in_item || piece.frames <= Frames{0}) return false;
            on_film += piece.frames;
            in_item += piece.frames;
            if (in_item.count > lengths[item]) return false;
            if (in_item.count < lengths[item]) continue;
            ++item;
            in_item = {};
        }
        if (segment.first + segment.frames != on_film) return false;
    }
    return item == lengths.size();
}

bool has_a_sound_size(const Segment& segment, std::size_t segments, Rational rate) {
    const Frames step{(frames_in(60'000'000, rate).count + 2) / 5 * 5};
    const bool from_whole_steps = std::all_of(segment.pieces.begin(), segment.pieces.end(),
                                              [&](const Piece& piece) { return piece.from.count % step.count == 0; });
    return from_whole_steps && (segments == 1 || segment.frames >= Frames{3}) &&
           segment.frames <= frames_in(180'000'000, rate) &&
           segment.pieces.size() <= 32;  // 30, and a tail of fewer than 3 frames
}

}  // namespace

TEST_CASE("whatever the clips, the pieces cover every frame once and in order, in segments of a sound size") {
    std::mt19937_64 random(20190714);
    const std::vector<Rational> rates{{1, 1}, {5, 4}, {24000, 1001}, {25, 1}, {30000, 1001}, {60, 1}};
    for (int round = 0; round < 3000; ++round) {
        const auto lengths = random_lengths(random);
        const auto rate = rates[random() % rates.size()];
        const auto segments = cut_lengths(lengths, rate);
        CAPTURE(round);
        REQUIRE(covers_every_frame_once(lengths, segments));
        REQUIRE(std::all_of(segments.begin(), segments.end(),
                            [&](const Segment& segment) { return has_a_sound_size(segment, segments.size(), rate); }));
    }
}

namespace {

/// What a segment shows, by names of clips that an edit does not change.
using Shown = std::vector<std::vector<std::tuple<int, std::int64_t, std::int64_t>>>;

struct NamedClip {
    int name;
    std::int64_t frames;
};

Shown shown(const std::vector<NamedClip>& clips, Rational rate) {
    Lengths lengths;
    for (const auto& clip : clips) lengths.push_back(clip.frames);
    Shown result;
    for (const auto& segment : cut_lengths(lengths, rate)) {
        auto& row = result.emplace_back();
        for (const auto& piece : segment.pieces)
            row.emplace_back(clips[piece.item].name, piece.from.count, piece.frames.count);
    }
    return result;
}

Shown without(Shown segments, int name) {
    std::erase_if(segments, [&](const auto& row) {
        return std::any_of(row.begin(), row.end(), [&](const auto& piece) { return std::get<0>(piece) == name; });
    });
    return segments;
}

}  // namespace

TEST_CASE("taking away, lengthening or putting in a clip of two seconds or more leaves every other segment as it was") {
    std::mt19937_64 random(7);
    const Rational rate{30000, 1001};
    for (int round = 0; round < 500; ++round) {
        std::vector<NamedClip> clips(2 + random() % 12);
        for (std::size_t i = 0; i < clips.size(); ++i)
            clips[i] = {static_cast<int>(i), 60 + static_cast<std::int64_t>(random() % 9000)};
        const auto before = shown(clips, rate);
        const auto at = random() % clips.size();
        const int name = clips[at].name;

        auto fewer = clips;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
        REQUIRE(shown(fewer, rate) == without(before, name));

        auto longer = clips;
        longer[at].frames += 777;
        REQUIRE(without(shown(longer, rate), name) == without(before, name));

        auto more = clips;
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(at), {1000, 500});
        REQUIRE(without(shown(more, rate), 1000) == before);
    }
}

TEST_CASE("a short clip that changes between long ones changes its own segment only") {
    const auto before = cut_lengths({250, 20, 250, 30, 20, 250});
    const auto after = cut_lengths({250, 21, 250, 30, 20, 250});
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) CHECK((before[i].pieces == after[i].pieces) == (i != 1));
}

TEST_CASE("an item's sound is as long wherever it lies, and never a millisecond from its picture") {
    const Rational ntsc{30000, 1001};
    std::mt19937_64 random(3);
    std::vector<footage::Clip> clips;
    for (int i = 0; i < 5000; ++i)
        clips.push_back(test::clip_of("a", i < 3000 ? 2.2 : 0.5 + 0.01 * static_cast<double>(random() % 900)));
    recipe::Recipe recipe;
    SUBCASE("hard cuts") {}
    SUBCASE("fades") {
        recipe.transition = recipe::Transition::crossfade;
        recipe.transition_ms = 700;
    }
    const auto items = lay_out(recipe, clips, ntsc);
    int made_good = 0;
    for (std::size_t i = 0; i + 1 < items.size(); ++i) {
        REQUIRE(std::abs((items[i].first_sample - sample_at(items[i].start, ntsc)).count) <= 48);
        const Frames own = items[i + 1].start - items[i].start;
        const auto length = sample_within(items, i, own, ntsc);
        if (length != sample_at(own, ntsc)) ++made_good;
        REQUIRE(sample_within(items, i, {0}, ntsc) == Samples{0});
    }
    CHECK(made_good <= 5000 / 100);
}

TEST_CASE("where pictures are copied, each item's sound begins with its picture, at every rate") {
    std::mt19937_64 random(7);
    std::vector<footage::Clip> clips;
    for (int i = 0; i < 500; ++i) clips.push_back(test::clip_of("a", 0.5 + 0.01 * static_cast<double>(random() % 900)));
    recipe::Recipe recipe;
    recipe.preset = "original";
    for (const Rational rate : {Rational{30000, 1001}, {2997, 100}, {29609, 1000}, {90000, 1}, {25, 1}})
        for (const auto& item : lay_out(recipe, clips, rate)) REQUIRE(item.first_sample == sample_at(item.start, rate));
}

TEST_CASE("a clip that is cut inside has no seam in its sound") {
    for (const Rational rate : {Rational{30000, 1001}, {60000, 1001}, {24000, 1001}}) {
        const auto clips = std::vector{test::clip_of("tape", 3600)};
        const auto items = lay_out({}, clips, rate);
        Samples sum;
        for (const auto& segment : cut(items, clips, rate)) {
            const auto from = segment.pieces.front().from;
            CHECK(sample_at(from, rate).count * rate.num == from.count * kSampleRate * rate.den);
            sum += samples_of(items, segment, rate);
        }
        CHECK(sum == sample_at(total_frames(items), rate));
    }
}

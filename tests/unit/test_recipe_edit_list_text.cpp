#include <doctest/doctest.h>

#include <libdadcam/recipe/edit_list.hpp>
#include <map>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::recipe;

namespace {

/// A library of clips by their numbers.
struct Shelf {
    std::map<std::int64_t, KnownClip> clips;

    std::optional<KnownClip> operator()(std::int64_t id) const {
        const auto found = clips.find(id);
        return found == clips.end() ? std::nullopt : std::optional(found->second);
    }
};

const Shelf kShelf{{{3, {3, "c3", "2003-12-24 Christmas/tree.dv", 60'000}},
                    {12, {12, "c12", "2012 Birthday/candles.mp4", 10'500}},
                    {40, {40, "c40", "unknown length.avi", 0}}}};

EditList read_list(std::string_view text, const EditList& before = {}) {
    return read_edit_list(text, before, kShelf);
}

std::string refusal(std::string_view text) {
    const auto error = test::error_of([&] { read_list(text); });
    CHECK(error.category() == Category::usage);
    CHECK_FALSE(error.advice().empty());
    return error.message();
}

ListedClip only_clip(std::string_view text) {
    const auto list = read_list(text);
    REQUIRE(list.size() == 1);
    return std::get<ListedClip>(list.front());
}

Card only_card(std::string_view text) {
    const auto list = read_list(text);
    REQUIRE(list.size() == 1);
    return std::get<Card>(list.front());
}

using Stretch = std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;

Stretch times(std::string_view text) {
    const auto clip = only_clip(text);
    return {clip.from_ms, clip.until_ms};
}

const std::string kExample = R"(# Summer 2019: 12 clips, 3:20. Lines beginning with # are ignored.
card "Summer 2019" 4
card "Christmas" "at grandma's" 2.5 blur
clip 12  0:03.2-0:10  "2012 Birthday/candles.mp4"
clip 3                "2003-12-24 Christmas/tree.dv"
)";

const EditList kExampleList{Card{"Summer 2019", "", 4000, CardStyle::black},
                            Card{"Christmas", "at grandma's", 2500, CardStyle::blur},
                            ListedClip{12, "c12", "2012 Birthday/candles.mp4", 3200, 10'000},
                            ListedClip{3, "c3", "2003-12-24 Christmas/tree.dv", {}, {}}};

}  // namespace

TEST_CASE("an edit list is printed with a comment above it and its clips in columns") {
    CHECK(edit_list_text(kExampleList, "Summer 2019: 12 clips, 3:20. Lines beginning with # are ignored.") == kExample);
    CHECK(edit_list_text({}, "").empty());
    CHECK(edit_list_text({ListedClip{3, "", "a", {}, {}}, ListedClip{12, "", "b", {}, {}}}, "") ==
          "clip 3   \"a\"\nclip 12  \"b\"\n");
    CHECK(edit_list_text({ListedClip{3, "", "", {}, {}}, ListedClip{12, "", "", 5, {}}}, "") ==
          "clip 3\nclip 12  0:00.005-\n");
}

TEST_CASE("a printed edit list is read as it was") {
    CHECK(read_list(kExample) == kExampleList);
}

TEST_CASE("a comment of several lines, or with what an editor takes for a line's end, makes no entry") {
    const std::string comment = "one\ncard \"x\" 4\r\nclip 3\rclip 3\x1b[2J\xff";
    CHECK(edit_list_text({}, comment) == "# one\n# card \"x\" 4\n# clip 3\\x0dclip 3\\x1b[2J\\xff\n");
    CHECK(read_list(edit_list_text({}, comment)).empty());
}

TEST_CASE("an edit list is read with a byte order mark, Windows' line ends, tabs, comments and no last line end") {
    CHECK(read_list(
              "\xef\xbb\xbf# a\r\n\r\n \t \r\n\t# b\r\nclip\t3\r\n  card  \"A\"\t4  black \r\nclip 12 0- \"any\"") ==
          EditList{kExampleList[3], Card{"A", "", 4000, CardStyle::black},
                   ListedClip{12, "c12", "2012 Birthday/candles.mp4", {}, {}}});
    CHECK(read_list("").empty());
    CHECK(read_list("# nothing but this").empty());
}

TEST_CASE("a window is written in seconds, minutes or hours, with either end left out") {
    CHECK(times("clip 12 3.2-10") == Stretch{3200, 10'000});
    CHECK(times("clip 12 0:03.250-0:10.001") == Stretch{3250, 10'001});
    CHECK(times("clip 12 0:03-") == Stretch{3000, {}});
    CHECK(times("clip 12 -0:10") == Stretch{{}, 10'000});
    CHECK(times("clip 12 0-10") == Stretch{0, 10'000});
    CHECK(times("clip 40 90:00-1:40:00.5") == Stretch{5'400'000, 6'000'500});
    CHECK(times("clip 12 0-") == Stretch{});
    CHECK(times("clip 12 0:00.000- \"path\"") == Stretch{});
    CHECK(times("clip 12 \"0:03-0:10\"") == Stretch{});
}

TEST_CASE("a window that ends beyond its clip is kept as it is written") {
    CHECK(times("clip 12 3-11") == Stretch{3000, 11'000});
    CHECK(times("clip 12 10.499-") == Stretch{10'499, {}});
    CHECK(refusal("clip 12 10.5-") == "Line 1: \"0:10.5-\" begins after the end of clip 12.");
    CHECK(times("clip 40 9999-") == Stretch{9'999'000, {}});
}

TEST_CASE("a window is refused when it is none or takes nothing") {
    for (const char* word : {"-",
                             "3",
                             "3.2",
                             "0:03",
                             "a-b",
                             "1-2-3",
                             "--3",
                             "3--",
                             "-3-",
                             "+3-",
                             "0:3-",
                             "0:60-",
                             "1:60:00-",
                             "1:1:1:1-",
                             ":03-",
                             "3.-",
                             ".5-",
                             "3.2000-",
                             "3,2-",
                             "1e3-",
                             "0x1-",
                             "10000:00:01-",
                             "99999999999999999999-",

                             "0:03–0:10"}) {
        CAPTURE(word);
        CHECK(test::contains(refusal(std::string("clip 40 ") + word), "Line 1: \""));
    }
    CHECK(refusal("clip 12 5-5") == "Line 1: \"0:05-0:05\" leaves nothing of the clip.");
    CHECK(refusal("clip 12 10-3") == "Line 1: \"0:10-0:03\" leaves nothing of the clip.");
    CHECK(refusal("clip 12 -0") == "Line 1: \"-0:00\" leaves nothing of the clip.");
}

TEST_CASE("a clip that is gone from the library stays in the list, one that never was is refused") {
    const EditList before{ListedClip{77, "c77", "gone.mp4", 1000, 2000}, ListedClip{12, "old", "old.mp4", {}, {}}};
    const auto text = edit_list_text(before, "");
    CHECK(read_list(text, before) == EditList{before[0], ListedClip{12, "c12", "2012 Birthday/candles.mp4", {}, {}}});
    CHECK(read_list("clip 77 3-", before) == EditList{ListedClip{77, "c77", "gone.mp4", 3000, {}}});
    CHECK(refusal("card \"A\" 4\n\nclip 78") == "Line 3: There is no clip 78.");
}

TEST_CASE("what the library says of itself is about no line") {
    const auto error = test::error_of([] {
        read_edit_list("clip 3", {}, [](auto) -> std::optional<KnownClip> { throw Error(Category::busy, "In use."); });
    });
    CHECK(error.category() == Category::busy);
    CHECK(error.message() == "In use.");
}

TEST_CASE("a text in quotes has escapes, and all else as it is") {
    CHECK(only_card(R"(card "a \"b\" \\ \n\t\xc3\xA9é 100 % # ' $" 1)").title ==
          "a \"b\" \\ \n\té"
          "é 100 % # ' $");
    CHECK(only_card("card \"\" \"below\" 1").subtitle == "below");
    CHECK(only_card("card \"A\" \"\" 0:01.5 blur") == Card{"A", "", 1500, CardStyle::blur});
    CHECK(edit_list_text({Card{"a\"\\\n\t\r\x7f\xc2\x85\xe2\x80\xae"
                               "ש 🎂",
                               "", 100, CardStyle::black}},
                         "") == "card \"a\\\"\\\\\\n\\t\\x0d\\x7f\\xc2\\x85\\xe2\\x80\\xaeש 🎂\" 0.1\n");
    CHECK(edit_list_text({ListedClip{1, "", "caf\xe9", {}, {}}}, "") == "clip 1  \"caf\\xe9\"\n");
}

TEST_CASE("a wrong line is refused by its number, its word and what to do") {
    CHECK(refusal("# a\r\nclpi 3") == "Line 2: \"clpi\" is neither clip nor card.");
    CHECK(refusal("CLIP 3") == "Line 1: \"CLIP\" is neither clip nor card.");
    CHECK(refusal("clip") == "Line 1: The line lacks the clip's number.");
    CHECK(refusal("clip \"3\"") == "Line 1: \"3\" stands where the clip's number should.");
    for (const char* word : {"0", "-3", "+3", "3a", "3.0", "99999999999999999999", "3\"path\""}) {
        CHECK(test::contains(refusal(std::string("clip ") + word), "is not a clip's number."));
    }
    CHECK(refusal("clip 3 1- 2") == "Line 1: The path \"2\" is not in quotes.");
    CHECK(refusal("clip 3 1-2 tree.dv") == "Line 1: The path \"tree.dv\" is not in quotes.");
    CHECK(refusal("clip 3 \"a\" 1-2") == "Line 1: \"1-2\" is one word too many.");
    CHECK(refusal("clip 3 \"a\" # why") == "Line 1: \"#\" is one word too many.");
    CHECK(refusal("clip 3 \"a") == "Line 1: The text \"a has no second quote.");
    CHECK(refusal("clip 3 \"a\"b") == "Line 1: There is no blank between a text in quotes and \"b\".");
    CHECK(refusal("card \"a\\qb\" 4") == "Line 1: \"\\q\" is not a known escape.");
    CHECK(refusal("card \"a\\x4\" 4") == "Line 1: \"\\x4\"\" is not a known escape.");
    CHECK(refusal("card \"a\\") == "Line 1: \"\\\" is not a known escape.");
}

TEST_CASE("a wrong card is refused") {
    CHECK(refusal("card") == "Line 1: The card has no text.");
    CHECK(refusal("card \"\" 4") == "Line 1: The card has no text.");
    CHECK(refusal("card Summer 4") == "Line 1: The card's title \"Summer\" is not in quotes.");
    CHECK(refusal("card \"A\"") == "Line 1: The line lacks the card's seconds.");
    CHECK(refusal("card \"A\" \"B\" \"C\" 4") == "Line 1: \"C\" stands where the card's seconds should.");
    CHECK(refusal("card \"A\" -4") == "Line 1: \"-4\" is not a number of seconds.");
    CHECK(refusal("card \"A\" 4 pink") == "Line 1: There is no card style named \"pink\".");
    CHECK(refusal("card \"A\" 4 blur 5") == "Line 1: \"5\" is one word too many.");
    CHECK(refusal("card \"A\" 0.099") == "Line 1: The card lasts 99 milliseconds.");
    CHECK(refusal("card \"A\" 600.001") == "Line 1: The card lasts 600001 milliseconds.");
    CHECK(refusal("card \"A\\x00\" 4") == "Line 1: The card's title has a NUL in it.");
    CHECK(refusal("card \"A\" \"\xff\" 4") == "Line 1: The card's subtitle is not UTF-8.");
    CHECK(refusal("card \"" + std::string(10'001, 'a') + "\" 4") == "Line 1: The card's title is 10001 bytes long.");
    CHECK(only_card("card \"" + std::string(10'000, 'a') + "\" 600").milliseconds == 600'000);
}

TEST_CASE("a refusal shows no more of a wrong word than a person reads, and no control characters") {
    CHECK(refusal("\x1b[2J\xff\r\r\n") == "Line 1: \"\\x1b[2J\\xff\\x0d\" is neither clip nor card.");
    std::string cake;
    for (int i = 0; i < 40; ++i) cake += "🎂";
    CHECK(refusal(cake) == "Line 1: \"" + cake + "\" is neither clip nor card.");
    CHECK(refusal(cake + "a") == "Line 1: \"" + cake + "…\" is neither clip nor card.");
    CHECK(refusal("card \"A\" 4 " + std::string(9999, '\x01')).size() < 300);
}

TEST_CASE("a list of more entries, or of more text, than any film needs is refused") {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "clip 3\n";
    CHECK(read_list(text).size() == 100'000);
    CHECK(refusal(text + "# end\nclip 3") == "Line 100002: The list has more than 100000 entries.");
    CHECK(refusal(std::string(64'000'001, '#')) == "The list is longer than 64 MB.");
}

TEST_CASE("a card's style has a name") {
    for (const auto style : {CardStyle::black, CardStyle::blur}) CHECK(parse_card_style(name(style)) == style);
    CHECK(test::contains(test::error_of([] { parse_card_style("Blur"); }).advice(), "black, blur"));
}

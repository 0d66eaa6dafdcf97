#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/font.hpp>
#include <libdadcam/render/text_layout.hpp>
#include <map>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using render::TextLine;

namespace {

constexpr footage::Size kFullHd{1920, 1080};

const render::FontMeasure& font() {
    static const render::FontMeasure measure(render::find_font({}, process::Stop()).path);
    return measure;
}

std::vector<TextLine> laid_out(const std::string& title, const std::string& subtitle = {},
                               footage::Size frame = kFullHd, const std::string& language = "en") {
    return render::lay_out_card({title, subtitle, 4000}, frame, font(), language);
}

std::vector<std::string> texts(const std::vector<TextLine>& lines) {
    std::vector<std::string> all;
    for (const auto& line : lines) all.push_back(line.text);
    return all;
}

/// In a thousandth of the frame's width.
std::int64_t width_in(const TextLine& line, footage::Size frame) {
    return font().width(line.text) * line.size * 1000 / (std::int64_t{font().units_per_em()} * frame.width);
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

/// All that is to be seen of a text, in a row.
std::string ink(const std::string& text) {
    std::string seen;
    std::copy_if(text.begin(), text.end(), std::back_inserter(seen), [](char byte) { return byte < 0 || byte > ' '; });
    return seen;
}

std::string ink(const std::vector<TextLine>& lines) {
    std::string seen;
    for (const auto& line : lines) seen += ink(line.text);
    return seen;
}

const std::map<std::string, std::string> kTexts{
    {"nothing", ""},
    {"a letter", "W"},
    {"a title", "Summer at the lake"},
    {"letters", std::string(5000, 'W')},
    {"words", repeated("Summer ", 5000)},
    {"narrow letters", std::string(5000, 'i')},
    {"emoji", repeated("👨‍👩‍👧👍🏽🎂", 300)},
    {"Arabic", repeated("صيف على البحيرة ", 100)},
    {"Chinese", repeated("夏天在湖邊", 300)},
    {"Hindi", repeated("की", 3000)},
    {"accents", repeated("e\u0301\u0302", 2000)},
    {"what ffmpeg takes for more than letters", "100 %, %{pts} 'a': \\n \\ ; [x] , = \"b\""},
    {"lines", "one\ntwo\r\n\n\nfive"},
    {"newlines", std::string(500, '\n')},
    {"newlines and an end", std::string(500, '\n') + "end"},
    {"blanks", repeated(" \u00a0\u3000", 1000)},
    {"blanks without a break", repeated("W\u00a0", 3000)},
    {"controls", std::string("a\0b\tc\x1b[1m\x7f\v\r", 13)},
    {"no UTF-8", "Summer \xff at"},
};

}  // namespace

TEST_CASE("every text lies within every frame") {
    for (const footage::Size frame : {footage::Size{16, 16},
                                      {16, 4096},
                                      {4096, 16},
                                      {64, 48},
                                      {320, 240},
                                      {720, 576},
                                      {1080, 1920},
                                      {1920, 1080},
                                      {4096, 2160}})
        for (const auto& [name, text] : kTexts)
            for (const auto& subtitle : {std::string(), std::string("July 2019"), text}) {
                CAPTURE(name);
                CAPTURE(frame.width);
                CAPTURE(frame.height);
                int below = 0;
                for (const auto& line : laid_out(text, subtitle, frame)) {
                    CHECK(width_in(line, frame) <= 840);
                    CHECK(line.y >= std::max(below, frame.height / 10 - 1));
                    below = line.y + render::line_height(line.size);
                    CHECK(below <= frame.height * 9 / 10 + 1);
                    CHECK(line.size >= std::max(8, std::min(frame.width, frame.height) / 60));
                    CHECK(!line.text.empty());
                    CHECK(std::none_of(line.text.begin(), line.text.end(),
                                       [](char byte) { return (byte >= 0 && byte < ' ') || byte == '\x7f'; }));
                }
            }
}

TEST_CASE("nothing of a text is lost, added or moved unless the sign for it ends it") {
    for (const footage::Size frame : {footage::Size{16, 16}, {320, 240}, {1920, 1080}})
        for (const char* name : {"a letter", "a title", "letters", "words", "narrow letters", "Arabic", "Chinese",
                                 "emoji", "accents", "Hindi", "what ffmpeg takes for more than letters", "lines"}) {
            CAPTURE(name);
            CAPTURE(frame.width);
            const auto whole = ink(kTexts.at(name));
            auto seen = ink(laid_out(kTexts.at(name), "", frame));
            if (seen.ends_with("…"))
                seen.erase(seen.size() - std::string_view("…").size());
            else
                CHECK(seen.size() == whole.size());
            CHECK(whole.starts_with(seen));
        }
}

TEST_CASE("a short title stands in the middle, nine to the height, and its subtitle half as high below it") {
    const auto title = laid_out("Summer");
    REQUIRE(title.size() == 1);
    CHECK(title[0] == TextLine{"Summer", 120, (1080 - 156) / 2});
    const auto both = laid_out("Summer", "July 2019");
    REQUIRE(both.size() == 2);
    const int above = (1080 - 156 - 78 - 78) / 2;
    CHECK(both[0] == TextLine{"Summer", 120, above});
    CHECK(both[1] == TextLine{"July 2019", 60, above + 156 + 78});
    CHECK(laid_out("", "July 2019") == std::vector<TextLine>{{"July 2019", 60, (1080 - 78) / 2}});
    CHECK(laid_out("").empty());
}

TEST_CASE("a title of some words is wrapped before it shrinks") {
    const auto lines = laid_out("A summer at the lake with all of our cousins");
    CHECK(texts(lines) == std::vector<std::string>{"A summer at the lake with", "all of our cousins"});
    CHECK(lines[0].size == 120);
    CHECK(lines[1].y == lines[0].y + render::line_height(120));
}

TEST_CASE("lines are as full as they can be") {
    const auto lines = laid_out(repeated("Summer ", 60));
    REQUIRE(lines.size() > 3);
    for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
        auto longer = lines[at];
        longer.text += " Summer";
        CHECK(width_in(longer, kFullHd) > 840);
    }
}

TEST_CASE("a word that is too wide makes all of the card smaller, and only as far as it has to") {
    const auto lines = laid_out("Donaudampfschifffahrtsgesellschaft", "July 2019");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].text == "Donaudampfschifffahrtsgesellschaft");
    CHECK(lines[0].size < 120);
    CHECK(lines[1].size == lines[0].size / 2);
    auto larger = lines[0];
    larger.size = larger.size * 10 / 9 + 1;
    CHECK(width_in(larger, kFullHd) > 840);
}

TEST_CASE("many lines make a card smaller until they fit") {
    const auto lines = laid_out(repeated("line\n", 12));
    REQUIRE(lines.size() == 12);
    CHECK(lines[0].size < 120);
    CHECK(render::line_height(lines[0].size) * 12 <= 1080 * 4 / 5);
    CHECK(render::line_height(lines[0].size * 10 / 9 + 1) * 12 > 1080 * 4 / 5);
}

TEST_CASE("what is left over is cut with its sign, and only then") {
    const auto words = laid_out(repeated("Summer ", 5000));
    CHECK(words.back().text.ends_with("Summer…"));
    CHECK(words.back().size == 1080 / 60);
    CHECK(words.size() == 1080 * 4 / 5 / render::line_height(18));
    const auto letters = laid_out(std::string(5000, 'W'), "July 2019");
    CHECK(letters.back().text.ends_with("W…"));
    CHECK(!test::contains(ink(laid_out(std::string(500, 'W'))), "…"));
    CHECK(ink(laid_out("Summer", repeated("lake ", 9000))).ends_with("…"));
}

TEST_CASE("where only the title has room, it says that there was more") {
    CHECK(texts(laid_out("W", "W", {64, 16})) == std::vector<std::string>{"W…"});
    CHECK(texts(laid_out("W", "\n\n", {64, 16})) == std::vector<std::string>{"W"});
    CHECK(texts(laid_out("W", "W", {64, 48})) == std::vector<std::string>{"W", "W"});
}

TEST_CASE("a frame that is lower than a line has one all the same") {
    CHECK(laid_out("Summer\nlake", "", {640, 8}) == std::vector<TextLine>{{"Summer…", 8, -1}});
}

TEST_CASE("a word is broken between letters, never between a letter and its vowel sign") {
    const auto lines = laid_out(kTexts.at("Hindi"), "", {320, 240});
    REQUIRE(lines.size() > 2);
    for (const auto& line : lines) {
        CHECK(line.text.starts_with("की"));
        CHECK(test::contains(line.text, &line == &lines.back() ? "की…" : "कीकी"));
    }
}

TEST_CASE("written lines stay, with the height of empty ones") {
    for (const char* text : {"one\ntwo\n\nfour", "one\r\ntwo\r\n\r\nfour\r\n", "one\u2028two\u2029\nfour"}) {
        const auto lines = laid_out(text, "", {1920, 2160});
        CHECK(texts(lines) == std::vector<std::string>{"one", "two", "four"});
        CHECK(lines[1].y - lines[0].y == render::line_height(240));
        CHECK(lines[2].y - lines[1].y == 2 * render::line_height(240));
        CHECK(lines[0].y == (2160 - 4 * render::line_height(240)) / 2);
    }
}

TEST_CASE("blanks around a line are dropped, and control characters are blanks") {
    CHECK(texts(laid_out("  one \u3000\n\ttwo\t\n three\rthree\x1b")) ==
          std::vector<std::string>{"one", "two", "three three"});
    CHECK(texts(laid_out(std::string("a\0b\tc\u0085d", 8))) == std::vector<std::string>{"a b c d"});
    CHECK(laid_out("   ").empty());
}

TEST_CASE("a text ends where it is no UTF-8 any more") {
    CHECK(texts(laid_out("Summer \xff at")) == std::vector<std::string>{"Summer"});
    CHECK(texts(laid_out("\xff", "July")) == std::vector<std::string>{"July"});
}

TEST_CASE("a Chinese title is wrapped without blanks, and no line begins with a full stop") {
    const auto lines = laid_out(repeated("夏天在湖邊。", 6), "", kFullHd, "zh-Hant");
    REQUIRE(lines.size() > 1);
    CHECK(lines[0].size == 120);
    for (const auto& line : lines) CHECK(!line.text.starts_with("。"));
}

TEST_CASE("a font's widths are its own units") {
    CHECK(font().units_per_em() == 2048);
    CHECK(font().width("") == 0);
    CHECK(font().width("i") == 569);
    CHECK(font().width("W") == 2025);
    CHECK(font().width("Wi") == 2025 + 569);
    CHECK(font().width("iiii") == 4 * font().width("i"));
}

TEST_CASE("what a font lacks is as wide as its box, and what is no UTF-8 ends a text") {
    CHECK(font().width("夏") == font().width("🫠"));
    CHECK(font().width("夏") == 1229);
    CHECK(font().width("W\xff") == font().width("W"));
    CHECK(font().width("W\xffW") == font().width("W"));
    CHECK(font().width("\xe5\xa4") == 0);
}

TEST_CASE("a file that is no font measures nothing, and is named") {
    test::TemporaryFolder folder;
    const auto file = (folder / "no.ttf").string();
    CHECK(test::error_of([&] { render::FontMeasure measure(file); }).category() == Category::tool_missing);
    std::ofstream(file, std::ios::binary).write("\0\1\0\0 and more", 13);
    const auto error = test::error_of([&] { render::FontMeasure measure(file); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), file));
    CHECK(test::error_of([&] { render::FontMeasure measure(folder.path().string()); }).category() ==
          Category::tool_missing);
}

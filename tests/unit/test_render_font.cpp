#include <doctest/doctest.h>

#include <fstream>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/font.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;

namespace {

/// A font by its first bytes, and stand-ins for fontconfig's programs.
struct Fonts {
    test::TemporaryFolder folder;
    process::Stop stop;
    std::string font = (folder / "my font.ttf").string();
    render::FontChoice choice{font, folder.path().string()};

    Fonts() { std::ofstream(font, std::ios::binary).write("\0\1\0\0 and more", 13); }

    void answers(const char* program, const std::string& text) {
        test::write_script(folder / program, "printf '%s\\n' '" + text + "'");
    }
    std::string lacking(std::string_view text) {
        return render::what_is_lacking(render::find_font(choice, stop), choice, text, stop);
    }
};

}  // namespace

TEST_CASE("a font that was chosen is taken, and what is none is refused with its name") {
    Fonts fonts;
    CHECK(render::find_font(fonts.choice, fonts.stop).path == fonts.font);
    fonts.choice.file = (fonts.folder / "gone.ttf").string();
    CHECK(
        test::contains(test::error_of([&] { render::find_font(fonts.choice, fonts.stop); }).message(), "is not there"));
    std::ofstream(fonts.choice.file) << "no font at all";
    const auto error = test::error_of([&] { render::find_font(fonts.choice, fonts.stop); });
    CHECK(error.category() == Category::tool_missing);
    CHECK(test::contains(error.message(), "gone.ttf is not a font"));
    CHECK(test::contains(error.advice(), "--unset"));
}

TEST_CASE("what fontconfig says of a font's characters is read, and anything else passed over") {
    const auto ranges = render::charset("20-7e a0 x 2f-1 -5 3- 10ffff-10ffff ffffffffff");
    REQUIRE(ranges.size() == 3);
    CHECK((ranges[0].first == 0x20 && ranges[0].last == 0x7e));
    CHECK((ranges[1].first == 0xa0 && ranges[1].last == 0xa0));
    CHECK(ranges[2].last == 0x10ffff);
    CHECK(render::charset("").empty());
}

TEST_CASE("characters that the font lacks are named, with the package or the font that has them") {
    Fonts fonts;
    fonts.answers("fc-query", "20-7e a0-17f");
    fonts.answers("fc-list", "");
    CHECK(fonts.lacking("%Y Été") == "");
    const auto text = fonts.lacking("日本 %Y 日");
    CHECK(test::contains(text, "lacks 日本; "));
    CHECK(test::contains(text, "apt install fonts-noto-cjk"));
    CHECK(test::contains(fonts.lacking("🎂"), "fonts-symbola"));
    fonts.answers("fc-list", fonts.font);
    CHECK(test::contains(fonts.lacking("日本"), "config --global font '" + fonts.font + "'"));
}

TEST_CASE("without fontconfig, and for plain letters, nothing is said") {
    Fonts fonts;
    CHECK(fonts.lacking("日本") == "");
    test::write_script(fonts.folder / "fc-query", "exit 1");
    CHECK(fonts.lacking("日本") == "");
    test::write_script(fonts.folder / "fc-query", "echo asked >&2; kill $$");
    CHECK(fonts.lacking("%d.%m.%Y") == "");
    CHECK(fonts.lacking("\xff\xfe") == "");
}

#include <apps/render/format.hpp>
#include <apps/render/table.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

using namespace dadcam::app;

namespace {

std::string written(const Table& table, bool terminal, int columns) {
    std::istringstream in;
    std::ostringstream out, err;
    table.write({.in = in,
                 .out = out,
                 .err = err,
                 .out_is_terminal = terminal,
                 .columns = [=] { return columns; },
                 .environment = {}});
    return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

Table clips() {
    Table table({{.title = "ID", .align = Align::right},
                 {.title = "NAME", .flexible = true},
                 {.title = "EVENT", .flexible = true},
                 {.title = "LENGTH", .align = Align::right}});
    table.add_row({"7", "a rather long name of a clip.mov", "Summer at the lake", "0:41"});
    table.add_row({"12", "夏休み.mov", "", "1:02:09"});
    return table;
}

}  // namespace

TEST_CASE("columns are aligned by what is seen, two blanks apart") {
    CHECK(written(clips(), false, 0) ==
          "ID  NAME                              EVENT                LENGTH\n"
          " 7  a rather long name of a clip.mov  Summer at the lake     0:41\n"
          "12  夏休み.mov                                            1:02:09\n");
}

TEST_CASE("no line ends in blanks") {
    Table table({{.title = "NAME"}, {.title = "EVENT"}});
    table.add_row({"a", "a long event"});
    table.add_row({"a long name", ""});
    CHECK(written(table, false, 0) == "NAME         EVENT\na            a long event\na long name\n");
}

TEST_CASE("a table without rows is its header") {
    CHECK(written(Table({{.title = "ID"}, {.title = "NAME"}}), false, 0) == "ID  NAME\n");
}

TEST_CASE("on a terminal the widest flexible column gives way, and only as much as it must") {
    const auto lines = lines_of(written(clips(), true, 60));
    CHECK(lines[1] == " 7  a rather long…of a clip.mov  Summer at the lake     0:41");
    for (const std::string& line : lines) CHECK(display_width(line) <= 60);
    CHECK(display_width(lines[1]) == 60);
}

TEST_CASE("when the widest is cut to the width of the next, both give way") {
    const auto lines = lines_of(written(clips(), true, 40));
    CHECK(lines[1] == " 7  a rath…p.mov  Summer…e lake     0:41");
}

TEST_CASE("names are not cut to nothing, and a line that still does not fit is") {
    CHECK(lines_of(written(clips(), true, 31))[1] == " 7  a ra…mov  Summ…ake     0:41");
    CHECK(lines_of(written(clips(), true, 30))[1] == " 7  a ra…mov  Summ…ake     0:…");
    for (int columns = 1; columns < 60; ++columns) {
        CAPTURE(columns);
        for (const std::string& line : lines_of(written(clips(), true, columns))) CHECK(display_width(line) <= columns);
    }
}

TEST_CASE("a column that is not flexible stays whole, even if it is the widest") {
    Table table({{.title = "KEY"}, {.title = "NAME", .flexible = true}});
    table.add_row({"blake2b:0123456789abcdef", "a long name.mov"});
    CHECK(written(table, true, 36) == "KEY                       NAME\nblake2b:0123456789abcdef  a lon….mov\n");
}

TEST_CASE("nothing is cut in a file or a pipe, or when the width is not known") {
    const std::string whole = written(clips(), true, 200);
    CHECK(written(clips(), false, 20) == whole);
    CHECK(written(clips(), true, 0) == whole);
}

TEST_CASE("a name from a stranger cannot repaint the terminal or add a row") {
    Table table({{.title = "NAME"}});
    table.add_row({"\x1b[2J\nfree.mov"});
    CHECK(written(table, false, 0) == "NAME\n\\x1b[2J\\nfree.mov\n");
}

TEST_CASE("a row with a cell too many or too few is a mistake of the program") {
    Table table({{.title = "ID"}, {.title = "NAME"}});
    CHECK_THROWS_AS(table.add_row({"1"}), std::invalid_argument);
    CHECK_THROWS_AS(table.add_row({"1", "2", "3"}), std::invalid_argument);
}

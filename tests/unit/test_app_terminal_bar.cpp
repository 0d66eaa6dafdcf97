#include <apps/render/format.hpp>
#include <apps/render/observers.hpp>
#include <apps/render/terminal_bar.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <vector>

using namespace dadcam;
using app::TerminalBar;
using test::Screen;

namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (&line == &lines.front() ? "" : "\n") + line;
    return text;
}

render::Progress at(int percent) {
    return {.run_id = 1,
            .stage = render::Stage::encoding,
            .percent = percent,
            .operation = "Encoding clip 3 of 15",
            .frames_completed = 1380,
            .frames_total = 3000,
            .elapsed_seconds = 41,
            .remaining_seconds = 48.2,
            .speed = 1.83};
}

render::Outcome ended(bool success) {
    render::Outcome outcome;
    outcome.run_id = 1;
    outcome.success = success;
    outcome.elapsed_seconds = 89;
    return outcome;
}

/// A terminal whose bytes are kept; `on()` shows them on a screen.
struct FakeTerminal {
    explicit FakeTerminal(int wide) : columns(wide) {}

    Screen on(int width) const {
        Screen screen(width, 24);
        screen.feed(err.str());
        return screen;
    }
    std::string seen() const { return joined(on(columns).lines()); }

    int columns;
    std::istringstream in;
    std::ostringstream out, err;
    app::Terminal terminal{.in = in, .out = out, .err = err, .columns = [this] { return columns; }, .environment = {}};
};

}  // namespace

TEST_CASE("at 80 columns the bar says everything") {
    FakeTerminal fake(80);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    CHECK(fake.seen() == "[===========>             ]  46%  Encoding clip 3 of 15  0:41  ETA 0:48  1.8x");
}

TEST_CASE("at 40 columns the percentage, a short bar and the time to go remain") {
    FakeTerminal fake(40);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    CHECK(fake.seen() == "[====>     ]  46%  0:41  ETA 0:48  1.8x");
}

TEST_CASE("at 200 columns the bar is longer, up to 50 cells") {
    FakeTerminal fake(200);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    CHECK(fake.seen() == "[" + std::string(23, '=') + ">" + std::string(26, ' ') +
                             "]  46%  Encoding clip 3 of 15  0:41  ETA 0:48  1.8x");
}

TEST_CASE("at 20 columns there is no bar, but the percentage and the time to go") {
    FakeTerminal fake(20);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    CHECK(fake.seen() == " 46%  ETA 0:48");
}

TEST_CASE("columns that are not known are taken for 80") {
    FakeTerminal known(80), unknown(0);
    TerminalBar(known.terminal, false, false, false).progress(at(46));
    TerminalBar(unknown.terminal, false, false, false).progress(at(46));
    CHECK(unknown.err.str() == known.err.str());
    unknown.terminal.columns = nullptr;
    unknown.err.str("");
    TerminalBar(unknown.terminal, false, false, false).progress(at(46));
    CHECK(unknown.err.str() == known.err.str());
}

TEST_CASE("a run never leaves its one line, whatever the width and the operation") {
    for (int columns = 1; columns <= 200; ++columns) {
        CAPTURE(columns);
        FakeTerminal fake(columns);
        TerminalBar bar(fake.terminal, false, true, true);
        std::size_t read = 0;
        Screen screen(columns, 24);
        for (int percent = 0; percent <= 100; percent += 5) {
            auto progress = at(percent);
            progress.operation =
                percent < 50 ? "Encoding 夏休み 🎬 " + std::string(static_cast<std::size_t>(percent), 'x') : "Joining";
            progress.elapsed_seconds = percent * 100;
            if (percent > 20) progress.remaining_seconds.reset();
            bar.progress(progress);
            screen.feed(fake.err.str().substr(read));
            read = fake.err.str().size();
            CHECK(screen.lines().size() == 1);
            CHECK(screen.cursor_column() <= columns - 1);
        }
        CHECK(screen.wraps() == 0);
    }
}

TEST_CASE("nothing of a longer line stays behind a shorter one") {
    FakeTerminal fake(80);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    auto later = at(99);
    later.operation = "Joining";
    later.remaining_seconds.reset();
    later.speed.reset();
    bar.progress(later);
    CHECK(fake.seen() == "[" + std::string(49, '=') + ">]  99%  Joining  0:41");
}

TEST_CASE("an operation that is too long is cut, or left out where a cut one would say nothing") {
    auto progress = at(46);
    progress.operation = "Encoding clips 112 to 141 of 3024 with four workers";
    FakeTerminal fake(80), narrow(50);
    TerminalBar bar(fake.terminal, false, false, false), narrow_bar(narrow.terminal, false, false, false);
    bar.progress(progress);
    narrow_bar.progress(progress);
    CHECK(fake.seen() == "[====>     ]  46%  Encoding clips 112 to 141 of 3024 with four worke…  ETA 0:48");
    CHECK(narrow.seen() == "[=========>          ]  46%  0:41  ETA 0:48  1.8x");
}

TEST_CASE("an operation cannot repaint the terminal") {
    auto progress = at(46);
    progress.operation = "\x1b[2Jgone\n";
    FakeTerminal fake(80);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(progress);
    CHECK(fake.seen() == "[================>                  ]  46%  \\x1b[2Jgone\\n  0:41  ETA 0:48  1.8x");
}

TEST_CASE("verbose adds the frames where there is room") {
    FakeTerminal wide(120), narrow(60);
    TerminalBar bar(wide.terminal, false, true, false), narrow_bar(narrow.terminal, false, true, false);
    bar.progress(at(46));
    narrow_bar.progress(at(46));
    CHECK(wide.seen().ends_with("1.8x  1380/3000 frames"));
    CHECK(narrow.seen().find("frames") == std::string::npos);
}

TEST_CASE("the columns are asked anew at each repaint") {
    FakeTerminal fake(200);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    Screen screen = fake.on(200);
    const std::size_t before = fake.err.str().size();
    fake.columns = 40;
    screen.resize(40);
    bar.progress(at(47));
    screen.feed(fake.err.str().substr(before));
    CHECK(joined(screen.lines()) == "[====>     ]  47%  0:41  ETA 0:48  1.8x");
    CHECK(screen.wraps() == 0);
}

TEST_CASE("a percentage is never below an earlier one of the same run, nor above 100") {
    FakeTerminal fake(30);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    bar.progress(at(45));
    CHECK(fake.seen().find(" 46%") != std::string::npos);
    bar.progress(at(120));
    CHECK(fake.seen().find("100%") != std::string::npos);
    auto next_run = at(2);
    next_run.run_id = 2;
    bar.progress(next_run);
    CHECK(fake.seen().find("  2%") != std::string::npos);
}

TEST_CASE("without colour the only sequence is erase-to-end") {
    FakeTerminal fake(80);
    {
        TerminalBar bar(fake.terminal, false, true, false);
        bar.progress(at(46));
        bar.note("probed again");
        bar.completed(ended(true));
    }
    const std::string bytes = fake.err.str();
    int sequences = 0;
    for (auto found = bytes.find('\x1b'); found != std::string::npos; found = bytes.find('\x1b', found + 1)) {
        CHECK(bytes.substr(found, 3) == "\x1b[K");
        ++sequences;
    }
    CHECK(sequences == 4);
}

TEST_CASE("colour changes no cell of the screen and is switched off again") {
    FakeTerminal plain(80), colored(80);
    TerminalBar bar(plain.terminal, false, false, false), colored_bar(colored.terminal, false, false, true);
    bar.progress(at(46));
    colored_bar.progress(at(46));
    CHECK(colored.seen() == plain.seen());
    const std::string bytes = colored.err.str();
    CHECK(bytes.find("\x1b[32m") < bytes.find("\x1b[0m"));
    CHECK(bytes.find("\x1b[0m") != std::string::npos);
}

TEST_CASE("a film that is done leaves the full bar and one newline") {
    FakeTerminal fake(80);
    {
        TerminalBar bar(fake.terminal, false, false, false);
        bar.progress(at(99));
        bar.completed(ended(true));
    }
    CHECK(fake.seen() == "[" + std::string(45, '=') + "] 100%  Completed  1:29  1.8x\n");
    CHECK(fake.err.str().ends_with("\n"));
}

TEST_CASE("a run that failed leaves an empty line to write the message on") {
    FakeTerminal fake(80);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(46));
    bar.completed(ended(false));
    CHECK(fake.seen().empty());
    CHECK(fake.on(80).cursor_column() == 0);
}

TEST_CASE("a bar that is destroyed while it shows takes itself away, as an error message will follow") {
    FakeTerminal fake(80);
    { TerminalBar(fake.terminal, false, false, false).progress(at(46)); }
    CHECK(fake.seen().empty());
}

TEST_CASE("a run that ends before any progress writes nothing") {
    FakeTerminal fake(80);
    { TerminalBar(fake.terminal, false, false, false).completed(ended(true)); }
    CHECK(fake.err.str().empty());
}

TEST_CASE("the next run begins a bar of its own below the last one") {
    FakeTerminal fake(30);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.progress(at(99));
    bar.completed(ended(true));
    bar.progress(at(3));
    CHECK(fake.seen() == "[==========] 100%  Completed\n[>         ]   3%  ETA 0:48");
}

TEST_CASE("a note stands above the bar, with nothing of the bar left on its line") {
    FakeTerminal fake(40);
    TerminalBar bar(fake.terminal, false, false, false);
    bar.note("first");
    bar.progress(at(46));
    bar.note("no thumbnail for \x1b[2J\n");
    CHECK(fake.seen() == "first\nno thumbnail for \\x1b[2J\\n\n[====>     ]  46%  0:41  ETA 0:48  1.8x");
}

TEST_CASE("quiet prints nothing at all") {
    FakeTerminal fake(80);
    {
        TerminalBar bar(fake.terminal, true, true, true);
        bar.progress(at(46));
        bar.note("a note");
        bar.completed(ended(true));
        bar.progress(at(46));
        bar.completed(ended(false));
        bar.progress(at(46));
    }
    CHECK(fake.err.str().empty());
    CHECK(fake.out.str().empty());
}

TEST_CASE("through a real pseudo-terminal the bar stays on its line") {
    FakeTerminal fake(40);
    TerminalBar bar(fake.terminal, false, false, true);
    for (int percent = 0; percent < 100; ++percent) bar.progress(at(percent));
    bar.note("a note");
    bar.completed(ended(true));
    const auto result = test::run_in_pty({"printf", "%s", fake.err.str()}, 40);
    CHECK(result.exit_code == 0);
    Screen screen(40, 24);
    for (const char byte : result.output) screen.feed({&byte, 1});
    CHECK(joined(screen.lines()) == fake.seen());
    CHECK(screen.lines().size() == 3);
    CHECK(screen.wraps() == 0);
}

TEST_CASE("the observer is chosen by the options, the terminal and its TERM") {
    const auto kind = [](bool terminal, std::map<std::string, std::string> environment, app::GlobalOptions options) {
        FakeTerminal fake(80);
        fake.terminal.err_is_terminal = terminal;
        fake.terminal.environment = std::move(environment);
        app::make_observer(fake.terminal, options)->progress(at(46));
        if (!fake.out.str().empty()) return fake.err.str().empty() ? "json" : "both";
        if (fake.err.str().empty()) return "nothing";
        if (fake.err.str().find('\r') == std::string::npos) return "plain";
        return fake.err.str().find('m') != std::string::npos && fake.err.str().find("\x1b[32m") != std::string::npos
                   ? "color"
                   : "bar";
    };
    const std::map<std::string, std::string> xterm{{"TERM", "xterm"}};
    CHECK(kind(true, xterm, {}) == std::string("color"));
    CHECK(kind(true, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}, {}) == std::string("bar"));
    CHECK(kind(true, {{"TERM", "xterm"}, {"NO_COLOR", ""}}, {}) == std::string("color"));
    CHECK(kind(true, xterm, {.library = {}, .no_color = true}) == std::string("bar"));
    CHECK(kind(true, {{"TERM", "dumb"}}, {}) == std::string("plain"));
    CHECK(kind(true, {}, {}) == std::string("plain"));
    CHECK(kind(false, xterm, {}) == std::string("plain"));
    CHECK(kind(true, xterm, {.library = {}, .quiet = true}) == std::string("nothing"));
    CHECK(kind(false, xterm, {.library = {}, .quiet = true}) == std::string("nothing"));
    CHECK(kind(true, xterm, {.library = {}, .json = true}) == std::string("json"));
    CHECK(kind(true, xterm, {.library = {}, .json = true, .quiet = true}) == std::string("json"));
}

TEST_CASE("who wants to know more sees each worker below the bar, and nothing of it stays") {
    FakeTerminal fake(60);
    {
        TerminalBar bar(fake.terminal, false, true, false);
        auto progress = at(46);
        progress.workers = {{2, "a.mov", 15, 60}, {11, "b.mov, c.mov and 3 more", 60, 60}};
        bar.progress(progress);
        const auto lines = fake.on(60).lines();
        REQUIRE(lines.size() == 3);
        CHECK(test::contains(lines[0], " 46%"));
        CHECK(lines[1] == "  segment    3  25%  a.mov");
        CHECK(lines[2] == "  segment   12 100%  b.mov, c.mov and 3 more");
        progress.workers.pop_back();
        progress.percent = 47;
        bar.progress(progress);
        CHECK(fake.on(60).lines().size() == 2);
        bar.note("a note");
        CHECK(fake.on(60).lines()[0] == "a note");
        CHECK(test::contains(fake.on(60).lines()[1], " 47%"));
        CHECK(fake.on(60).lines().size() == 3);
        bar.completed(ended(true));
        const auto last = fake.on(60).lines();
        CHECK(test::contains(last[1], "100%"));
        CHECK(last.size() == 3);
        CHECK(last[2].empty());
    }
    FakeTerminal many(60);
    TerminalBar bar(many.terminal, false, true, false);
    auto progress = at(46);
    for (std::size_t i = 0; i < 20; ++i) progress.workers.push_back({i, "a.mov", 0, 60});
    bar.progress(progress);
    CHECK(many.on(60).lines().back() == "  and 12 more");
    bar.completed(ended(false));
    CHECK(many.seen().empty());
}

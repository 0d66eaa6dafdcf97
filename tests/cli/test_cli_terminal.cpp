#include <doctest/doctest.h>

#include <algorithm>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

namespace dadcam::test {
namespace {

/// Only standard error is the terminal: the results go to a file, as in a script that a person watches.
std::vector<std::string> exporting(const Sandbox& sandbox, const Environment& environment = {}) {
    std::vector<std::string> all{"/bin/sh", "-c", "exec \"$@\" >\"$0\"", (sandbox / "out").string()};
    const auto program = words({{"export", "Film"}, sandbox.library, environment});
    all.insert(all.end(), program.begin(), program.end());
    return all;
}

/// The bytes up to the end of the bar, and what is written below it.
std::pair<std::string, std::string> bar_and_rest(const std::string& output) {
    const auto hundred = output.rfind("100%");
    REQUIRE(hundred != std::string::npos);
    const auto end = output.find('\n', hundred) + 1;
    return {output.substr(0, end), output.substr(end)};
}

int width_of(const std::string& repaint) {
    constexpr int kWide = 1000;
    Screen screen(kWide, 24);
    screen.feed(repaint);
    int widest = 0;
    for (const auto& line : screen.lines()) widest = std::max(widest, static_cast<int>(line.size()));
    return widest;
}

/// Each repaint's width: they begin with a carriage return, as the end of the line does.
std::vector<int> widths(const std::string& bar) {
    std::vector<int> all;
    for (auto at = bar.find('\r'); at != std::string::npos;) {
        const auto next = bar.find('\r', at + 1);
        const int width = width_of(bar.substr(at, next == std::string::npos ? next : next - at));
        if (width > 0) all.push_back(width);
        at = next;
    }
    return all;
}

}  // namespace

TEST_SUITE("terminal") {
    TEST_CASE("one line that repaints itself, in every width") {
        for (const int columns : {40, 80, 200}) {
            CAPTURE(columns);
            const SmallLibrary sandbox;
            const Gate gate(sandbox);  // the first pictures wait until the bar that announces them is there
            bool opened = false;
            const auto seen = run_in_pty(exporting(sandbox, stub_ffmpeg(sandbox, gate.wait())), columns, {},
                                         [&](Pty&, std::string_view output) {
                                             if (opened || std::count(output.begin(), output.end(), '\r') < 2) return;
                                             opened = true;
                                             gate.open();
                                         });
            CHECK(seen.exit_code == 0);
            const auto [bar, rest] = bar_and_rest(seen.output);
            Screen screen(columns, 24);
            screen.feed(bar);
            CHECK(screen.wraps() == 0);
            const auto lines = screen.lines();
            REQUIRE(lines.size() == 2);  // the bar, and the empty one that the cursor is on
            CHECK(contains(lines[0], "100%"));
            CHECK(contains(lines[0], "["));
            CHECK(lines[1].empty());
            CHECK(screen.cursor_column() == 0);
            CHECK(widths(bar).size() >= 4);  // starting, encoding, joining, completed
            CHECK(contains(bar, columns > 40 ? "Encoding clip 1 of 3" : "%"));
            CHECK_FALSE(contains(rest, "\x1b"));
            CHECK(read_file(sandbox / "out") == (sandbox.library / ".dadcam/exports/run_1.mp4").string() + "\n");
        }
    }

    TEST_CASE("a window that is made smaller and larger while it runs is honoured") {
        for (const auto& [first, second] : {std::pair{120, 40}, std::pair{40, 120}}) {
            CAPTURE(second);
            const SmallLibrary sandbox;
            const Gate gate(sandbox);  // no picture is rendered before the new size is there
            std::size_t resized_at = 0;
            const auto seen = run_in_pty(exporting(sandbox, stub_ffmpeg(sandbox, gate.wait())), first, {},
                                         [&, to = second](Pty& pty, std::string_view output) {
                                             if (resized_at > 0 || !contains(output, "%")) return;
                                             pty.resize(to);
                                             resized_at = output.size();
                                             gate.open();
                                         });
            CHECK(seen.exit_code == 0);
            const auto bar = bar_and_rest(seen.output).first;
            REQUIRE(bar.size() > resized_at);
            const auto after = widths(bar.substr(resized_at));
            // What was on its way already still has the old width; from the first new one on, all are new.
            const auto fits = [narrower = first > second, a = first, b = second](int width) {
                return narrower ? width < b : width >= a && width < b;
            };
            const auto from = std::find_if(after.begin(), after.end(), fits);
            CHECK(after.end() - from >= 2);
            CHECK(std::all_of(from, after.end(), fits));
        }
    }

    TEST_CASE("NO_COLOR and --no-color leave the colours out, and nothing else") {
        const SmallLibrary sandbox;
        const auto seen = [&](const std::vector<std::string>& arguments, const Environment& environment) {
            return run_in_pty(words({arguments, sandbox.library, environment}), 80).output;
        };
        CHECK(contains(seen({"export", "Film"}, {}), "\x1b[32m"));
        for (const auto& plain :
             {seen({"export", "Film"}, {{"NO_COLOR", "1"}}), seen({"export", "Film", "--no-color"}, {})}) {
            CHECK_FALSE(contains(plain, "\x1b[32m"));
            CHECK(contains(plain, "\x1b[K"));
            CHECK(contains(plain, "100%"));
        }
    }

    TEST_CASE("a dumb terminal gets lines") {
        const SmallLibrary sandbox;
        const auto seen = run_in_pty(words({{"export", "Film"}, sandbox.library, {{"TERM", "dumb"}}}), 80);
        CHECK(seen.exit_code == 0);
        CHECK_FALSE(contains(seen.output, "\x1b"));
        CHECK(contains(seen.output, "  0%  Starting export"));
    }

    TEST_CASE("--quiet says nothing but the result") {
        const SmallLibrary sandbox;
        const auto path = (sandbox.library / ".dadcam/exports/run_").string();
        const auto seen = run_in_pty(words({{"export", "Film", "--quiet"}, sandbox.library}), 200);
        CHECK(seen.exit_code == 0);
        CHECK(seen.output == path + "1.mp4\r\n");
        const auto piped = sandbox.dadcam({"export", "Film", "--quiet"});
        CHECK(piped.out == path + "2.mp4\n");
        CHECK(piped.err.empty());
    }

    TEST_CASE("what is piped holds no control codes") {
        const SmallLibrary sandbox;
        const auto exported = sandbox.dadcam({"export", "Film"});
        CHECK(contains(exported.err, "  0%  Starting export"));
        CHECK_FALSE(has_control_codes(exported.err));
        CHECK_FALSE(has_control_codes(exported.out));
        for (const std::vector<std::string>& command : {std::vector<std::string>{"ingest", "."},
                                                        {"clips"},
                                                        {"recipe-list"},
                                                        {"recipe-show", "1"},
                                                        {"export-history"},
                                                        {"export-details", "1", "--logs", "--segments"},
                                                        {"--help"},
                                                        {"export", "--help"}}) {
            CAPTURE(command.front());
            const auto ran = sandbox.dadcam(command);
            CHECK_FALSE(has_control_codes(ran.out));
            CHECK_FALSE(has_control_codes(ran.err));
        }
    }
}

}  // namespace dadcam::test

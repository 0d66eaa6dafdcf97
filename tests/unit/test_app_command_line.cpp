#include <doctest/doctest.h>

#include <algorithm>
#include <apps/arguments/command_line.hpp>
#include <libdadcam/error.hpp>
#include <sstream>

namespace dadcam::test {
namespace {

using Words = std::vector<std::string>;

/// A program with a command of every kind of argument, and one of verbs.
struct Program {
    Program() {
        auto make = line.add_command("make", "group", "Makes it", "program make it");
        make.add_option("NAME", names, "Names");
        make.add_option("--place", place, "A place");
        make.add_option("--maybe", maybe, "Perhaps");
        make.add_option("--each", each, "Words").one_value_each();
        make.add_option("--id", ids, "Numbers").one_value_each();
        make.add_option("--seconds", seconds, "How long").range(1.0, 60.0).show_default();
        make.add_option("--count", count, "How many").range(1U, 4U);
        make.add_option("--kind", kind, "Which").one_of({"good", "bad"});
        make.add_option("--event", place, "Of which").offers(app::Offered::events);
        auto put = line.add_command("put", "group", "Puts it", "program put in");
        put.add_verb("in", "Into it", "program put in", verb);
        put.add_verb("out", "Out of it", "program put out", verb);
    }

    std::optional<std::string> parse(const Words& words) { return line.parse(words, terminal); }

    /// What is said of words that cannot be.
    std::string refusal(const Words& words) {
        try {
            parse(words);
        } catch (const Error& error) {
            CHECK(error.category() == Category::usage);
            return error.what();
        }
        return "";
    }

    Words names, each;
    std::string place, kind, verb;
    std::optional<std::string> maybe;
    std::vector<std::int64_t> ids;
    double seconds = 7;
    unsigned count = 0;
    std::istringstream in;
    std::ostringstream out, err;
    app::Terminal terminal{in, out, err, false, false, false, {}, {}};
    app::CommandLine line{"program", "Tries", "program 1", "The end"};
};

}  // namespace

TEST_CASE("every word of a list or an option is taken as it is") {
    for (const std::string word : {"[a]", "[a,b]", "[]", "[[aa]]", "{}", "%%", "\x7f", "\x7fZ[", "\"a\"", "a,b", ""}) {
        CAPTURE(word);
        Program program;
        CHECK(program.parse({"make", word, "--place", word, "--maybe", word, "--each", word, word}) == "make");
        CHECK(program.names == Words{word, word});
        CHECK(program.place == word);
        CHECK(program.maybe == word);
        CHECK(program.each == Words{word});
    }
}

TEST_CASE("an option of one value each leaves the next word alone, and may be given again") {
    Program program;
    program.parse({"make", "--each", "a", "b", "--each=[c,d]", "--id", "3", "--id", "4"});
    CHECK(program.each == Words{"a", "[c,d]"});
    CHECK(program.names == Words{"b"});
    CHECK(program.ids == std::vector<std::int64_t>{3, 4});
}

TEST_CASE("a number out of its range is refused, as is one that is none") {
    for (const std::string word : {"0.9", "61", "inf", "", "7s", "[7]"}) {
        CAPTURE(word);
        CHECK(Program().refusal({"make", "--seconds", word}).find("Value " + word + " not in range") !=
              std::string::npos);
    }
    CHECK(Program().refusal({"make", "--seconds", "nan"}) == "--seconds: it is not a number.");
    CHECK(Program().refusal({"make", "--count", "5"}).starts_with("--count: Value 5 not in range"));
    CHECK(Program().refusal({"make", "--kind", "[good]"}) == "--kind: [good] not in {good,bad}.");
    CHECK(Program().refusal({"make", "--id", "[1,2]"}) == "Could not convert: --id = [1,2].");
}

TEST_CASE("of a command's verbs one has to follow") {
    Program program;
    CHECK(program.parse({"put", "out"}) == "put");
    CHECK(program.verb == "out");
    CHECK_FALSE(Program().refusal({"put"}).empty());
    CHECK_FALSE(Program().refusal({"put", "under"}).empty());
}

TEST_CASE("help is written, of a command, a verb or all, and nothing is to run") {
    for (const auto& [words, says] : {std::pair<Words, const char*>{{"--help"}, "The end"},
                                      {{}, "The end"},
                                      {{"make", "-h"}, "7"},
                                      {{"make", "--help"}, "program make it"},
                                      {{"put", "out", "--help"}, "program put out"},
                                      {{"--version"}, "program 1\n"}}) {
        Program program;
        CHECK_FALSE(program.parse(words));
        CHECK(program.out.str().find(says) != std::string::npos);
        CHECK(program.err.str().empty());
    }
}

TEST_CASE("what can stand next is known from what was declared") {
    const Program program;
    const auto words = [&](const Words& typed) { return program.line.next(typed).offer.words; };
    CHECK(words({""}) == Words{"make", "put"});
    CHECK(words({}) == Words{"make", "put"});
    CHECK(words({"put", ""}) == Words{"in", "out"});
    CHECK(words({"put", "in", ""}).empty());
    CHECK(words({"make", "--kind", ""}) == Words{"good", "bad"});
    CHECK(words({"make", "--kind=b"}) == Words{"good", "bad"});
    CHECK(words({"make", "--count", "1", "--kind", ""}) == Words{"good", "bad"});
    const auto options = words({"make", "-"});
    for (const char* option : {"--kind", "--help", "-h"})
        CHECK(std::find(options.begin(), options.end(), option) != options.end());
    CHECK(std::find(options.begin(), options.end(), "--version") == options.end());
    CHECK(program.line.next({"make", "a", "--event", "x", "b", "--event", ""}).offer.kind == app::Offered::events);
    CHECK(program.line.next({"make", "a", "--event", "x", "b", ""}).before == Words{"a", "b"});
    for (const Words& nonsense : {Words{"nothing", ""}, Words{"--", "--x=", "="}, Words{"make", "--nothing", ""}})
        CHECK_NOTHROW(program.line.next(nonsense));
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <tests/cli/film.hpp>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

const std::string kClip = "-evil\x1b[31m\x1b]0;title\x07\nsecond line\x9b 100% 'it' \"is\" $HOME `id`.mp4";

/// A library with a clip whose name a terminal would obey.
struct Evil : Sandbox {
    explicit Evil(const std::string& name = "library") : Sandbox(name) {
        take_clips({kFewClips[0]});
        fs::create_directories(library / "ev\x1b[7ment");
        fs::copy_file(sample_library() / kFewClips[1], library / "ev\x1b[7ment" / kClip);
        make_library({"--resolution", "64x36", "--fps", "25"});
    }
};

}  // namespace

TEST_SUITE("names") {
    TEST_CASE("a library may have any name, and be anywhere") {
        for (const std::string name : {"it's \"quoted\"/two\nlines/100% %d {0} $HOME",
                                       "-dash a:b/#1, which? [yes]; no & *", "back\\slash/Ferien in Österreich 日本"}) {
            CAPTURE(name);
            const Sandbox sandbox(name);
            sandbox.take_clips({kFewClips[2]});
            sandbox.make_library({"--resolution", "64x36", "--fps", "25"});
            const auto film = sandbox.library / ".dadcam/exports/run_1.mp4";
            const auto lines = json_lines(sandbox.must({"export", "Film", "--json"}));
            CHECK(lines.back()["outputPath"] == film.string());
            check_film(film, 25, {25, 1});
            CHECK(fs::exists(sandbox.library / ".dadcam/exports/run_1_thumb.jpg"));
        }
    }

    TEST_CASE("-o may name any file") {
        const Sandbox sandbox;
        sandbox.take_clips({kFewClips[2]});
        sandbox.make_library({"--resolution", "64x36", "--fps", "25"});
        for (const std::string name :
             {"-film.mp4", "100%d.mp4", "it's: a \"film\" #1?.mp4", "two\nlines.mp4", "film"}) {
            CAPTURE(name);
            sandbox.must({"export", "Film", "--output=" + name});
            check_film(sandbox.library / name, 25, {25, 1});
        }
    }

    TEST_CASE("a clip's name never reaches a terminal raw") {
        const Evil sandbox;
        for (const std::vector<std::string>& command : {std::vector<std::string>{"clips"},
                                                        {"clips", "--events"},
                                                        {"recipe-show", "Film"},
                                                        {"export", "Film"},
                                                        {"export-details", "1", "--logs", "--segments"},
                                                        {"export-history"},
                                                        {"ingest", "-v", "."}}) {
            CAPTURE(command.front());
            const auto ran = sandbox.dadcam(command);
            CHECK(ran.ended() == "exit code 0");
            for (const auto& text : {ran.out, ran.err}) {
                CHECK_FALSE(has_control_codes(text));
                CHECK_FALSE(contains(text, "\x9b"));
            }
        }
        const auto seen = run_in_pty(words({{"clips"}, sandbox.library}), 300);
        CHECK_FALSE(contains(seen.output, "\x1b[31m"));
        CHECK_FALSE(contains(seen.output, "\x1b[7m"));
        CHECK_FALSE(contains(seen.output, "\x07"));
        CHECK(contains(seen.output, "\\x1b[31m"));
    }

    TEST_CASE("messages about such a clip are harmless too, and name it") {
        const Evil sandbox;
        fs::remove(sandbox.library / "ev\x1b[7ment" / kClip);
        const auto gone = sandbox.dadcam({"export", "Film"});
        CHECK(gone.ended() == "exit code 11");
        CHECK_FALSE(has_control_codes(gone.err));
        CHECK(contains(gone.err, "\\x1b[31m"));
        const auto refused = sandbox.dadcam({"export", "no\x1b[31m recipe"});
        CHECK_FALSE(has_control_codes(refused.err));
        const auto typed = sandbox.dadcam({"ex\x1b[31m"});
        CHECK(typed.ended() == "exit code 2");
        CHECK_FALSE(has_control_codes(typed.err));
        const auto option = sandbox.dadcam({"clips", "--ex\x1b[31m\x07"});
        CHECK(option.ended() == "exit code 2");
        CHECK_FALSE(has_control_codes(option.err));
    }

    TEST_CASE("--json stays JSON, whatever the names") {
        const Evil sandbox("two\nlines");
        json_lines(sandbox.must({"export", "Film", "--json"}));
        for (const std::vector<std::string>& listing : {std::vector<std::string>{"clips"},
                                                        {"clips", "--events"},
                                                        {"recipe-show", "Film"},
                                                        {"export-history"},
                                                        {"export-details", "1", "--segments", "--logs"}}) {
            CAPTURE(listing.front());
            sandbox.json(listing);
        }
    }

    TEST_CASE("a word in brackets is a name like any other") {
        for (const std::string name : {"[a,b]", "[]", "{}", "[[aa]]"}) {
            CAPTURE(name);
            const Sandbox sandbox;
            sandbox.take_clips({kFewClips[0]});
            fs::create_directories(sandbox.library / name);
            fs::copy_file(sample_library() / kFewClips[1], sandbox.library / name / "clip.mp4");
            sandbox.must({"init"});
            CHECK(sandbox.json({"ingest", name})["added"].size() == 1);
            CHECK(sandbox.json({"ingest", "."})["added"].size() == 1);
            CHECK(sandbox.json({"clips", "--event", name}).size() == 1);
            CHECK(sandbox.json({"clips", "--event=" + name}).size() == 1);
            CHECK(sandbox.json({"tag", "add", name, "1"})["changed"] == 1);
            CHECK(sandbox.json({"clips", "--tag", name}).size() == 1);
            const auto recipe = sandbox.json({"recipe-create", name, "--mode", "all", "--event", name, "--tag", name});
            CHECK(recipe["name"] == name);
            CHECK(recipe["selectedClips"] == 1);
            CHECK(sandbox.json({"export", name, "--dry-run"})["totalClips"] == 1);
            CHECK(sandbox.json({"tag", "remove", name, "1"})["changed"] == 1);
        }
    }

    TEST_CASE("what is said of a word in brackets names it as it was typed") {
        const SmallLibrary sandbox;
        CHECK(contains(sandbox.dadcam({"ingest", "[Italy]"}).err, "/[Italy]: No such file"));
        check_refused(sandbox, {"export", "[Best]"}, 1, "There is no recipe \"[Best]\".");
        check_refused(sandbox, {"tag", "add", "good", "[1,2]"}, 2, "CLIP = [1,2]", "dadcam tag --help");
        check_refused(sandbox, {"export-details", "{1}"}, 2, "{1}", "");
        check_refused(sandbox, {"clips", "--[x]"}, 2, "--[x]", "");
        check_refused(sandbox, {"export", "Film", "--on-error", "[stop]"}, 2, "[stop] not in {stop,skip}", "");
    }

    TEST_CASE("recipe and library names are as harmless") {
        const SmallLibrary sandbox;
        sandbox.must({"recipe-create", "\x1b[31mred\nfilm", "--mode", "all", "--resolution", "64x36"});
        for (const std::vector<std::string>& command : {std::vector<std::string>{"recipe-list"},
                                                        {"recipe-show", "2"},
                                                        {"export", "2"},
                                                        {"export-history"},
                                                        {"export-details", "1"},
                                                        {"export-rerun", "1"},
                                                        {"recipe-delete", "2"},
                                                        {"export-delete", "1", "--yes"}}) {
            CAPTURE(command.front());
            const auto ran = sandbox.dadcam(command);
            CHECK(ran.ended() == "exit code 0");
            CHECK_FALSE(has_control_codes(ran.out));
            CHECK_FALSE(has_control_codes(ran.err));
        }
        const auto init = sandbox.dadcam({"init", (sandbox / "new\x1b[31m").string(), "--name", "\x1b[31m"});
        CHECK_FALSE(has_control_codes(init.out));
        CHECK_FALSE(has_control_codes(init.err));
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

namespace dadcam::test {
namespace {

std::string list_of(const Sandbox& sandbox, const std::string& recipe) {
    return sandbox.must({"recipe-show", recipe, "--list"});
}

Ran edit(const Sandbox& sandbox, const std::string& recipe, const std::string& text) {
    write_file(sandbox / "list.txt", text);
    return sandbox.dadcam({"recipe-edit", recipe, "--file", (sandbox / "list.txt").string()});
}

Json recipe_of(const Sandbox& sandbox, const std::string& name) {
    return sandbox.json({"recipe-show", name});
}

}  // namespace

TEST_SUITE("recipe_edit") {
    TEST_CASE("the list as it is printed changes nothing; a shorter one makes a shorter film") {
        const SmallLibrary sandbox;
        const auto list = list_of(sandbox, "Film");
        CHECK(contains(list, "# Film: 3 clips, 0:0"));
        CHECK(contains(edit(sandbox, "Film", list).out, "Nothing was changed."));
        CHECK(recipe_of(sandbox, "Film")["mode"] == "all");

        const auto first = recipe_of(sandbox, "Film")["clipIds"][0].get<int>();
        const auto second = recipe_of(sandbox, "Film")["clipIds"][1].get<int>();
        const auto text = "card \"Begin\" 1\nclip " + std::to_string(second) + " 0-0.4\nclip " + std::to_string(first) +
                          "  0:00.2-0:00.6 \"whatever\"\nclip " + std::to_string(second) + "\n";
        CHECK(edit(sandbox, "Film", text).exit.code == 0);
        const auto recipe = recipe_of(sandbox, "Film");
        CHECK(recipe["mode"] == "list");
        CHECK(recipe["clipIds"] == Json{second, first, second});
        CHECK(contains(edit(sandbox, "Film", list_of(sandbox, "Film")).out, "Nothing was changed."));
        const auto done = json_lines(sandbox.must({"export", "Film", "--json"})).back();
        CHECK(done["framesTotal"].get<int>() >= 25 + 10 + 10 + 1);
        CHECK(contains(sandbox.dadcam({"export", "Film"}).err, "1 clip would fit, but is not in the list."));
    }

    TEST_CASE("a wrong line is named, and nothing is changed") {
        const SmallLibrary sandbox;
        const auto before = recipe_of(sandbox, "Film");
        for (const auto& [text, says] :
             std::vector<std::pair<std::string, std::string>>{{"clip 1\nclip 77\n", "Line 2"},
                                                              {"clip 1 9:99-\n", "Line 1"},
                                                              {"clip 1 5:00-6:00\n", "Line 1"},
                                                              {"# nothing\n\n", "The list has no clip."},
                                                              {"card \"x\" 2\n", "The list has no clip."},
                                                              {"film 1\n", "Line 1"}}) {
            CAPTURE(text);
            const auto ran = edit(sandbox, "Film", text);
            CHECK(ran.exit.code == 2);
            CHECK(contains(ran.err, says));
            CHECK(recipe_of(sandbox, "Film") == before);
        }
        check_refused(sandbox, {"recipe-edit", "Film"}, 2, "An editor needs a terminal.", "--file");
        check_refused(sandbox, {"recipe-edit", "Film", "--file", "none.txt"}, 11, "none.txt cannot be read.", "");
        check_refused(sandbox, {"recipe-edit", "Film", "--file", "x", "--fit", "crop"}, 2, "cannot be combined",
                      "twice");
        check_refused(sandbox, {"recipe-edit", "Film", "--mode", "list"}, 2, "cannot begin as a list", "recipe-edit");
    }

    TEST_CASE("an editor is opened in a terminal; what it leaves is taken, or kept when it is wrong") {
        const SmallLibrary sandbox;
        const auto run = [&](const std::string& editor) {
            const auto temporary = sandbox.library.string();
            auto call = Call{{"recipe-edit", "Film"}, sandbox.library, {{"VISUAL", editor}, {"TMPDIR", temporary}}};
            return run_in_pty(words(call), 100).output;
        };
        CHECK(contains(run("true"), "Nothing was changed."));
        CHECK(contains(run("false"), "ended with exit code 1"));
        CHECK(contains(run("no-such-editor"), "no-such-editor"));
        const auto wrong = run("sed -i s/^clip/klipp/");
        CHECK(contains(wrong, "Line "));
        CHECK(contains(wrong, "Your text is kept."));
        CHECK(recipe_of(sandbox, "Film")["mode"] == "all");
        CHECK(contains(run("sed -i -e \"0,/^clip/{/^clip/d}\""), "Changed recipe 1"));
        CHECK(recipe_of(sandbox, "Film")["clipIds"].size() == 2);
    }

    TEST_CASE("its options change one thing of a recipe, and an empty word takes it off") {
        const SmallLibrary sandbox;
        auto wanted = recipe_of(sandbox, "Film");
        sandbox.must({"recipe-edit", "Film", "--title", "Summer", "--loudness", "-23", "--cards", "day"});
        auto recipe = recipe_of(sandbox, "Film");
        CHECK(recipe["title"]["title"] == "Summer");
        CHECK(recipe["loudness"] == -23);
        CHECK(recipe["cards"] == "day");
        sandbox.must({"recipe-edit", "Film", "--title", "", "--loudness", "-16", "--cards", "none"});
        CHECK(recipe_of(sandbox, "Film") == wanted);
        check_refused(sandbox, {"recipe-edit", "Film", "--event", "Moon"}, 1, "No clip has the event",
                      "clips --events");
        check_refused(sandbox, {"recipe-edit", "Film", "--loudness", "loud"}, 2, "is not a loudness", "-16");
        check_refused(sandbox, {"recipe-edit", "Film", "--clip-sound", "off"}, 2, "would be silent", "--music");
        check_refused(sandbox, {"recipe-edit", "Film", "--language", "klingon"}, 2, "is not a language", "pt-BR");
        check_refused(sandbox, {"recipe-edit", "None", "--fit", "crop"}, 1, "There is no recipe", "Film");
        CHECK(recipe_of(sandbox, "Film") == wanted);
    }

    TEST_CASE("a saved recipe is the same in a copy of the library, by its clips' contents") {
        const SmallLibrary sandbox, other("other");
        const auto file = (sandbox / "film.json").string();
        edit(sandbox, "Film", "card \"One\" 1\nclip 2 0-0.4\nclip 1\n");
        sandbox.must({"recipe-save", "Film", file});
        check_refused(sandbox, {"recipe-save", "Film", file}, 12, "is already there", "");
        sandbox.must({"recipe-save", "Film", file, "--force"});
        other.must({"recipe-create", "Again", "--load", file});
        const auto here = recipe_of(sandbox, "Film"), there = recipe_of(other, "Again");
        CHECK(there["mode"] == "list");
        CHECK(there["list"].size() == 3);
        CHECK(there["list"][1]["contentId"] == here["list"][1]["contentId"]);
        CHECK(there["clipIds"].size() == 2);
        write_file(sandbox / "bad.json", "{\"dadcam\": \"recipe\", \"name\": 3}");
        for (const char* bad : {"bad.json", "library/.dadcam/dadcam.db"})
            check_refused(other, {"recipe-create", "Bad", "--load", (sandbox / bad).string()}, 2, "is not a recipe",
                          "");
    }

    TEST_CASE("a clip of a list that is gone is named, or left out") {
        const SmallLibrary sandbox;
        edit(sandbox, "Film", "clip 2\nclip 1\nclip 2 0-0.2\n");
        sandbox.must({"clip-remove", "2", "--yes"});
        CHECK(contains(list_of(sandbox, "Film"), "clip 2"));
        CHECK(contains(edit(sandbox, "Film", list_of(sandbox, "Film")).out, "Nothing was changed."));
        const auto refused = sandbox.dadcam({"export", "Film"});
        CHECK(refused.exit.code == 11);
        CHECK(contains(refused.err, "no longer in the library"));
        CHECK(sandbox.dadcam({"export", "Film", "--on-error", "skip"}).exit.code == 3);
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <sstream>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr const char* kEvent = "Été à l'Île";
constexpr const char* kOther = "He said \"hi\": $HOME `x`";

/// A library with names that a shell has to quote.
struct Named : SmallLibrary {
    Named() {
        const auto name = [&](int id, const std::string& event) {
            SQLite::Statement change(database_, "UPDATE clips SET event = ? WHERE id = ?");
            change.bind(1, event);
            change.bind(2, id);
            change.exec();
        };
        name(1, kEvent);
        name(2, kOther);
        name(3, kOther);
    }

    /// What a shell puts on the line, run by the test's own script in it.
    Words offered(const std::string& shell, const std::string& script) const {
        const auto bin = *this / "bin";
        fs::create_directories(bin);
        std::error_code error;
        fs::create_symlink(DADCAM_TEST_PROGRAM, bin / "dadcam", error);
        const process::Stop stop;
        const auto path = bin.string() + ":" + std::getenv("PATH");
        const auto captured = process::capture(
            {tool("env"),
             {"PATH=" + path, "LC_ALL=C.UTF-8", "HOME=" + (*this / "home").string(), tool(shell), "-c", script},
             library.string()},
            process::Stream::out, 1 << 20, std::chrono::minutes{5}, stop);
        Words lines;
        std::istringstream text(captured.output);
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        return lines;
    }

    /// `words`: as bash breaks the line that was typed, each quoted for bash.
    Words bash(const std::string& words) const {
        return offered("bash",
                       "source " DADCAM_TEST_COMPLETIONS "/dadcam.bash; COMP_WORDS=(" + words +
                           "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _dadcam; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

private:
    SQLite::Database database_ = database();
};

bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_here(const std::string& shell) {
    const char* path = std::getenv("PATH");
    return process::find_optional_tool(shell, path != nullptr ? path : "").has_value();
}

}  // namespace

TEST_SUITE("complete") {
    TEST_CASE("the program names what can stand next, as it is") {
        const Named sandbox;
        CHECK(sandbox.must({"__complete", "clips", "--event", ""}) ==
              "words\nHe said \"hi\": $HOME `x`\nÉté à l'Île\n");
        CHECK(sandbox.must({"__complete", "export", ""}) == "words\nFilm\n");
        CHECK(sandbox.must({"__complete", "ingest", ""}) == "files\n");
        CHECK(sandbox.must({"__complete", "init", ""}) == "folders\n");
        CHECK(sandbox.must({"__complete", "config", "trust", ""}) == "folders\n");
        CHECK(contains(sandbox.must({"__complete", "config", "zone", ""}), "\nEurope/Berlin\n"));
        CHECK(sandbox.must({"__complete", "tag", "add", ""}) == "words\narchived\nbad\nfavorite\n");
        CHECK(sandbox.must({"__complete", "--library", "/nowhere", "export", ""}) == "words\n");
        CHECK(sandbox.must({"__complete"}) == sandbox.must({"__complete", ""}));
    }

    TEST_CASE("asking changes nothing: an older library is not migrated, and nothing is swept up") {
        const Named sandbox;
        sandbox.must({"export", "Film"});
        sandbox.must({"export-rerun", "1", "--queue"});
        auto database = sandbox.database();
        database.exec("UPDATE export_runs SET status = 'rendering' WHERE id = 2");
        const auto before = tree_of(sandbox.library);
        CHECK(sandbox.must({"__complete", "export-details", ""}) == "words\n2\n1\n");
        CHECK(differences(before, tree_of(sandbox.library)).empty());
        CHECK(database.execAndGet("SELECT status FROM export_runs WHERE id = 2").getString() == "rendering");
    }

    TEST_CASE("bash completes names of any letters, as they are quoted") {
        const Named sandbox;
        CHECK(sandbox.bash("dadcam clips --event ''") ==
              Words{R"(He\ said\ \"hi\"\:\ \$HOME\ \`x\`)", R"(Été\ à\ l\'Île)"});
        CHECK(sandbox.bash("dadcam clips --event Ét") == Words{R"(Été\ à\ l\'Île)"});
        CHECK(sandbox.bash(R"(dadcam clips --event '"Ét')") == Words{"Été à l'Île"});
        CHECK(sandbox.bash(R"(dadcam clips --event "'He said")") == Words{"He said \"hi\": $HOME `x`"});
        CHECK(sandbox.bash(R"(dadcam clips --event '"He')") == Words{R"(He said \"hi\": \$HOME \`x\`)"});
        CHECK(sandbox.bash("dadcam clips --event = Ét") == Words{R"(Été\ à\ l\'Île)"});
        CHECK(sandbox.bash(R"(dadcam clips --event 'He\ said\ \"hi\"' : '\ ')") == Words{R"(\ \$HOME\ \`x\`)"});
        sandbox.must({"tag", "add", "Uncle Bob's", "1"});
        sandbox.must({"tag", "add", "the \"best\"", "1"});
        CHECK(sandbox.bash(R"(dadcam clips --tag "'Unc")") == Words{R"(Uncle Bob'\''s)"});
        CHECK(sandbox.bash(R"(dadcam clips --tag '"the')") == Words{R"(the \"best\"")"});
        sandbox.must({"tag", "add", "me@home", "1"});
        CHECK(sandbox.bash("dadcam clips --tag me @ ho") == Words{"home"});
        write_file(sandbox.library / "12:30.mov", "");
        CHECK(sandbox.bash("dadcam ingest 12 : 3") == Words{"30.mov"});
        CHECK(sandbox.bash("dadcam exp") == Words{"export", "export-rerun", "export-cancel", "export-history",
                                                  "export-details", "export-open", "export-delete"});
        CHECK(has(sandbox.bash("dadcam export --st"), "--stall-timeout"));
    }

    TEST_CASE("fish completes them, too" * doctest::skip(!is_here("fish"))) {
        const Named sandbox;
        const auto fish = [&](const std::string& line) {
            return sandbox.offered("fish",
                                   "source " DADCAM_TEST_COMPLETIONS "/dadcam.fish; complete -C '" + line + "'");
        };
        CHECK(fish("dadcam clips --event Ét") == Words{"Été à l'Île"});
        CHECK(has(fish("dadcam export --st"), "--stall-timeout"));
        CHECK(fish("dadcam export ") == Words{"Film"});
    }
}

}  // namespace dadcam::test

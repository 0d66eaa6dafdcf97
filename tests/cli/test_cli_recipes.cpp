#include <doctest/doctest.h>

#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

/// recipe-create NAME with these options.
std::vector<std::string> create(std::vector<std::string> options) {
    options.insert(options.begin(), {"recipe-create", "New"});
    return options;
}

}  // namespace

TEST_SUITE("recipes") {
    TEST_CASE("recipe-create refuses what cannot be meant, each with its own sentence") {
        const SmallLibrary sandbox;
        const auto refused = [&](const std::vector<std::string>& options, int code, const std::string& says,
                                 const std::string& advises) {
            check_refused(sandbox, create(options), code, says, advises);
        };
        refused({}, 2, "--mode is required", "recipe-create --help");
        refused({"--mode", "by_mood"}, 2, "There is no mode named \"by_mood\".", "by_date");
        refused({"--mode", "all", "--order", "backwards"}, 2, "There is no order named", "shuffle");
        refused({"--mode", "all", "--preset", "vhs"}, 2, "There is no preset named \"vhs\".",
                "share, archive or original");
        refused({"--mode", "all", "--from", "2019-08", "--to", "2019-07"}, 2, "is after --to", "Swap");
        refused({"--mode", "all", "--from", "2019-02-30"}, 2, "\"2019-02-30\" is not a date.", "2019-07");
        refused({"--mode", "by_date"}, 2, "--mode by_date needs --from", "For example");
        refused({"--mode", "by_event"}, 2, "--mode by_event needs --event.", "dadcam clips --events");
        refused({"--mode", "by_event", "--event", "Moon"}, 1, "No clip has the event \"Moon\".", "clips --events");
        refused({"--mode", "all", "--tag", "nice"}, 1, "No clip has the tag \"nice\".", "clips --tags");
        refused({"--mode", "all", "--include", "ugly"}, 2, "--include takes bad or archived", "--tag");
        refused({"--mode", "by_favorites"}, 1, "selects no clips.", "Nothing was written");
        refused({"--mode", "by_date", "--from", "2030"}, 1, "selects no clips.", "Nothing was written");
        refused({"--mode", "all", "--max-clip-secs", "-1"}, 2, "--max-clip-secs", "--help");
        refused({"--mode", "all", "--max-clip-secs", "0.0001"}, 2, "leaves nothing of any clip.", "above 0");
        refused({"--mode", "all", "--resolution", "big"}, 2, "\"big\" is not a resolution.", "1920x1080");
        refused({"--mode", "all", "--resolution", "321x180"}, 2, "A film of 321x180 cannot be made.", "even");
        refused({"--mode", "all", "--fps", "0"}, 2, "\"0\" is not a frame rate.", "29.97");
        refused({"--mode", "all", "--speed", "2"}, 2, "--speed", "recipe-create --help");
        check_refused(sandbox, {"recipe-create", "Film", "--mode", "all"}, 1,
                      "There is already a recipe named \"Film\".", "recipe-delete");
        check_refused(sandbox, {"recipe-create", "7", "--mode", "all"}, 2, "numbers are ids.", "letter");
        check_refused(sandbox, {"recipe-create", "", "--mode", "all"}, 2, "A recipe needs a name.", "");
    }

    TEST_CASE("each mode selects the clips it says, in the order of their recording") {
        const SmallLibrary sandbox;
        const auto clips = sandbox.json({"clips"});
        const auto selected = [&](const std::string& name, std::vector<std::string> options) {
            options.insert(options.begin(), {"recipe-create", name});
            sandbox.must(options);
            const auto recipe = sandbox.json({"recipe-show", name});
            std::vector<std::string> paths;
            for (const auto& id : recipe["clipIds"]) {
                for (const auto& clip : clips) {
                    if (clip["id"] == id) paths.push_back(clip["path"].get<std::string>());
                }
            }
            return paths;
        };
        const auto path = [&](std::size_t clip) { return (sandbox.library / kFewClips[clip]).string(); };
        using Paths = std::vector<std::string>;
        CHECK(selected("a", {"--mode", "all"}) == Paths{path(0), path(1), path(2)});
        CHECK(selected("b", {"--mode", "by_event", "--event", "2012 Birthday"}) == Paths{path(1)});
        CHECK(selected("c", {"--mode", "by_date", "--from", "2012", "--to", "2012-09-30"}) == Paths{path(1)});
        CHECK(selected("d", {"--mode", "by_date", "--from", "2012-10"}) == Paths{path(2)});

        std::string phone;
        for (const auto& clip : clips) {
            if (clip["path"] == path(2)) phone = clip["id"].dump();
        }
        sandbox.must({"tag", "add", "favorite", phone});
        CHECK(selected("e", {"--mode", "by_favorites"}) == Paths{path(2)});
        sandbox.must({"tag", "add", "bad", phone});
        CHECK(selected("f", {"--mode", "all"}) == Paths{path(0), path(1)});
        CHECK(selected("g", {"--mode", "all", "--include", "bad"}).size() == 3);
    }

    TEST_CASE("a recipe is listed, shown, and deleted by id or name") {
        const SmallLibrary sandbox;
        sandbox.must({"recipe-create", "Second", "--mode", "all", "--order", "shuffle", "--seed", "7"});
        CHECK(sandbox.json({"recipe-list"}).size() == 2);
        CHECK(contains(sandbox.must({"recipe-list"}), "Second"));
        CHECK(contains(sandbox.must({"recipe-show", "2"}), "shuffle, seed 7"));
        sandbox.must({"recipe-delete", "1"});
        sandbox.must({"recipe-delete", "Second"});
        CHECK(contains(sandbox.must({"recipe-list"}), "No recipes yet. Make one with: dadcam recipe-create"));
    }

    TEST_CASE("a deleted recipe keeps its exports") {
        const ExportedLibrary sandbox;
        const auto film = sandbox.film;
        sandbox.must({"recipe-delete", "Film"});
        CHECK(std::filesystem::exists(film));
        const auto run = sandbox.json({"export-details", "1"});
        CHECK(run["recipeId"].is_null());
        CHECK(run["recipeName"] == "Film");
        CHECK(run["recipeSnapshot"]["mode"] == "all");
        CHECK(contains(sandbox.must({"export-details", "1"}), "Film (deleted since)"));
        sandbox.must({"export-rerun", "1"});
        CHECK(sandbox.count("export_runs") == 2);
    }
}

}  // namespace dadcam::test

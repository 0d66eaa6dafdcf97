#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

PtyResult delete_on_a_terminal(const Sandbox& sandbox, const std::string& answer) {
    bool answered = false;
    return run_in_pty(words({{"export-delete", "1"}, sandbox.library}), 80, {}, [&](Pty& pty, std::string_view output) {
        if (answered || !contains(output, "[y/N] ")) return;
        answered = true;
        pty.type(answer + "\n");
    });
}

}  // namespace

TEST_SUITE("delete") {
    TEST_CASE("the film, its thumbnail and its rows go, and nothing else") {
        const ExportedLibrary sandbox;
        sandbox.must({"export-rerun", "1"});
        const auto before = tree_of(sandbox.library);
        const auto segments = sandbox.count("segments");
        const auto clips = sandbox.count("clips");

        const auto said = sandbox.json({"export-delete", "1", "--yes"});
        CHECK(said["deleted"] == true);
        CHECK(said["files"].size() == 2);

        CHECK(differences(before, tree_of(sandbox.library)) ==
              Names{"* .dadcam/dadcam.db", "- .dadcam/exports/run_1.mp4", "- .dadcam/exports/run_1_thumb.jpg"});
        auto database = sandbox.database();
        for (const char* table : {"export_run_items", "export_run_segments", "jobs"}) {
            CAPTURE(std::string(table));
            CHECK(database.execAndGet(fmt::format("SELECT count(*) FROM {} WHERE run_id = 1", table)).getInt() == 0);
            CHECK(database.execAndGet(fmt::format("SELECT count(*) FROM {} WHERE run_id = 2", table)).getInt() > 0);
        }
        CHECK(sandbox.count("export_runs") == 1);
        CHECK(sandbox.count("segments") == segments);
        CHECK(sandbox.count("clips") == clips);
        CHECK(sandbox.count("export_recipes") == 1);
    }

    TEST_CASE("a film that -o put elsewhere goes too, its neighbours stay") {
        const SmallLibrary sandbox;
        const auto film = sandbox / "films/summer.mp4";
        write_file(sandbox / "films/summer.mp4.txt", "notes");
        write_file(sandbox / "films/summer 2.mp4", "another");
        sandbox.export_film({"-o", film.string()});
        const auto before = tree_of(sandbox / "films");
        sandbox.must({"export-delete", "1", "--yes"});
        CHECK(differences(before, tree_of(sandbox / "films")) == Names{"- summer.mp4"});
    }

    TEST_CASE("a file that somebody has put in the film's place is not deleted") {
        const SmallLibrary sandbox;
        const auto film = sandbox / "summer.mp4";
        sandbox.export_film({"-o", film.string()});
        write_file(film, "somebody's own film");
        sandbox.must({"export-delete", "1", "--yes"});
        CHECK(sandbox.count("export_runs") == 0);
        CHECK(read_file(film) == "somebody's own film");
    }

    TEST_CASE("a path in the database that is no film of this run is not followed") {
        const ExportedLibrary sandbox;
        const auto clip = kFewClips[1];
        SQLite::Database database = sandbox.database();
        SQLite::Statement update(database, "UPDATE export_runs SET output_path = ?, thumbnail_path = ?");
        update.bind(1, clip);
        update.bind(2, clip);
        update.exec();
        const auto ran = sandbox.dadcam({"export-delete", "1", "--yes"});
        CHECK(ran.ended() == "exit code 1");
        CHECK(fs::exists(sandbox.library / clip));
    }

    TEST_CASE("a terminal is asked, and anything but yes keeps the export") {
        const ExportedLibrary sandbox;
        const auto film = sandbox.film;
        const auto before = tree_of(sandbox.library);
        for (const char* answer : {"n", "", "nay", "maybe y"}) {
            CAPTURE(std::string(answer));
            const auto kept = delete_on_a_terminal(sandbox, answer);
            CHECK(kept.exit_code == 1);
            CHECK(contains(kept.output, "Nothing was deleted."));
            CHECK(differences(before, tree_of(sandbox.library)).empty());
        }
        const auto deleted = delete_on_a_terminal(sandbox, "y");
        CHECK(contains(deleted.output, "Film"));
        CHECK(deleted.exit_code == 0);
        CHECK_FALSE(fs::exists(film));
        CHECK(sandbox.count("export_runs") == 0);
    }

    TEST_CASE("Ctrl-C at the question keeps the export") {
        const ExportedLibrary sandbox;
        const auto film = sandbox.film;
        bool typed = false;
        const auto seen = run_in_pty(words({{"export-delete", "1"}, sandbox.library}), 80, {},
                                     [&](Pty& pty, std::string_view output) {
                                         if (typed || !contains(output, "[y/N] ")) return;
                                         typed = true;
                                         pty.type("\x03");
                                     });
        CHECK(seen.exit_code == 130);
        CHECK(contains(seen.output, "Nothing was deleted."));
        CHECK(fs::exists(film));
    }

    TEST_CASE("a script has to say --yes") {
        const ExportedLibrary sandbox;
        check_refused(sandbox, {"export-delete", "1"}, 2, "has to be confirmed.", "--yes");
    }

    TEST_CASE("an export that is being rendered is not deleted") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        bool tried = false;
        const auto rendered =
            run({{"export", "Film", "--json"},
                 sandbox.library,
                 stub_ffmpeg(sandbox, gate.wait()),
                 [&](pid_t, std::string_view) {
                     if (std::exchange(tried, true)) return;
                     const auto refused = sandbox.dadcam({"export-delete", "1", "--yes"});
                     CHECK(refused.ended() == "exit code 16");
                     CHECK(contains(refused.err, "Export 1 is being rendered."));
                     const auto second = sandbox.dadcam({"export", "Film"});
                     CHECK(second.ended() == "exit code 16");
                     CHECK(contains(second.err, "Another dadcam is rendering in this library: process "));
                     gate.open();
                 }});
        CHECK(rendered.ended() == "exit code 0");
        CHECK(sandbox.count("export_runs") == 1);
        sandbox.must({"export-delete", "1", "--yes"});
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdadcam/footage/identity.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

/// A library can come from anyone: what its rows and files say must not make dadcam read, write or remove anything
/// outside of it, nor repaint the terminal.
namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// A library with one finished export, and beside it files that are nobody's business.
struct Received : ExportedLibrary {
    fs::path victim = write_file(*this / "home/precious.mp4", read_file(film));
    Tree before = tree_of(*this / "home");

    /// How the name of a run's temporary file ends.
    std::string mark(int run) const {
        return ".dadcam-" + database().execAndGet("SELECT substr(uuid, 1, 8) FROM libraries").getString() + "-run" +
               std::to_string(run) + ".tmp";
    }

    void set(const std::string& assignment) const { database().exec("UPDATE export_runs SET " + assignment); }

    /// Runs a command; whatever becomes of it, what lies outside stays as it is and no raw escape is printed.
    Ran harmless(const std::vector<std::string>& arguments) const {
        const auto ran = dadcam(arguments);
        INFO(ran.err);
        CHECK_FALSE(ran.exit.signal);
        CHECK(differences(before, tree_of(*this / "home")) == std::vector<std::string>{});
        CHECK_FALSE(contains(ran.out + ran.err, "\x1b"));
        return ran;
    }
};

std::string quoted(const fs::path& path) {
    return "'" + path.string() + "'";
}

}  // namespace

TEST_SUITE("hostile") {
    TEST_CASE("a film's path in a row is only shown: nothing is opened or deleted by it") {
        const Received sandbox;
        for (const auto& path : {quoted(sandbox.victim), std::string("'../home/precious.mp4'"),
                                 std::string("'.dadcam/exports/../../../home/precious.mp4'")}) {
            CAPTURE(path);
            sandbox.set("output_path = " + path);
            sandbox.harmless({"export-history"});
            sandbox.harmless({"export-details", "1", "--logs", "--segments"});
            CHECK(sandbox.harmless({"export-open", "1"}).ended() != "exit code 0");
            CHECK(sandbox.harmless({"export-open", "1", "--folder"}).ended() != "exit code 0");
            CHECK(sandbox.harmless({"export-delete", "1", "--yes"}).ended() != "exit code 0");
        }
        CHECK(fs::exists(sandbox.film));
    }

    TEST_CASE("a place outside of the library that a row asks for is not written, opened or emptied") {
        const Received sandbox;
        const auto place = sandbox / "home/new.mp4";
        sandbox.must({"export-rerun", "1", "--queue"});
        for (const auto& wished : {place, sandbox.victim}) {
            sandbox.set("requested_path = " + quoted(wished) + ", replace_output = 1");
            CHECK(sandbox.harmless({"export-open", "2"}).ended() != "exit code 0");
            CHECK(sandbox.harmless({"export", "--run", "2", "--force"}).ended() == "exit code 12");
            sandbox.set("output_path = requested_path WHERE id = 1");
            CHECK(sandbox.harmless({"export-open", "1"}).ended() != "exit code 0");
        }
        CHECK(sandbox.harmless({"export-delete", "1", "--yes"}).ended() == "exit code 0");
        CHECK(fs::exists(sandbox.film));  // the row did not name it any more
    }

    TEST_CASE("a run that was interrupted elsewhere has nothing removed outside of the library") {
        const Received sandbox;
        write_file(sandbox / ("home/.film.mp4" + sandbox.mark(2)), "mine");
        write_file(sandbox / ("home/.x.mov" + sandbox.mark(2)), "mine");
        auto before = tree_of(sandbox / "home");
        sandbox.must({"export-rerun", "1", "--queue"});
        sandbox.set("status = 'rendering', requested_path = " + quoted(sandbox / "home/film.mp4") + " WHERE id = 2");
        sandbox.database().exec(
            "INSERT INTO export_run_segments (run_id, segment_index, key, clip_count, duration_ms, start_frame,"
            " frames_total, samples_total, status, final_output_path)"
            " VALUES (2, 0, 'blake2b:../../../../home/x', 1, 1, 0, 1, 1, 'rendering', '../home/x')");
        sandbox.dadcam({"export-history"});
        CHECK(differences(before, tree_of(sandbox / "home")).empty());
    }

    TEST_CASE("a preset in a snapshot that would make ffmpeg write elsewhere is refused") {
        const Received sandbox;
        const auto written = (sandbox / "home/written.mp4").string();
        for (const std::string& arguments : {"[\"-c:v\",\"libx264\",\"" + written + "\"]",
                                             "[\"-y\",\"" + written + "\"]", std::string("[\"-vf\",\"movie=x\"]")}) {
            CAPTURE(arguments);
            sandbox.set("recipe_snapshot = json_set(recipe_snapshot, '$.preset.videoArguments', json('" + arguments +
                        "'))");
            CHECK(sandbox.harmless({"export-rerun", "1"}).ended() == "exit code 1");
        }
    }

    TEST_CASE("a clip's path that leaves the library, or is no file, is not read") {
        const Received sandbox;
        const auto fifo = sandbox / "fifo";
        REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
        for (const auto& path :
             {std::string("../home/precious.mp4"), fifo.string(), std::string("/dev/zero"), std::string("concat:a|b"),
              std::string("http://example.org/a.mp4"), std::string("-y"), std::string("\x1b[2J")}) {
            CAPTURE(path);
            sandbox.database().exec("UPDATE clips SET path = '" + path + "' WHERE id = 1");
            CHECK(sandbox.harmless({"export", "Film"}).ended() != "exit code 0");
            sandbox.harmless({"clips"});
        }
    }

    TEST_CASE("a playlist in a clip's place is not read as one") {
        const Received sandbox;
        const auto clip = sandbox.library / kFewClips[1];
        for (const std::string& text :
             {"ffconcat version 1.0\nfile " + sandbox.victim.string() + "\n",
              "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + sandbox.victim.string() + "\n#EXT-X-ENDLIST\n"}) {
            write_file(clip, text);
            const auto ran = sandbox.harmless({"export", "Film"});
            CHECK(ran.ended() == "exit code 11");
            CHECK(contains(ran.err, kFewClips[1]));
        }
    }

    TEST_CASE("a playlist in the segment store, with a row that fits it, is not read as one") {
        const Received sandbox;
        fs::remove(sandbox.film);  // else the new film is a copy of it
        auto database = sandbox.database();
        const fs::path segment =
            sandbox.library / database.execAndGet("SELECT path FROM segments ORDER BY key LIMIT 1").getString();
        for (const std::string& text :
             {"ffconcat version 1.0\nfile " + sandbox.victim.string() + "\n",
              "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + sandbox.victim.string() + "\n#EXT-X-ENDLIST\n"}) {
            write_file(segment, text);
            const auto state = footage::file_state(segment);
            database.exec("UPDATE segments SET bytes = " + std::to_string(state.size_bytes) +
                          ", mtime_ns = " + std::to_string(state.mtime_ns) + ", content_hash = '" +
                          footage::content_hash(segment) + "' WHERE key = (SELECT min(key) FROM segments)");
            const auto ran = sandbox.harmless({"export", "Film"});
            CHECK(ran.ended() == "exit code 0");
            CHECK(contains(ran.err, "is rendered again: its file is not a movie"));
            const fs::path film = ran.out.substr(0, ran.out.find('\n'));
            CHECK((read_file(film) == read_file(sandbox.victim)));
            fs::remove(film);
        }
    }

    TEST_CASE("links in the place of dadcam's own folders are not followed") {
        for (const char* own : {"exports", "segments"}) {
            const Received sandbox;
            const auto folder = sandbox.library / ".dadcam" / own;
            fs::remove_all(folder);
            fs::create_directory_symlink(sandbox / "home", folder);
            const auto ran = sandbox.harmless({"export", "Film"});
            CHECK(ran.ended() == "exit code 12");
            CHECK(contains(ran.err, "link"));
            CHECK(sandbox.harmless({"export-delete", "1", "--yes"}).ended() != "exit code 139");
        }
    }

    TEST_CASE("links that wait at the names of temporary and finished files are replaced, not written through") {
        const Received sandbox;
        const auto exports = sandbox.library / ".dadcam/exports";
        for (const auto& name :
             {".run_2.mp4" + sandbox.mark(2), std::string("run_2.mp4"), ".run_2_thumb.jpg" + sandbox.mark(2),
              std::string("run_2_thumb.jpg"), std::string("../segments/run_2.ffconcat")}) {
            fs::create_symlink(sandbox.victim, exports / name);
        }
        CHECK(sandbox.harmless({"export", "Film"}).ended() == "exit code 0");
        CHECK(fs::is_regular_file(fs::symlink_status(exports / "run_2.mp4")));
        CHECK((read_file(exports / "run_2.mp4") == read_file(sandbox.film)));
    }

    TEST_CASE("a copy into originals that are a link to somewhere else is refused") {
        const Received sandbox;
        fs::create_directory_symlink(sandbox / "home", sandbox.library / "originals");
        const auto card = sandbox / "card/new.mp4";
        fs::create_directories(card.parent_path());
        fs::copy_file(sample_library() / "2012 Birthday/candles.mp4", card);
        CHECK(sandbox.harmless({"ingest", "--copy", card.string()}).ended() == "exit code 12");
    }

    TEST_CASE("figures that no recording and no film have are refused, not reckoned with") {
        const Received sandbox;
        for (const char* change :
             {"facts = json_set(facts, '$.width', 2147483647)", "facts = json_set(facts, '$.timeBase', '0/1')",
              "facts = json_set(facts, '$.durationUs', 9000000000000000000)", "facts = '[]'", "facts = 'null'"}) {
            CAPTURE(std::string(change));
            sandbox.database().exec(std::string("UPDATE clips SET ") + change + " WHERE id = 1");
            CHECK(sandbox.harmless({"export", "Film"}).ended() == "exit code 1");
        }
        for (const char* change : {"'$.width', -2", "'$.width', 1e300", "'$.fps', '0/0'", "'$.fps', '1000000000'"}) {
            CAPTURE(std::string(change));
            sandbox.set("normalized_settings = json_set(normalized_settings, " + std::string(change) + ")");
            CHECK(sandbox.harmless({"export-rerun", "1"}).ended() == "exit code 1");
        }
    }

    TEST_CASE("a launcher that the library names is not run, and that is said once") {
        const Received sandbox;
        const auto log = sandbox / "launched";
        const auto launcher = write_script(sandbox / "launch", "touch '" + log.string() + "'; exec \"$@\"");
        sandbox.database().exec("INSERT INTO settings (name, value) VALUES ('launcher', '" + launcher + "')");
        const auto first = sandbox.harmless({"export", "Film"}), second = sandbox.harmless({"export", "Film"});
        CHECK(first.ended() == "exit code 0");
        CHECK(contains(first.err, "is no longer used"));
        CHECK_FALSE(contains(second.err, "is no longer used"));
        CHECK_FALSE(fs::exists(log));
    }

    TEST_CASE("a place that was named goes for that run of that library, and for no other") {
        const Received sandbox;
        const auto outside = sandbox / "outside";
        fs::create_directories(outside);
        sandbox.must({"export-rerun", "1", "--queue", "-o", (outside / "mine.mp4").string()});
        sandbox.must({"export-rerun", "1", "--queue"});
        const auto before = tree_of(outside);
        const auto asks = [&](const char* run) {
            CHECK(sandbox.harmless({"export", "--run", run}).ended() == "exit code 12");
            CHECK(differences(before, tree_of(outside)).empty());
        };
        sandbox.set("requested_path = (SELECT requested_path FROM export_runs WHERE id = 2) WHERE id = 3");
        asks("3");
        sandbox.set("requested_path = replace(requested_path, 'mine', 'yours') WHERE id = 2");
        asks("2");
        asks("3");
        sandbox.set("requested_path = " + quoted(outside / "mine.mp4") + " WHERE id = 2");
        CHECK(sandbox.harmless({"export", "--run", "2"}).ended() == "exit code 0");
        CHECK(fs::exists(outside / "mine.mp4"));
    }

    TEST_CASE(
        "a place inside the library is written again only by whoever named it, and replaced only with their leave") {
        const Received sandbox;
        write_file(sandbox.library / "taxes.ods", "mine");
        sandbox.must({"export-rerun", "1", "--queue"});
        for (const char* place : {"taxes.ods", "new.mp4", ".git/hooks/post-commit"}) {
            sandbox.set("requested_path = '" + std::string(place) + "', replace_output = 1 WHERE id = 2");
            CHECK(sandbox.harmless({"export", "--run", "2"}).ended() == "exit code 12");
        }
        CHECK(read_file(sandbox.library / "taxes.ods") == "mine");
        CHECK_FALSE(fs::exists(sandbox.library / "new.mp4"));
        sandbox.must({"export-rerun", "1", "--queue", "-o", "taxes2.mp4"});
        write_file(sandbox.library / "taxes2.mp4", "mine, too");
        sandbox.set("replace_output = 1 WHERE id = 3");
        CHECK(sandbox.harmless({"export", "--run", "3"}).ended() == "exit code 12");
        CHECK(read_file(sandbox.library / "taxes2.mp4") == "mine, too");
    }

    TEST_CASE("names that a row gives to the library, its lock or its files lead nowhere") {
        const Received sandbox;
        sandbox.database().exec("UPDATE libraries SET uuid = '../../x'");
        CHECK(sandbox.harmless({"export", "Film"}).ended() == "exit code 1");
        sandbox.database().exec("UPDATE libraries SET uuid = 'abcdef'");
        fs::remove(sandbox.library / ".dadcam/render.lock");
        REQUIRE(::mkfifo((sandbox.library / ".dadcam/render.lock").c_str(), 0600) == 0);
        sandbox.harmless({"export-history"});  // ends
        sandbox.database().exec("UPDATE clips SET path = 'a.mp4' || char(10) || 'dadcam: run this' WHERE id = 1");
        CHECK_FALSE(contains(sandbox.harmless({"export", "Film"}).err, "\ndadcam: run this"));
    }

    TEST_CASE("a schema with somebody else's triggers or views is refused whole") {
        const Received sandbox;
        sandbox.database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
        const auto whole = read_file(sandbox.database_path());
        for (const std::string& stranger :
             {std::string(
                  "CREATE TRIGGER t AFTER UPDATE ON export_runs BEGIN UPDATE clips SET path = '/etc/passwd'; END"),
              std::string("CREATE TRIGGER t AFTER INSERT ON export_runs BEGIN DELETE FROM clips; END"),
              std::string("CREATE VIEW v AS SELECT load_extension('/tmp/x.so')"),
              std::string("CREATE VIRTUAL TABLE v USING fts4(x)"),
              std::string("CREATE TRIGGER t AFTER INSERT ON export_runs BEGIN DELETE FROM clips; END;"
                          "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'Trigger' WHERE name = 't'"),
              std::string("ALTER TABLE luts RENAME TO kept; CREATE VIEW luts AS SELECT * FROM kept")}) {
            CAPTURE(stranger);
            sandbox.database().exec(stranger);
            for (const auto& command :
                 std::vector<std::vector<std::string>>{{"clips"}, {"export", "Film"}, {"resume"}}) {
                const auto ran = sandbox.harmless(command);
                CHECK(ran.ended() == "exit code 1");
                CHECK(contains(ran.err, "which dadcam did not create"));
            }
            for (const char* beside : {"-wal", "-shm"}) fs::remove(sandbox.database_path().string() + beside);
            write_file(sandbox.database_path(), whole);
        }
        sandbox.must({"clips"});
    }

    TEST_CASE("what lies in a film's place is not opened unless it is a film of dadcam's") {
        const Received sandbox;
        write_script(sandbox / "bin/xdg-open", "touch '" + (sandbox / "opened").string() + "'");
        const Environment path{{"PATH", (sandbox / "bin").string() + ":/usr/bin:/bin"}};
        write_file(sandbox.film, "[Desktop Entry]\nExec=evil\n");
        CHECK(sandbox.dadcam({"export-open", "1"}, path).ended() == "exit code 1");
        const auto desktop = sandbox.library / "x.desktop";
        fs::copy_file(sandbox.victim, desktop);
        sandbox.set("requested_path = 'x.desktop', output_path = 'x.desktop'");
        CHECK(sandbox.dadcam({"export-open", "1"}, path).ended() == "exit code 1");
        CHECK_FALSE(fs::exists(sandbox / "opened"));
    }

    TEST_CASE("somebody else's library is only read, until it is trusted by name") {
        if (::geteuid() != 0) return;  // only root can give a folder away
        const Received sandbox;
        const Environment mine{{"HOME", sandbox / "mine"}};
        constexpr uid_t kSomebody = 65534;
        const auto give = [&](uid_t owner) {
            for (const auto& entry : fs::recursive_directory_iterator(sandbox.library / ".dadcam"))
                REQUIRE(::lchown(entry.path().c_str(), owner, owner) == 0);
            REQUIRE(::lchown((sandbox.library / ".dadcam").c_str(), owner, owner) == 0);
        };
        sandbox.database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
        give(kSomebody);
        const auto before = tree_of(sandbox.library);
        const auto trust = "dadcam config --global trust " + sandbox.library.string();
        for (const auto& command :
             std::vector<std::vector<std::string>>{{"clips"},
                                                   {"recipe-list"},
                                                   {"recipe-show", "Film"},
                                                   {"export", "Film", "--dry-run"},
                                                   {"lut-list"},
                                                   {"export-history"},
                                                   {"export-details", "1", "--logs", "--segments"},
                                                   {"cache"},
                                                   {"config"}}) {
            const auto ran = sandbox.dadcam(command, mine);
            CAPTURE(command.front());
            CHECK(ran.ended() == "exit code 0");
            CHECK(contains(ran.err, trust));
        }
        for (const auto& command : std::vector<std::vector<std::string>>{{"export", "Film"},
                                                                         {"export-rerun", "1"},
                                                                         {"resume"},
                                                                         {"export-cancel", "1"},
                                                                         {"export-delete", "1", "--yes"},
                                                                         {"ingest", "."},
                                                                         {"tag", "add", "x", "1"},
                                                                         {"recipe-create", "R", "--mode", "all"},
                                                                         {"recipe-delete", "Film"},
                                                                         {"cache", "--prune"},
                                                                         {"cache", "--max-size", "1GB"},
                                                                         {"lut-add", "x.cube"}}) {
            const auto ran = sandbox.dadcam(command, mine);
            CAPTURE(command.front());
            CHECK(ran.ended() == "exit code 1");
            CHECK((contains(ran.err, trust) || command.front() == "init"));
        }
        CHECK(differences(before, tree_of(sandbox.library)).empty());
        CHECK_FALSE(fs::exists(sandbox.database_path().string() + "-shm"));
        sandbox.must({"config", "--global", "trust", sandbox.library.string()}, mine);
        CHECK(sandbox.must({"export", "Film"}, mine).find("run_2.mp4") != std::string::npos);
        sandbox.must({"config", "--global", "trust", sandbox.library.string(), "--unset"}, mine);
        CHECK(sandbox.dadcam({"export", "Film"}, mine).ended() == "exit code 1");
        give(0);  // root's own is everybody's
        sandbox.must({"export", "Film"}, mine);
    }
}

}  // namespace dadcam::test

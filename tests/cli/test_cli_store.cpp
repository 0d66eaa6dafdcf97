#include <doctest/doctest.h>

#include <libdadcam/process/tools.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

std::int64_t stored_segments(const Sandbox& sandbox) {
    std::int64_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(sandbox.library / ".dadcam/segments"))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

Json exported(const Sandbox& sandbox, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"export", "Film", "--json"});
    return json_lines(sandbox.must(options)).back();
}

/// Six clips at an NTSC rate with fades: where a clip lies would show in rounding, if anywhere. Two of them are long
/// enough to be a segment of their own, whatever their content, so there are four at least.
struct Family : Sandbox {
    Family() {
        take_clips({"2002 Kodak/DSCN0012.AVI", "2012 Birthday/candles.mp4", "2012 Birthday/surround.mp4",
                    "2012 Birthday/short sound.mp4", "Phones/Anna/IMG_0102.MOV", "Phones/Ben/VID_20190714_183012.mp4"});
        make_library(
            {"--resolution", "160x90", "--fps", "30000/1001", "--transition", "crossfade", "--transition-ms", "300"});
    }
    /// A clip in the middle of the film: its id.
    std::string middle() const { return std::to_string(json({"recipe-show", "Film"})["clipIds"][3].get<int>()); }
};

}  // namespace

TEST_SUITE("store") {
    TEST_CASE("a film that is made again is not rendered again") {
        const SmallLibrary sandbox;
        const auto first = exported(sandbox), second = exported(sandbox);
        CHECK(second["segmentsReused"] == second["segmentsTotal"]);
        CHECK(
            (read_file(first["outputPath"].get<std::string>()) == read_file(second["outputPath"].get<std::string>())));
        const auto use = sandbox.json({"cache"});
        CHECK(use["segments"] == 3);
        CHECK(use["hits"] == 3);
        CHECK(use["recipes"][0]["recipeName"] == "Film");
        CHECK(use["recipes"][0]["bytes"] == use["bytes"]);
    }

    TEST_CASE("a film that is there already is copied, if it still is what was written; else it is joined anew") {
        const ExportedLibrary sandbox;
        const auto log = sandbox / "launched";
        const auto launcher = write_script(sandbox / "launch", "echo \"$*\" >>'" + log.string() + "'; exec \"$@\"");
        const auto content = read_file(sandbox.film);
        const auto joined = [&](const std::vector<std::string>& options = {}) {
            fs::remove(log);
            std::vector<std::string> all{"--launcher", launcher};
            all.insert(all.end(), options.begin(), options.end());
            CHECK((read_file(exported(sandbox, all)["outputPath"].get<std::string>()) == content));
            return contains(read_file(log), ".ffconcat");
        };
        CHECK_FALSE(joined());
        CHECK(joined({"--no-cache"}));
        // Every film of before is tampered with, in the middle.
        for (const auto& film : fs::directory_iterator(sandbox.library / ".dadcam/exports")) {
            if (film.path().extension() != ".mp4") continue;
            auto other = content;
            other[other.size() / 2] ^= 1;
            write_file(film.path(), other);
        }
        CHECK(joined());
    }

    TEST_CASE("a clip taken away or put back changes its own segment and the fade beside it, at an NTSC rate, too") {
        const Family sandbox;
        const auto all = exported(sandbox);
        const auto total = all["segmentsTotal"].get<int>();
        REQUIRE(total >= 4);
        const auto clip = sandbox.middle();
        sandbox.must({"tag", "add", "archived", clip});
        const auto fewer = exported(sandbox);
        // The one before ends elsewhere, or the one after fades from another.
        CHECK(fewer["segmentsTotal"].get<int>() - fewer["segmentsReused"].get<int>() <= 2);
        sandbox.must({"tag", "remove", "archived", clip});
        const auto again = exported(sandbox);
        CHECK(again["segmentsReused"] == total);
        CHECK((read_file(again["outputPath"].get<std::string>()) == read_file(all["outputPath"].get<std::string>())));
    }

    TEST_CASE("without the store everything is rendered anew, to the same film, and nothing of it is kept") {
        const SmallLibrary sandbox;
        const auto alone = exported(sandbox, {"--no-cache"});
        CHECK(alone["segmentsReused"] == 0);
        CHECK(stored_segments(sandbox) == 0);
        const auto kept = exported(sandbox);
        CHECK(stored_segments(sandbox) == 3);
        const auto anew = exported(sandbox, {"--no-cache"});
        CHECK(anew["segmentsReused"] == 0);
        CHECK(stored_segments(sandbox) == 3);  // they were there before
        CHECK((read_file(alone["outputPath"].get<std::string>()) == read_file(kept["outputPath"].get<std::string>())));
    }

    TEST_CASE("the store stays within its size: what was used the longest ago goes first") {
        const ExportedLibrary sandbox;
        auto database = sandbox.database();
        database.exec(
            "UPDATE segments SET last_used_at = '2001-01-01T00:00:00Z' WHERE key = (SELECT max(key) FROM segments)");
        const auto oldest = database.execAndGet("SELECT max(key) FROM segments").getString();
        const auto bytes = sandbox.json({"cache"})["bytes"].get<std::int64_t>();
        const auto use = sandbox.json({"cache", "--max-size", std::to_string(bytes - 1)});
        CHECK(use["removedSegments"] == 1);
        CHECK(use["maxBytes"] == bytes - 1);
        CHECK(stored_segments(sandbox) == 2);
        CHECK(sandbox.count("segments WHERE key = '" + oldest + "'") == 0);
        CHECK(exported(sandbox)["segmentsReused"] == 2);
        CHECK(sandbox.json({"cache"})["bytes"].get<std::int64_t>() <= bytes - 1);  // trimmed after an export, too
    }

    TEST_CASE("a limit smaller than any segment keeps nothing, and films are made all the same") {
        const SmallLibrary sandbox;
        sandbox.must({"cache", "--max-size", "1"});
        const auto first = exported(sandbox);
        CHECK(stored_segments(sandbox) == 0);
        CHECK(exported(sandbox)["segmentsReused"] == 0);
        sandbox.must({"cache", "--max-size", "auto"});
        CHECK(sandbox.json({"cache"})["maxBytes"].get<std::int64_t>() > 1'000'000);
        exported(sandbox);
        CHECK(stored_segments(sandbox) == 3);
    }

    TEST_CASE("segments of an unfinished run never go, not by pruning either, until it is resumed or deleted") {
        const SmallLibrary sandbox;
        const auto failed = sandbox.dadcam({"export", "Film", "--jobs", "1"},
                                           stub_ffmpeg(sandbox, "case \"$*\" in *VID_2019*) exit 1 ;; esac"));
        REQUIRE(failed.ended() == "exit code 13");
        CHECK(sandbox.json({"cache", "--prune"})["removedSegments"] == 0);
        CHECK(sandbox.json({"cache", "--max-size", "1"})["unfinishedBytes"].get<std::int64_t>() > 1);
        CHECK(stored_segments(sandbox) == 2);
        CHECK(contains(sandbox.must({"cache"}), "belong to unfinished exports"));
        CHECK(json_lines(sandbox.must({"resume", "--json"})).back()["segmentsReused"] == 2);
        CHECK(stored_segments(sandbox) == 0);
    }

    TEST_CASE("pruning empties the store, with the files that no row names, and nothing else") {
        const ExportedLibrary sandbox;
        const auto segments = sandbox.library / ".dadcam/segments";
        const std::string stray_digest(64, 'a');
        const auto stray = write_file(segments / "aa" / (stray_digest + ".mov"), "x");
        const auto mine = write_file(segments / "aa/notes.txt", "mine");
        const auto other = write_file(segments / "bb" / (stray_digest + ".mov"), "in a folder where it cannot be");
        const auto films = tree_of(sandbox.library / ".dadcam/exports");
        CHECK(sandbox.json({"cache", "--prune"})["removedSegments"] == 4);
        CHECK_FALSE(fs::exists(stray));
        CHECK(fs::exists(mine));
        CHECK(fs::exists(other));
        CHECK(stored_segments(sandbox) == 2);
        CHECK(differences(films, tree_of(sandbox.library / ".dadcam/exports")).empty());
        CHECK(exported(sandbox)["segmentsReused"] == 0);
    }

    TEST_CASE("a size that is none is refused") {
        const SmallLibrary sandbox;
        for (const char* size : {"lots", "-5", "1.5.2GB", "", "5XB"}) {
            CAPTURE(std::string(size));
            if (*size != '\0') CHECK(sandbox.dadcam({"cache", "--max-size", size}).ended() == "exit code 2");
        }
        CHECK(sandbox.json({"cache", "--max-size", "2GB"})["maxBytes"] == 2'147'483'648);
    }

    TEST_CASE("every ffmpeg goes through the launcher, and the film is the same") {
        const SmallLibrary sandbox;
        const auto plain = exported(sandbox, {"--no-cache"});
        const auto log = sandbox / "launched";
        const auto launcher = write_script(sandbox / "launch me", "echo \"$*\" >>'" + log.string() + "'; exec \"$@\"");
        const auto launched = exported(sandbox, {"--no-cache", "--launcher", "'" + launcher + "'"});
        CHECK((read_file(plain["outputPath"].get<std::string>()) ==
               read_file(launched["outputPath"].get<std::string>())));
        const auto lines = read_file(log);
        for (const char* part : {"-version", "-encoders", "-filter_complex", "ffconcat", "_thumb.jpg"}) {
            CAPTURE(std::string(part));
            CHECK(contains(lines, part));
        }
    }

    TEST_CASE("a launcher may start one ffmpeg after the other: none waits for one that is behind it") {
        const SmallLibrary sandbox;
        const auto plain = exported(sandbox, {"--no-cache"});
        const auto launched = exported(
            sandbox, {"--no-cache", "--jobs", "1", "--launcher", "flock '" + (sandbox / "place").string() + "'"});
        CHECK((read_file(plain["outputPath"].get<std::string>()) ==
               read_file(launched["outputPath"].get<std::string>())));
    }

    TEST_CASE("a launcher is a person's own: it holds for all their exports, in every library") {
        const SmallLibrary sandbox;
        const Environment mine{{"HOME", sandbox / "mine"}}, also_mine{{"XDG_CONFIG_HOME", sandbox / "mine/.config"}};
        const auto log = sandbox / "launched";
        const auto launcher = write_script(sandbox / "launch", "echo x >>'" + log.string() + "'; exec \"$@\"");
        const auto launched = [&](const Environment& environment, const std::vector<std::string>& options = {}) {
            fs::remove(log);
            std::vector<std::string> words{"export", "Film"};
            words.insert(words.end(), options.begin(), options.end());
            sandbox.must(words, environment);
            return fs::exists(log);
        };
        const auto refused = sandbox.dadcam({"config", "launcher", launcher}, mine);
        CHECK(refused.ended() == "exit code 2");
        CHECK(contains(refused.err, "dadcam config --global launcher " + process::as_word(launcher)));
        CHECK_FALSE(launched(mine));

        sandbox.must({"config", "--global", "launcher", launcher}, mine);
        CHECK(Json::parse(sandbox.must({"config", "--global", "--json"}, mine))["launcher"] == launcher);
        CHECK(launched(mine));
        CHECK(launched(also_mine));
        CHECK_FALSE(launched(mine, {"--launcher", ""}));
        CHECK_FALSE(launched({{"HOME", sandbox / "other"}}));
        CHECK(launched({{"HOME", sandbox / "other"}, {"DADCAM_LAUNCHER", launcher}}));
        sandbox.must({"config", "--global", "launcher", "--unset"}, mine);
        CHECK_FALSE(launched(mine));
        CHECK(sandbox.dadcam({"config", "colour"}).ended() == "exit code 2");
        CHECK(sandbox.dadcam({"config", "--global", "colour"}).ended() == "exit code 2");
    }

    TEST_CASE("settings of a person's own that cannot be read or written are named") {
        const SmallLibrary sandbox;
        const Environment mine{{"HOME", sandbox / "mine"}};
        write_file(sandbox / "mine/.config/dadcam/config.json", "{\"launcher\": 5}");
        const auto ran = sandbox.dadcam({"export", "Film"}, mine);
        CHECK(ran.ended() == "exit code 1");
        CHECK(contains(ran.err, "config.json"));
        CHECK(sandbox.dadcam({"config", "--global", "launcher", "nice"}, {{"HOME", ""}}).ended() == "exit code 1");
        write_file(sandbox / "file", "x");
        CHECK(sandbox.dadcam({"config", "--global", "launcher", "nice"}, {{"HOME", sandbox / "file"}}).ended() ==
              "exit code 12");
        sandbox.must({"export", "Film"}, {{"HOME", ""}});
    }

    TEST_CASE("a launcher that is not there, cannot be read or fails on one node is named") {
        const SmallLibrary sandbox;
        const auto missing = sandbox.dadcam({"export", "Film", "--launcher", "/missing/srun -n1"});
        CHECK(missing.ended() == "exit code 10");
        CHECK(contains(missing.err, "/missing/srun"));
        CHECK(sandbox.dadcam({"export", "Film", "--launcher", "'srun"}).ended() == "exit code 2");
        // The second node does not work; that is found when the first has done the rest.
        const auto launcher =
            write_script(sandbox / "launch",
                         "case \"$*\" in *VID_2019*)\n"
                         "  until [ \"$(ls '" +
                             sandbox.library.string() +
                             "'/.dadcam/segments/*/*.mov 2>/dev/null | wc -l)\" -eq 2 ]; do sleep 0.01; done\n"
                             "  echo 'node2: no such host' >&2; exit 7 ;;\n"
                             "esac\nexec \"$@\"");
        const auto failed = sandbox.dadcam({"export", "Film", "--launcher", launcher, "--jobs", "2", "--json"});
        CHECK(failed.ended() == "exit code 13");
        CHECK(contains(json_lines(failed.out).back()["errorMessage"].get<std::string>(),
                       "launcher could not run ffmpeg"));
        CHECK(contains(sandbox.must({"export-details", "1", "--logs"}), "node2: no such host"));
        CHECK(json_lines(sandbox.must({"resume", "--json"})).back()["segmentsReused"] == 2);
    }

    TEST_CASE("what a launcher does is no clip's fault: none is left out for it") {
        // Each fails for one clip, whatever is asked of it.
        const char* failures[] = {"exit 1", "echo \"launch: $0.conf: No such file or directory\" >&2; exit 1",
                                  "\"$@\"; echo 'launch: lost the node' >&2; exit 1", "exit 0"};
        const SmallLibrary sandbox;
        for (const auto* fails : failures) {
            CAPTURE(fails);
            const auto launcher = write_script(
                sandbox / "launch", std::string("case \"$*\" in *VID_2019*) ") + fails + " ;; esac\nexec \"$@\"");
            const auto ran = sandbox.dadcam(
                {"export", "Film", "--on-error", "skip", "--launcher", launcher, "--jobs", "1", "--json"});
            CHECK(ran.ended() == "exit code 13");
            const auto last = json_lines(ran.out).back();
            CHECK(contains(last["errorMessage"].get<std::string>(), "The launcher " + launcher + " failed"));
            CHECK(last["leftOut"].empty());
            CHECK_FALSE(contains(ran.err, "Left out"));
        }
        CHECK(json_lines(sandbox.must({"resume", "--json"})).back()["success"] == true);
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// Every command that opens a library, with what else it needs.
const std::vector<std::vector<std::string>> kLibraryCommands{{"ingest", "."},
                                                             {"clips"},
                                                             {"tag", "add", "favorite", "1"},
                                                             {"recipe-create", "New", "--mode", "all"},
                                                             {"recipe-list"},
                                                             {"recipe-show", "Film"},
                                                             {"recipe-delete", "Film"},
                                                             {"export", "Film"},
                                                             {"export-rerun", "1"},
                                                             {"export-history"},
                                                             {"export-details", "1"},
                                                             {"export-open", "1"},
                                                             {"export-delete", "1", "--yes"}};

void check_every_command_refuses(const Sandbox& sandbox, const std::string& says, const std::string& advises) {
    for (const auto& command : kLibraryCommands) check_refused(sandbox, command, 1, says, advises);
}

}  // namespace

TEST_SUITE("bad_input") {
    TEST_CASE("outside of a library every command says so, and how to make one") {
        const Sandbox sandbox;
        check_every_command_refuses(sandbox, "is not in a dadcam library.", "dadcam init");
        check_refused(sandbox, {"--library", "/nowhere", "clips"}, 1, "/nowhere is not a dadcam library.",
                      "dadcam init");
        check_refused(sandbox, {{"clips"}, sandbox.library, {{"DADCAM_LIBRARY", "/nowhere"}}}, 1,
                      "/nowhere is not a dadcam library.", "dadcam init");
    }

    TEST_CASE("a library of a newer version is left alone") {
        const SmallLibrary sandbox;
        sandbox.database().exec("PRAGMA user_version = 999");
        check_every_command_refuses(sandbox, "written by a newer dadcam (database version 999", "Use the newer dadcam");
        check_refused(sandbox, {"init"}, 1, "written by a newer dadcam", "");
    }

    TEST_CASE("a database that is somebody else's is left alone") {
        const Sandbox sandbox;
        fs::create_directories(sandbox.library / ".dadcam");
        SQLite::Database(sandbox.database_path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('Azzurro')");
        check_every_command_refuses(sandbox, "is not a dadcam database.", "left as it is");
        check_refused(sandbox, {"init"}, 1, "is not a dadcam database.", "");
    }

    TEST_CASE("somebody else's database without tables does not become a library by looking at it") {
        const Sandbox sandbox;
        fs::create_directories(sandbox.library / ".dadcam");
        SQLite::Database(sandbox.database_path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("PRAGMA encoding = 'UTF-16'; CREATE TABLE t (a); DROP TABLE t");
        check_every_command_refuses(sandbox, "is empty.", "Restore it from a backup");
    }

    TEST_CASE("a file that is no database is left alone") {
        const Sandbox sandbox;
        for (const std::string& content : {std::string(8192, 'x'), std::string("x"), std::string()}) {
            CAPTURE(content.size());
            write_file(sandbox.database_path(), content);
            for (const auto& command : kLibraryCommands) {
                check_refused(sandbox, command, 1, sandbox.database_path().string(), "Restore it from a backup");
            }
            check_refused(sandbox, {"init"}, 1, sandbox.database_path().string(), "");
        }
    }

    TEST_CASE("a database that is cut short is left alone") {
        const SmallLibrary sandbox;
        const auto whole = read_file(sandbox.database_path());
        for (const auto bytes : {std::size_t{50}, std::size_t{4096}, whole.size() / 2, whole.size() - 4096}) {
            CAPTURE(bytes);
            write_file(sandbox.database_path(), whole.substr(0, bytes));
            for (const auto& command : kLibraryCommands) {
                check_refused(sandbox, command, 1, "is damaged", "Restore it from a backup");
            }
        }
    }

    TEST_CASE("a database with garbage inside is called damaged, not a defect of dadcam") {
        const SmallLibrary sandbox;
        auto bytes = read_file(sandbox.database_path());
        constexpr std::size_t kHeader = 4096;  // the first page, with the schema's root, stays
        for (std::size_t at = kHeader; at < bytes.size(); ++at) bytes[at] = static_cast<char>(at * 7919 % 251);
        write_file(sandbox.database_path(), bytes);
        check_every_command_refuses(sandbox, "is damaged", "Restore it from a backup");
    }

    TEST_CASE("a recipe or an export that does not exist") {
        const SmallLibrary sandbox;
        for (const char* command : {"export", "recipe-show", "recipe-delete"}) {
            check_refused(sandbox, {command, "Nothing"}, 1, "There is no recipe \"Nothing\".", "1 \"Film\"");
            check_refused(sandbox, {command, "99"}, 1, "There is no recipe 99.", "1 \"Film\"");
        }
        check_refused(sandbox, {"export", "Film", "Nothing"}, 1, "There is no recipe \"Nothing\".", "");
        for (const char* command : {"export-details", "export-open", "export-rerun", "export-delete"}) {
            check_refused(sandbox, {command, "99"}, 1, "There is no export 99.", "dadcam export-history");
        }
        check_refused(sandbox, {"export", "--run", "99"}, 1, "There is no export 99.", "dadcam export-history");
    }

    TEST_CASE("a status that does not exist is answered with those that do") {
        const SmallLibrary sandbox;
        check_refused(sandbox, {"export-history", "--status", "nonsense"}, 2, "There is no status \"nonsense\".",
                      "pending, rendering, completed, failed, cancelled");
    }

    TEST_CASE("usage errors") {
        const SmallLibrary sandbox;
        check_refused(sandbox, {"export-history", "--limit", "none"}, 2, "--limit", "--help");
        check_refused(sandbox, {"export-history", "--limit", "0"}, 2, "--limit", "--help");
        check_refused(sandbox, {"export-history", "--offset", "-1"}, 2, "--offset", "--help");
        check_refused(sandbox, {"export-details", "one"}, 2, "one", "--help");
        check_refused(sandbox, {"export"}, 2, "Name one or more recipes", "recipe-list");
        check_refused(sandbox, {"export", "Film", "Film", "-o", "a.mp4"}, 2, "-o names one file", "");
        check_refused(sandbox, {"export", "Film", "--jobs", "0"}, 2, "--jobs", "");
        check_refused(sandbox, {"ingest"}, 2, "PATH is required", "ingest --help");
        check_refused(sandbox, {"tag", "add", "", "1"}, 2, "A tag is a word", "");
        check_refused(sandbox, {"clips", "--from", "yesterday"}, 2, "\"yesterday\" is not a date.", "2019-07-14");
    }

    TEST_CASE("a mistyped command is answered with the near one") {
        const Sandbox sandbox;
        check_refused(sandbox, {"exprot"}, 2, "\"exprot\" is not a dadcam command.", "Did you mean: dadcam export\n");
        check_refused(sandbox, {"export-histroy"}, 2, "not a dadcam command", "dadcam export-history\n");
        check_refused(sandbox, {"--json-", "ingets"}, 2, "", "");
        check_refused(sandbox, {"photosynthesis"}, 2, "not a dadcam command", "dadcam --help");
    }

    TEST_CASE("every clip whose file is gone is named before anything is rendered") {
        const SmallLibrary sandbox;
        fs::remove(sandbox.library / kFewClips[0]);
        fs::remove(sandbox.library / kFewClips[2]);
        for (const auto& name : {kFewClips[0], kFewClips[2]}) {
            check_refused(sandbox, {"export", "Film"}, 11, "\n  " + name + "\n", "dadcam ingest");
        }
        check_refused(sandbox, {"export", "Film"}, 11, "2 source clips could not be found", "");
    }

    TEST_CASE("a clip that is no video any more is named") {
        const SmallLibrary sandbox;
        write_file(sandbox.library / kFewClips[1], "not a film at all");
        check_refused(sandbox, {"export", "Film"}, 11, kFewClips[1], "");
    }

    TEST_CASE("without ffmpeg it says what to install") {
        const SmallLibrary sandbox;
        const fs::path empty = sandbox / "empty";
        fs::create_directories(empty);
        for (const Environment& environment :
             {Environment{{"DADCAM_FFMPEG_PATH", "/nonexistent"}}, Environment{{"PATH", ""}},
              Environment{{"PATH", empty.string()}}, Environment{{"DADCAM_FFMPEG_PATH", "/bin/false"}},
              Environment{{"DADCAM_FFMPEG_PATH", "/bin/true"}}, Environment{{"DADCAM_FFPROBE_PATH", "/nonexistent"}}}) {
            check_refused(sandbox, {{"export", "Film"}, sandbox.library, environment}, 10, "", "apt install ffmpeg");
        }
        check_refused(sandbox, {{"ingest", "."}, sandbox.library, {{"PATH", ""}}}, 10, "ffprobe was not found.",
                      "apt install ffmpeg");
    }

    TEST_CASE("an ffmpeg without the encoder is refused before the export begins") {
        const SmallLibrary sandbox;
        const auto script = fmt::format(
            "case \" $* \" in *' -encoders '*) '{0}' \"$@\" | grep -v libx264; exit ;; esac\nexec '{0}' \"$@\"",
            quick_tool("ffmpeg"));
        const auto stub = write_script(sandbox / "ffmpeg-without-x264", script);
        check_refused(sandbox, {{"export", "Film"}, sandbox.library, {{"DADCAM_FFMPEG_PATH", stub}}}, 10,
                      "has no libx264 encoder.", "apt install ffmpeg");
    }

    TEST_CASE("an ffmpeg without a filter is refused before the export begins, but only where the film needs it") {
        const SmallLibrary sandbox;
        const auto without = [&](const std::string& filter) {
            return write_script(sandbox / ("ffmpeg-without-" + filter),
                                fmt::format("case \" $* \" in *' -filters '*) '{0}' \"$@\" | grep -v ' {1} '; exit ;; "
                                            "*{1}*) exit 1 ;; esac\nexec '{0}' \"$@\"",
                                            quick_tool("ffmpeg"), filter));
        };
        for (const char* filter : {"zscale", "fps", "concat"}) {
            check_refused(sandbox, {{"export", "Film"}, sandbox.library, {{"DADCAM_FFMPEG_PATH", without(filter)}}}, 10,
                          fmt::format("has no {} filter.", filter), "apt install ffmpeg");
        }
        for (const char* filter : {"lut3d", "xfade", "drawtext", "tonemap"}) {
            sandbox.must({"export", "Film"}, {{"DADCAM_FFMPEG_PATH", without(filter)}});
        }
        sandbox.must({"recipe-create", "Faded", "--mode", "all", "--transition", "crossfade"});
        check_refused(sandbox, {{"export", "Faded"}, sandbox.library, {{"DADCAM_FFMPEG_PATH", without("xfade")}}}, 10,
                      "has no xfade filter.", "apt install ffmpeg");
    }

    TEST_CASE("another ffmpeg than is meant is refused before anything is read or rendered") {
        const SmallLibrary sandbox;
        fs::copy_file(sandbox.library / kFewClips[0], sandbox.library / "new.mp4");
        const auto of_version = [&](const char* program, const char* version) {
            return write_script(
                sandbox / (std::string(program) + version),
                fmt::format("case \" $* \" in *' -version '*) '{0}' \"$@\" | sed '1s/version [^ ]*/version "
                            "{1}/'; exit ;; esac\nexec '{0}' \"$@\"",
                            tool(program), version));
        };
        const std::pair<Environment, const char*> others[] = {
            {{{"DADCAM_FFMPEG_PATH", of_version("ffmpeg", "4.4.2-0ubuntu0")}}, "dadcam needs 5.1 or newer."},
            {{{"DADCAM_FFMPEG_PATH", "/bin/ls"}}, "/bin/ls does not work"},
            {{{"DADCAM_FFMPEG_PATH", "/bin/echo"}}, "/bin/echo does not seem to be ffmpeg."},
            {{{"DADCAM_FFPROBE_PATH", "/bin/true"}}, "/bin/true does not seem to be ffprobe."},
            {{{"DADCAM_FFPROBE_PATH", tool("ffmpeg")}}, "does not seem to be ffprobe."},
            {{{"DADCAM_FFPROBE_PATH", of_version("ffprobe", "7.1.5-0")}}, "is version 7.1.5-0, but"},
        };
        for (const auto& [environment, said] : others) {
            for (const std::vector<std::string>& command :
                 {std::vector<std::string>{"export", "Film"}, {"ingest", "."}}) {
                check_refused(sandbox, {command, sandbox.library, environment}, 10, said, "apt install ffmpeg");
            }
        }
    }

    TEST_CASE("a disk that is full comes before what failed on it earlier: no clip is left out for it") {
        const SmallLibrary sandbox;
        const auto once = (sandbox / "once").string();
        const auto ran = sandbox.dadcam({"export", "Film", "--on-error", "skip", "--jobs", "1", "--json"},
                                        stub_ffmpeg(sandbox, "if mkdir '" + once +
                                                                 "' 2>/dev/null; then exit 1; fi\n"
                                                                 "echo 'av_interleaved_write_frame(): No space left on "
                                                                 "device' >&2; exit 1"));
        CHECK(ran.ended() == "exit code 14");
        CHECK(json_lines(ran.out).back()["leftOut"].empty());
    }

    TEST_CASE("the search for a broken clip is progress that can be seen") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        // A segment fails; its clip, decoded alone, waits until the search is told of.
        const auto stub =
            stub_ffmpeg(sandbox, "case \"$*\" in *'-f null'*) " + gate.wait() + " ;; *DSCN*) exit 1 ;; esac");
        bool told = false;
        const auto ran = run({{"export", "Film", "--on-error", "skip", "--json"},
                              sandbox.library,
                              stub,
                              [&](pid_t, std::string_view out) {
                                  if (told || !contains(out, "Looking for the broken clip")) return;
                                  told = true;
                                  gate.open();
                              }});
        CHECK(told);
        CHECK(ran.ended() == "exit code 13");  // it is not the clip's fault
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <algorithm>
#include <fstream>
#include <libdadcam/library/holder.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/home.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// What the doctor says with --json, with its exit code.
struct Said {
    int code = 0;
    Json document;

    Json about(const std::string& what) const {
        for (const auto& finding : document["findings"])
            if (finding["about"] == what) return finding;
        return {};
    }
};

Said doctor(const Sandbox& sandbox, const Environment& environment = {}) {
    const auto ran = sandbox.dadcam({"doctor", "--json"}, environment);
    REQUIRE(ran.exit.code);
    return {*ran.exit.code, Json::parse(ran.out)};
}

/// It is broken, has this exit code, and says this and what to do.
void check_broken(const Said& said, const std::string& about, int code, const std::string& text) {
    CAPTURE(said.document.dump(1));
    CHECK(said.code == code);
    const auto finding = said.about(about);
    REQUIRE(!finding.is_null());
    CHECK(finding["state"] == "broken");
    CHECK(contains(finding["text"].get<std::string>(), text));
    CHECK(!finding["advice"].get<std::string>().empty());
}

void check_note(const Said& said, const std::string& about, const std::string& text, const std::string& advice) {
    CAPTURE(said.document.dump(1));
    CHECK(said.code == 0);
    const auto finding = said.about(about);
    REQUIRE(!finding.is_null());
    CHECK(finding["state"] == "note");
    CHECK(contains(finding["text"].get<std::string>(), text));
    CHECK(contains(finding["advice"].get<std::string>(), advice));
}

}  // namespace

TEST_SUITE("doctor") {
    TEST_CASE("where all is well nothing is broken or noted, and nothing is written") {
        const SmallLibrary sandbox;
        const auto before = tree_of(sandbox.library);
        const auto said = doctor(sandbox);
        CHECK(said.code == 0);
        for (const auto& finding : said.document["findings"]) {
            CAPTURE(finding.dump());
            CHECK((finding["state"] == "ok" || finding["about"] == "free space"));
        }
        for (const char* about :
             {"launcher", "ffmpeg", "ffprobe", "encoders", "filters", "font", "time zone", "library", "owner",
              "file system", "free space", "in use", "database", "export", "clips"})
            CHECK_MESSAGE(!said.about(about).is_null(), about);
        CHECK(differences(before, tree_of(sandbox.library)).empty());
        CHECK(contains(sandbox.must({"doctor"}), "ok      ffmpeg"));
    }

    TEST_CASE("outside of a library it looks at the tools, and a folder that is named has to be one") {
        const Sandbox sandbox;
        fs::create_directories(sandbox.library);
        const auto said = doctor(sandbox);
        CHECK(said.code == 0);
        CHECK(contains(said.about("library")["text"].get<std::string>(), "none in "));
        const auto ran = sandbox.dadcam({"--library", "/nowhere", "doctor"});
        CHECK(ran.ended() == "exit code 1");
        CHECK(contains(ran.out, "/nowhere is not a dadcam library"));
    }

    TEST_CASE(
        "a folder that was a library, a current folder that is gone, and a place for temporary files that is none") {
        const Sandbox sandbox;
        fs::create_directories(sandbox.library / ".dadcam");
        check_broken(doctor(sandbox), "library", 1, "has no database");
        fs::create_directories(sandbox / "gone");
        const auto ran = run({{"doctor"}, sandbox / "gone", {}, {}});
        CHECK(ran.ended() == "exit code 0");
        const SmallLibrary whole;
        check_broken(doctor(whole, {{"TMPDIR", "/nowhere"}}), "temporary files", 12, "no folder for temporary files");
        const auto both = doctor(whole, {{"DADCAM_LAUNCHER", "'x"}});
        check_broken(both, "launcher", 10, "has no end");
    }

    TEST_CASE("tools that are missing or broken are named") {
        const SmallLibrary sandbox;
        check_broken(doctor(sandbox, {{"DADCAM_FFMPEG_PATH", "/nowhere/ffmpeg"}}), "ffmpeg", 10, "was not found");
        check_broken(doctor(sandbox, {{"DADCAM_FFMPEG_PATH", "/bin/true"}}), "ffmpeg", 10,
                     "does not seem to be ffmpeg");
        check_broken(doctor(sandbox, {{"DADCAM_FFPROBE_PATH", "/bin/true"}}), "ffprobe", 10, "does not seem");
        check_broken(doctor(sandbox, {{"DADCAM_LAUNCHER", "no-such-launcher -n1"}}), "ffmpeg", 10, "no-such-launcher");
        const auto old = write_script(sandbox / "old", "echo ffmpeg version 4.4.2");
        check_broken(doctor(sandbox, {{"DADCAM_FFMPEG_PATH", old}}), "ffmpeg", 10, "4.4.2");
        const auto poor =
            write_script(sandbox / "poor", "case \"$*\" in *-filters*|*-encoders*) exec " + quick_tool("ffmpeg") +
                                               " \"$@\" | grep -v -e zscale -e libx264;; *) exec " +
                                               quick_tool("ffmpeg") + " \"$@\";; esac");
        const auto said = doctor(sandbox, {{"DADCAM_FFMPEG_PATH", poor}});
        check_broken(said, "filters", 10, "zscale");
        check_broken(said, "encoders", 10, "libx264");
        check_broken(doctor(sandbox, {{"DADCAM_FONT", "/nowhere.ttf"}}), "font", 10, "/nowhere.ttf");
    }

    TEST_CASE("an ffmpeg that cannot see the library's clips, or a launcher to where they are not, is named") {
        const SmallLibrary sandbox;
        CHECK(doctor(sandbox).about("reading")["state"] == "ok");
        const auto caged = write_script(sandbox / "caged",
                                        "case \"$*\" in *'-i '*) echo \"file: Permission denied\" >&2; "
                                        "exit 1;; *) exec " +
                                            quick_tool("ffmpeg") + " \"$@\";; esac");
        check_broken(doctor(sandbox, {{"DADCAM_FFMPEG_PATH", caged}}), "reading", 10, "Permission denied");
        const auto launcher = write_script(sandbox / "away",
                                           "shift; case \"$*\" in *'-i '*) echo 'No such file' >&2; "
                                           "exit 1;; *) exec " +
                                               quick_tool("ffmpeg") + " \"$@\";; esac");
        const auto said = doctor(sandbox, {{"DADCAM_LAUNCHER", launcher}});
        check_broken(said, "reading", 10, "No such file");
        CHECK(contains(said.about("reading")["advice"].get<std::string>(), "launcher"));
    }

    TEST_CASE("settings that cannot be read, and a damaged database, are named, and the rest is looked at") {
        const SmallLibrary sandbox;
        write_file(sandbox / "config/dadcam/config.json", "{");
        const Environment config{{"XDG_CONFIG_HOME", (sandbox / "config").string()}};
        check_broken(doctor(sandbox, config), "your settings", 1, "config.json");
        const auto with_launcher =
            doctor(sandbox, {{"XDG_CONFIG_HOME", (sandbox / "config").string()}, {"DADCAM_LAUNCHER", "nice"}});
        check_broken(with_launcher, "your settings", 1, "config.json");
        CHECK(with_launcher.about("launcher")["state"] == "ok");
        std::fstream file(sandbox.database_path(), std::ios::binary | std::ios::in | std::ios::out);
        for (int page = 4; page < 40; ++page) file.seekp(page * 4096) && file << std::string(2000, 'x');
        file.close();
        const auto damaged = doctor(sandbox);
        check_broken(damaged, "database", 1, "dadcam.db");
        CHECK(damaged.about("ffmpeg")["state"] == "ok");
        CHECK(damaged.about("file system")["state"] == "ok");
        fs::resize_file(sandbox.database_path(), 100);
        check_broken(doctor(sandbox), "database", 1, "dadcam.db");
    }

    TEST_CASE("clips that are missing, exports that were interrupted and a store that is away are notes") {
        const SmallLibrary sandbox;
        CHECK(sandbox.dadcam({"export", "Film"}, stub_ffmpeg(sandbox, "exit 1")).ended() == "exit code 13");
        check_note(doctor(sandbox), "export", "\"Film\" failed; its", "dadcam resume 1");
        fs::remove(sandbox.library / kFewClips[0]);
        check_note(doctor(sandbox), "clips", kFewClips[0], "dadcam ingest");
        const Environment home{{"XDG_CONFIG_HOME", (sandbox / "config").string()}};
        fs::create_directories(sandbox / "disk");
        sandbox.must({"config", "--global", "store", (sandbox / "disk").string()}, home);
        fs::remove_all(sandbox / "disk");
        check_note(doctor(sandbox, home), "store", "is not there", "Mount it");
    }

    TEST_CASE("who holds the library is told, and looking does not get into its way") {
        const SmallLibrary sandbox;
        const auto file = library::HolderFile::open(sandbox.library / ".dadcam/render.lock");
        REQUIRE(file.lock(F_WRLCK));
        file.write(library::this_process(sandbox.library));
        check_note(doctor(sandbox), "in use", "A film is being made by process", "export-history");
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/home.hpp>

namespace dadcam::test {

namespace fs = std::filesystem;

TEST_SUITE("try") {
    TEST_CASE("a folder becomes a film, and nothing else is left") {
        const Sandbox sandbox;
        sandbox.take_clips(kFewClips);
        write_file(sandbox.library / "clip.txt", "none");
        fs::create_directories(sandbox / "tmp");
        fs::create_directories(sandbox / "here");
        const auto before = tree_of(sandbox.library);
        const Call call{{"try", sandbox.library.string()}, sandbox / "here", {{"TMPDIR", (sandbox / "tmp").string()}}};
        const auto ran = run(call);
        CAPTURE(ran.err);
        CHECK(ran.ended() == "exit code 0");
        const auto film = sandbox / "here/library.mp4";
        CHECK(ran.out == film.string() + "\n");
        CHECK(fs::file_size(film) > 10'000);
        CHECK(differences(before, tree_of(sandbox.library)).empty());
        CHECK(fs::is_empty(sandbox / "tmp"));
        CHECK(contains(ran.err, "dadcam init"));
        // A failure is not to be resumed: nothing is there for that.
        const auto failed =
            run({{"try", "--force", sandbox.library.string()}, sandbox / "here", stub_ffmpeg(sandbox, "exit 1")});
        CHECK(failed.ended() == "exit code 13");
        CHECK(!contains(failed.err, "resume"));
        CHECK(!contains(failed.err, "export-details"));
        // What a killed one left is removed by the next; what is in use, or another's, is not.
        fs::create_directories(sandbox / "tmp/dadcam-try-killed");
        write_file(sandbox / "tmp/dadcam-try-killed/try.lock", "");
        fs::create_directories(sandbox / "tmp/dadcam-try-mine");
        // A second time it is not replaced, but with leave.
        CHECK(run(call).ended() == "exit code 12");
        CHECK(!fs::exists(sandbox / "tmp/dadcam-try-killed"));
        CHECK(fs::exists(sandbox / "tmp/dadcam-try-mine"));
    }

    TEST_CASE("a folder without clips, and one that is not there, are said to be so") {
        const Sandbox sandbox;
        fs::create_directories(sandbox.library);
        auto ran = sandbox.dadcam({"try"});
        CHECK(ran.ended() == "exit code 11");
        CHECK(contains(ran.err, "There are no clips in"));
        ran = sandbox.dadcam({"try", "nowhere"});
        CHECK(ran.ended() == "exit code 11");
        CHECK(tree_of(sandbox.library).empty());
    }

    TEST_CASE("without a library dadcam says what can be done, and in one lists its commands") {
        const SmallLibrary sandbox;
        CHECK(contains(sandbox.must({}), "[OPTIONS]"));
        fs::create_directories(sandbox / "elsewhere");
        const auto ran = run({{}, sandbox / "elsewhere"});
        CHECK(ran.ended() == "exit code 0");
        for (const char* words : {"dadcam try", "dadcam init", "dadcam ingest", "dadcam --help"})
            CHECK(contains(ran.out, words));
    }
}

}  // namespace dadcam::test

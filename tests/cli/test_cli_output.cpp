#include <doctest/doctest.h>

#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

void check_not_written(const Sandbox& sandbox, const std::string& place, const std::string& reason,
                       const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"export", "Film", "-o", place};
    arguments.insert(arguments.end(), more.begin(), more.end());
    check_refused(sandbox, arguments, 12, "cannot be written: " + reason);
}

}  // namespace

TEST_SUITE("output") {
    TEST_CASE("a place that cannot be written is refused before anything is rendered") {
        const SmallLibrary sandbox;
        const auto file = write_file(sandbox / "a file", "");
        check_not_written(sandbox, (sandbox / "nowhere/film.mp4").string(), "there is no such folder.");
        check_not_written(sandbox, (file / "film.mp4").string(), "there is no such folder.");
        check_not_written(sandbox, sandbox.library.string(), "it is a folder.");
        check_not_written(sandbox, sandbox.library.string() + "/", "it is a folder.");
    }

    TEST_CASE("a folder that even root cannot write to") {
        const SmallLibrary sandbox;
        check_not_written(sandbox, "/proc/film.mp4", "its folder is not writable.");
    }

    TEST_CASE("a file that is there is replaced only with --force") {
        const SmallLibrary sandbox;
        const auto film = write_file(sandbox.library / "film.mp4", "dear old film");
        check_not_written(sandbox, film.string(), "it exists already.");
        check_not_written(sandbox, "film.mp4", "it exists already.");
        fs::create_symlink("/nowhere", sandbox.library / "link.mp4");
        check_not_written(sandbox, "link.mp4", "it exists already.");
    }

    TEST_CASE("an original is never the output, by whatever name it is called") {
        const SmallLibrary sandbox;
        const auto& clip = kFewClips[1];
        const std::string reason = "it is one of the library's clips.";
        check_not_written(sandbox, clip, reason, {"--force"});
        check_not_written(sandbox, "Phones/../" + clip, reason, {"--force"});
        fs::create_directory_symlink(sandbox.library / "2012 Birthday", sandbox / "shortcut");
        check_not_written(sandbox, (sandbox / "shortcut/no sound.mp4").string(), reason, {"--force"});
    }

    TEST_CASE("dadcam's own folder is no place for a film") {
        const SmallLibrary sandbox;
        for (const char* place : {".dadcam/film.mp4", ".dadcam/dadcam.db", "Phones/../.dadcam/film.mp4"}) {
            check_not_written(sandbox, place, "it lies among dadcam's own files.", {"--force"});
        }
        fs::create_directory_symlink(sandbox.library / ".dadcam", sandbox / "shortcut");
        check_not_written(sandbox, (sandbox / "shortcut/film.mp4").string(), "it lies among dadcam's own files.");
    }

    TEST_CASE("what a link points at stays as it is when the film takes the link's place") {
        const SmallLibrary sandbox;
        const auto clip = sandbox.library / kFewClips[1];
        const auto content = read_file(clip);
        const auto link = sandbox / "film.mp4";
        SUBCASE("a symbolic link") {
            fs::create_symlink(clip, link);
        }
        SUBCASE("a hard link") {
            fs::create_hard_link(clip, link);
        }
        sandbox.export_film({"-o", link.string(), "--force"});
        CHECK((read_file(clip) == content));
        CHECK((read_file(link) != content));
    }
}

}  // namespace dadcam::test

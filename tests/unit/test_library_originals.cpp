#include <doctest/doctest.h>

#include <libdadcam/library/originals.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;
using test::FreshLibrary;

namespace {

std::size_t files_below(const fs::path& folder) {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("an original is copied by its year and month, and the file itself stays as it is") {
    FreshLibrary fresh;
    const std::string content(3'000'000, 'x');
    const auto file = test::write_file(fresh.folder / "card/MOV001.MOD", content);
    const auto before = footage::file_state(file);
    const auto clip =
        copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), file, test::clip_of("whatever"));
    CHECK(clip.path == "originals/2019/07/MOV001.MOD");
    CHECK(test::read_file(fresh.library.located(clip.path)) == content);
    CHECK(clip.state == footage::file_state(fresh.library.located(clip.path)));
    CHECK(clip.content_id == test::clip_of("whatever").content_id);
    CHECK(footage::file_state(file) == before);
}

TEST_CASE("a copy has the time of its original") {
    FreshLibrary fresh;
    const auto file = test::write_file(fresh.folder / "a.mp4", "x");
    fs::last_write_time(file, fs::last_write_time(file) - std::chrono::hours(9999));
    const auto clip =
        copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), file, test::clip_of("whatever"));
    CHECK(clip.state == footage::file_state(file));
}

TEST_CASE("a name that is taken gets a number") {
    FreshLibrary fresh;
    std::vector<std::string> paths;
    for (const char* card : {"one", "two", "three"}) {
        const auto file = test::write_file(fresh.folder / card / "MOV001.MOD", card);
        paths.push_back(copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), file,
                                      test::clip_of("whatever"))
                            .path);
    }
    CHECK(paths == std::vector<std::string>{"originals/2019/07/MOV001.MOD", "originals/2019/07/MOV001_2.MOD",
                                            "originals/2019/07/MOV001_3.MOD"});
    CHECK(test::read_file(fresh.library.located(paths[1])) == "two");
    CHECK(test::read_file(fresh.library.located(paths[0])) == "one");
}

TEST_CASE("a link that leads nowhere takes its name, too") {
    FreshLibrary fresh;
    fs::create_directories(fresh.library.root() / "originals/2019/07");
    fs::create_symlink("nowhere", fresh.library.root() / "originals/2019/07/a.mp4");
    const auto file = test::write_file(fresh.folder / "a.mp4", "x");
    CHECK(
        copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), file, test::clip_of("whatever"))
            .path == "originals/2019/07/a_2.mp4");
}

TEST_CASE("a file that cannot be read leaves nothing behind") {
    FreshLibrary fresh;
    const auto error = test::error_of([&] {
        copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), fresh.folder / "missing.mp4",
                      test::clip_of("whatever"));
    });
    CHECK(error.category() == Category::input_not_found);
    CHECK(files_below(fresh.library.root() / "originals") == 0);
}

TEST_CASE("where originals cannot be written, that is said") {
    FreshLibrary fresh;
    const auto file = test::write_file(fresh.folder / "a.mp4", "x");
    test::write_file(fresh.library.root() / "originals", "a file in the way");
    CHECK(test::error_of([&] {
              copy_original(fresh.library, *WorkLock::acquire(fresh.library, Work::copying), file,
                            test::clip_of("whatever"));
          }).category() == Category::output_write_error);
}

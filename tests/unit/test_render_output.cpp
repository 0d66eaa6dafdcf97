#include <doctest/doctest.h>

#include <libdadcam/render/output.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;
using test::FreshLibrary;

namespace {

std::string refused(library::Library& library, const fs::path& output, bool replace = false) {
    const auto error = test::error_of([&] { check_output(library, output, replace); });
    CHECK(error.category() == Category::output_write_error);
    CHECK_FALSE(error.advice().empty());
    return error.message();
}

}  // namespace

TEST_CASE("a film can be put into any folder that is there") {
    FreshLibrary fresh;
    CHECK_NOTHROW(check_output(fresh.library, fresh.folder / "film.mp4", false));
    CHECK_NOTHROW(check_output(fresh.library, fresh.library.root() / "film.mp4", false));
    CHECK_NOTHROW(check_output(fresh.library, fresh.folder / ".dadcam.mp4", false));
}

TEST_CASE("a film cannot be put where there is no folder, or onto one") {
    FreshLibrary fresh;
    CHECK(test::contains(refused(fresh.library, fresh.folder / "missing/film.mp4"), "no such folder"));
    CHECK(test::contains(refused(fresh.library, fresh.folder.path()), "it is a folder"));
    CHECK(test::contains(refused(fresh.library, fresh.folder / ""), "it is a folder"));
    test::write_file(fresh.folder / "file", "x");
    CHECK(test::contains(refused(fresh.library, fresh.folder / "file/film.mp4"), "no such folder"));
}

TEST_CASE("what is there already is replaced only when asked for") {
    FreshLibrary fresh;
    const auto film = test::write_file(fresh.folder / "film.mp4", "old");
    CHECK(test::contains(refused(fresh.library, film), "exists already"));
    CHECK_NOTHROW(check_output(fresh.library, film, true));
    fs::create_symlink("nowhere", fresh.folder / "link.mp4");
    CHECK(test::contains(refused(fresh.library, fresh.folder / "link.mp4"), "exists already"));
    CHECK(test::read_file(film) == "old");
}

TEST_CASE("a clip of the library is never replaced, not even when asked for") {
    FreshLibrary fresh;
    test::add_clip(fresh.library, "Italy/a.mp4");
    const auto file = test::write_file(fresh.library.root() / "Italy/a.mp4", "original");
    CHECK(test::contains(refused(fresh.library, file, true), "one of the library's clips"));
    CHECK(test::contains(refused(fresh.library, fresh.library.root() / "Italy/../Italy/a.mp4", true),
                         "one of the library's clips"));
    const auto outside = test::write_file(fresh.folder / "disk/b.mp4", "original");
    test::add_clip(fresh.library, outside.string());
    CHECK(test::contains(refused(fresh.library, outside, true), "one of the library's clips"));
}

TEST_CASE("a film does not lie among dadcam's own files") {
    FreshLibrary fresh;
    CHECK(test::contains(refused(fresh.library, fresh.library.folder("film.mp4")), "among dadcam's own files"));
    CHECK(test::contains(refused(fresh.library, fresh.library.folder("dadcam.db"), true), "among dadcam's own files"));
    CHECK(test::contains(refused(fresh.library, fresh.library.root() / ".dadcam/../.dadcam/film.mp4"),
                         "among dadcam's own files"));
}

#include <doctest/doctest.h>

#include <libdadcam/library/library.hpp>
#include <libdadcam/library/migrate.hpp>
#include <regex>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::FreshLibrary;
namespace fs = std::filesystem;

namespace {

constexpr const char* kDatabase = ".dadcam/dadcam.db";

}  // namespace

TEST_CASE("a library is a folder with a database in it") {
    const test::TemporaryFolder folder;
    const auto library = Library::init(folder / "deep/films", "Family");
    CHECK(library.root() == folder / "deep/films");
    CHECK(library.name() == "Family");
    CHECK(fs::is_regular_file(folder / "deep/films" / kDatabase));
    CHECK(library.folder("exports") == folder / "deep/films/.dadcam/exports");
}

TEST_CASE("a library without a name is called as its folder") {
    const test::TemporaryFolder folder;
    CHECK(Library::init(folder / "films", "").name() == "films");
    CHECK(Library::init(folder / "tapes/", "").name() == "tapes");
}

TEST_CASE("every library has an identity of its own, a version 4 UUID") {
    const test::TemporaryFolder folder;
    const auto a = Library::init(folder / "a", "").uuid();
    const auto b = Library::init(folder / "b", "").uuid();
    CHECK(a != b);
    CHECK(std::regex_match(a, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
}

TEST_CASE("a library is opened as it was made") {
    const test::TemporaryFolder folder;
    const auto uuid = Library::init(folder.path(), "Family").uuid();
    auto library = Library::open(folder.path());
    CHECK(library.uuid() == uuid);
    CHECK(library.name() == "Family");
    CHECK(library.database().execAndGet("PRAGMA foreign_keys").getInt() == 1);
    CHECK(library.database().execAndGet("PRAGMA journal_mode").getString() == "wal");
}

TEST_CASE("what is a library already is not made one again") {
    const test::TemporaryFolder folder;
    const auto uuid = Library::init(folder.path(), "Family").uuid();
    const auto error = test::error_of([&] { Library::init(folder.path(), "Other"); });
    CHECK(error.category() == Category::general);
    CHECK(test::contains(error.message(), "is already a library"));
    CHECK(Library::open(folder.path()).uuid() == uuid);
}

TEST_CASE("a folder that is no library is not opened") {
    const test::TemporaryFolder folder;
    for (const auto& place : {folder.path(), folder / "missing"}) {
        const auto error = test::error_of([&] { Library::open(place); });
        CHECK(error.category() == Category::general);
        CHECK(test::contains(error.message(), "is not a dadcam library"));
        CHECK(test::contains(error.advice(), "dadcam init"));
    }
    CHECK_FALSE(fs::exists(folder / ".dadcam"));
}

TEST_CASE("where no folder can be made, no library is") {
    const test::TemporaryFolder folder;
    test::write_file(folder / "file", "x");
    CHECK(test::error_of([&] { Library::init(folder / "file", ""); }).category() == Category::output_write_error);
}

TEST_CASE("a library whose making broke off is refused with a way out") {
    const test::TemporaryFolder folder;
    fs::create_directories(folder / ".dadcam");
    {
        SQLite::Database database((folder / kDatabase).string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(database);
    }
    CHECK(test::contains(test::error_of([&] { Library::open(folder.path()); }).advice(), "Remove it"));
    fs::remove(folder / kDatabase);
    CHECK(Library::init(folder.path(), "Family").name() == "Family");
}

TEST_CASE("the nearest library at or above a folder is found, as git finds its own") {
    const test::TemporaryFolder folder;
    Library::init(folder / "outer", "");
    Library::init(folder / "outer/a/inner", "");
    fs::create_directories(folder / "outer/a/inner/deep/down");
    CHECK(Library::find(folder / "outer") == folder / "outer");
    CHECK(Library::find(folder / "outer/a") == folder / "outer");
    CHECK(Library::find(folder / "outer/a/inner/deep/down") == folder / "outer/a/inner");
    CHECK(Library::find(folder / "outer/a/inner/deep/not there") == folder / "outer/a/inner");
    CHECK_FALSE(Library::find(folder.path()));
}

TEST_CASE("a .dadcam folder without a database is no library") {
    const test::TemporaryFolder folder;
    fs::create_directories(folder / ".dadcam");
    CHECK_FALSE(Library::find(folder.path()));
}

TEST_CASE("a place inside the library is stored relative to it, one outside as it is") {
    const test::TemporaryFolder folder;
    const auto library = Library::init(folder / "films", "");
    const auto root = library.root();
    CHECK(library.stored(root / "Italy/a.mp4") == "Italy/a.mp4");
    CHECK(library.stored(root / "Italy/../a.mp4") == "a.mp4");
    CHECK(library.stored(root / "..name.mp4") == "..name.mp4");
    CHECK(library.stored(folder / "a.mp4") == (folder / "a.mp4").string());
    CHECK(library.stored(folder / "films2/a.mp4") == (folder / "films2/a.mp4").string());
    CHECK(library.stored(root / "../a.mp4") == (folder / "a.mp4").string());
}

TEST_CASE("a stored place leads back") {
    const test::TemporaryFolder folder;
    const auto library = Library::init(folder / "films", "");
    for (const auto& place : {library.root() / "Italy/a.mp4", folder / "elsewhere/a.mp4"})
        CHECK(library.located(library.stored(place)) == place);
}

TEST_CASE("what is stored in a library leads to the same file after it was moved") {
    const test::TemporaryFolder folder;
    std::string inside, outside;
    {
        const auto library = Library::init(folder / "films", "");
        inside = library.stored(test::write_file(folder / "films/Italy/a.mp4", "inside"));
        outside = library.stored(test::write_file(folder / "elsewhere/b.mp4", "outside"));
    }
    fs::create_directories(folder / "disk");
    fs::rename(folder / "films", folder / "disk/moved");
    const auto library = Library::open(folder / "disk/moved");
    CHECK(test::read_file(library.located(inside)) == "inside");
    CHECK(test::read_file(library.located(outside)) == "outside");
}

TEST_CASE("a library that is opened through a link has its real root") {
    const test::TemporaryFolder folder;
    Library::init(folder / "films", "");
    fs::create_directory_symlink(folder / "films", folder / "link");
    CHECK(Library::open(folder / "link").root() == folder / "films");
}

TEST_CASE("a stored path that leaves the library is refused, wherever it leads") {
    FreshLibrary fresh;
    for (const char* path : {"..", "../x.mp4", "a/../../x.mp4", ".dadcam/../../x", "./../x"}) {
        CAPTURE(std::string(path));
        CHECK_THROWS_AS(fresh.library.located(path), Error);
    }
    CHECK(fresh.library.located("a/../b.mp4") == fresh.library.root() / "b.mp4");
    CHECK(fresh.library.located("/media/card/a.mp4") == "/media/card/a.mp4");
}

TEST_CASE("a folder of the library is made, and never through a link") {
    FreshLibrary fresh;
    const auto& library = fresh.library;
    library.make_own_folder(library.folder("segments/ab"));
    CHECK(fs::is_directory(library.folder("segments/ab")));
    library.make_own_folder(library.folder("segments/ab"));
    fs::create_directories(fresh.folder / "elsewhere/cd");
    fs::create_directory_symlink(fresh.folder / "elsewhere", library.folder("exports"));
    for (const char* below : {"exports", "exports/cd", "exports/new"}) {
        CHECK(test::error_of([&] { library.make_own_folder(library.folder(below)); }).category() ==
              Category::output_write_error);
    }
    CHECK_FALSE(fs::exists(fresh.folder / "elsewhere/new"));
    test::write_file(library.folder("luts"), "a file in the way");
    CHECK_THROWS_AS(library.make_own_folder(library.folder("luts")), Error);
    CHECK_THROWS_AS(library.make_own_folder(fresh.folder / "outside"), Error);
    CHECK_FALSE(fs::exists(fresh.folder / "outside"));
}

TEST_CASE("a library that is opened to be read is not changed, nor anything beside it") {
    FreshLibrary fresh;
    test::add_clip(fresh.library, "a.mp4");
    const auto folder = fresh.library.folder();
    const auto files = [&] {
        std::map<std::string, std::string> all;
        for (const auto& entry : fs::directory_iterator(folder))
            if (!entry.path().string().ends_with("-shm"))
                all[entry.path().filename().string()] = test::read_file(entry.path());
        return all;
    };
    SUBCASE("while another program has it open") {
        const auto before = files();
        auto reader = Library::open(fresh.library.root(), Access::read);
        CHECK(test::all_clips(reader).size() == 1);
        test::add_clip(reader, "b.mp4");  // of the copy
        CHECK(test::all_clips(fresh.library).size() == 1);
        CHECK(files() == before);
    }
    SUBCASE("when it was closed, wherever it lies") {
        fs::copy(fresh.library.root(), fresh.folder / "100% #1?", fs::copy_options::recursive);
        { const auto closed = Library::open(fresh.folder / "100% #1?"); }
        const auto copy = fresh.folder / "100% #1?" / ".dadcam";
        CHECK_FALSE(fs::exists(copy / "dadcam.db-wal"));
        auto reader = Library::open(fresh.folder / "100% #1?", Access::read);
        CHECK(test::all_clips(reader).size() == 1);
        CHECK_FALSE(fs::exists(copy / "dadcam.db-wal"));
        CHECK_FALSE(fs::exists(copy / "dadcam.db-shm"));
    }
    SUBCASE("one that was not closed") {
        const auto crashed = fresh.folder / "crashed";
        fs::create_directories(crashed / ".dadcam");
        for (const char* file : {"dadcam.db", "dadcam.db-wal"})
            fs::copy(fresh.library.folder(file), crashed / ".dadcam" / file);
        REQUIRE(fs::file_size(crashed / ".dadcam/dadcam.db-wal") > 0);
        auto reader = Library::open(crashed, Access::read);
        CHECK(test::all_clips(reader).size() == 1);
        CHECK_FALSE(fs::exists(crashed / ".dadcam/dadcam.db-shm"));
    }
}

TEST_CASE("a trigger or a view that is not dadcam's is not run") {
    FreshLibrary fresh;
    const auto root = fresh.library.root();
    for (const char* stranger :
         {"CREATE TRIGGER evil AFTER INSERT ON clips BEGIN DELETE FROM tags; END",
          "CREATE VIEW evil AS SELECT * FROM clips",
          "CREATE TRIGGER export_runs_status2 BEFORE UPDATE OF status ON export_runs BEGIN SELECT "
          "1; END"}) {
        CAPTURE(stranger);
        fresh.library.database().exec(stranger);
        for (const auto access : {Access::write, Access::read}) {
            const auto error = test::error_of([&] { Library::open(root, access); });
            CHECK(test::contains(error.message(), "which dadcam did not create"));
        }
        fresh.library.database().exec("DROP TRIGGER IF EXISTS evil");
        fresh.library.database().exec("DROP TRIGGER IF EXISTS export_runs_status2");
        fresh.library.database().tryExec("DROP VIEW evil");
    }
    CHECK_NOTHROW(Library::open(root));
}

TEST_CASE("a database's schema cannot be changed from within, and functions with effects cannot be in it") {
    FreshLibrary fresh;
    auto& database = fresh.library.database();
    database.exec("PRAGMA writable_schema = ON");
    CHECK(database.tryExec("UPDATE sqlite_schema SET sql = 'x' WHERE name = 'clips'") != 0);
    CHECK(database.tryExec("SELECT load_extension('x')") != 0);
}

#include <doctest/doctest.h>

#include <array>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/migrate.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

int pragma(SQLite::Database& database, const std::string& name) {
    return database.execAndGet("PRAGMA " + name).getInt();
}

int count(SQLite::Database& database, const std::string& from) {
    return database.execAndGet("SELECT count(*) FROM " + from).getInt();
}

SQLite::Database in_memory() {
    return SQLite::Database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
}

/// A folder whose .dadcam/dadcam.db holds what `sql` makes.
fs::path library_of(const test::TemporaryFolder& folder, const std::string& sql) {
    fs::create_directories(folder / ".dadcam");
    const auto file = folder / ".dadcam/dadcam.db";
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    return file;
}

/// Opening and making a library must refuse this database and leave it as it is. Returns the message.
std::string refused_untouched(const test::TemporaryFolder& folder, const fs::path& file) {
    const auto before = test::read_file(file);
    const auto error = test::error_of([&] { Library::open(folder.path()); });
    CHECK(error.category() == Category::general);
    CHECK(test::error_of([&] { Library::init(folder.path(), "mine"); }).message() == error.message());
    CHECK(test::read_file(file) == before);
    CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator{}) == 1);
    return error.message();
}

}  // namespace

TEST_CASE("an empty database becomes a library's, of the newest version") {
    auto database = in_memory();
    migrate(database);
    CHECK(pragma(database, "application_id") == kApplicationId);
    CHECK(pragma(database, "user_version") == migrations().back().version);
    CHECK(count(database, "clips") == 0);
    CHECK(count(database, "export_runs") == 0);
}

TEST_CASE("the migrations count up from 1") {
    int version = 0;
    for (const auto& migration : migrations()) CHECK(migration.version == ++version);
    CHECK(version >= 1);
}

TEST_CASE("a second migration changes nothing") {
    auto database = in_memory();
    migrate(database);
    database.exec("INSERT INTO tags (name) VALUES ('favorite')");
    const auto changes = database.getTotalChanges();
    migrate(database);
    CHECK(database.getTotalChanges() == changes);
    CHECK(count(database, "tags") == 1);
}

TEST_CASE("only the steps that are missing are taken") {
    constexpr std::array steps{Migration{1, "one", "CREATE TABLE one (a)"},
                               Migration{2, "two", "CREATE TABLE two (a)"}};
    auto database = in_memory();
    migrate(database, std::span(steps).first(1));
    CHECK(pragma(database, "user_version") == 1);
    CHECK(count(database, "sqlite_schema") == 1);
    migrate(database, steps);
    CHECK(pragma(database, "user_version") == 2);
    CHECK(count(database, "sqlite_schema") == 2);
}

TEST_CASE("a step that fails leaves the version before it, whole") {
    constexpr std::array steps{Migration{1, "one", "CREATE TABLE one (a)"},
                               Migration{2, "two", "CREATE TABLE two (a); INSERT INTO nowhere VALUES (1)"}};
    auto database = in_memory();
    CHECK_THROWS_AS(migrate(database, steps), SQLite::Exception);
    CHECK(pragma(database, "user_version") == 1);
    CHECK(count(database, "sqlite_schema") == 1);
}

TEST_CASE("somebody else's database is refused and stays as it is, byte for byte") {
    const test::TemporaryFolder folder;
    const auto file = library_of(folder, "CREATE TABLE photos (a); INSERT INTO photos VALUES (1)");
    CHECK(test::contains(refused_untouched(folder, file), "is not a dadcam database"));
}

TEST_CASE("a database with another application's number, or a version that is not ours, is refused") {
    const test::TemporaryFolder folder;
    const auto file = library_of(folder, "PRAGMA application_id = 7; CREATE TABLE t (a)");
    CHECK(test::contains(refused_untouched(folder, file), "is not a dadcam database"));
    auto versioned = in_memory();
    versioned.exec("PRAGMA user_version = 1");
    CHECK(test::contains(test::error_of([&] { migrate(versioned); }).message(), "is not a dadcam database"));
}

TEST_CASE("a newer dadcam's database is refused and stays as it is") {
    const test::TemporaryFolder folder;
    const int newer = migrations().back().version + 1;
    const auto file =
        library_of(folder, "CREATE TABLE clips (a); PRAGMA application_id = " + std::to_string(kApplicationId) +
                               "; PRAGMA user_version = " + std::to_string(newer));
    const auto message = refused_untouched(folder, file);
    CHECK(test::contains(message, "newer dadcam"));
    CHECK(test::contains(message, std::to_string(newer)));
}

TEST_CASE("a file that is no database is refused and stays as it is") {
    const test::TemporaryFolder folder;
    const auto file = test::write_file(folder / ".dadcam/dadcam.db", std::string(8192, 'x'));
    CHECK(test::contains(refused_untouched(folder, file), "damaged or not a database"));
}

TEST_CASE("an empty file is refused and stays as it is") {
    const test::TemporaryFolder folder;
    const auto file = test::write_file(folder / ".dadcam/dadcam.db", "");
    CHECK(test::contains(refused_untouched(folder, file), "is empty"));
}

TEST_CASE("a damaged library is refused with a message, wherever the damage lies") {
    const test::TemporaryFolder folder;
    Library::init(folder.path(), "mine");
    const auto file = folder / ".dadcam/dadcam.db";
    const auto whole = test::read_file(file);
    const auto damaged = [&](std::size_t from, std::size_t to) {
        auto content = whole;
        for (auto at = from; at < to; ++at) content[at] = '\xaa';
        test::write_file(file, content);
        return test::error_of([&] { Library::open(folder.path()); });
    };
    for (const auto& error : {damaged(0, 16), damaged(100, 4096), damaged(4096, whole.size())}) {
        CHECK(error.category() == Category::general);
        CHECK(test::contains(error.message(), "damaged"));
    }
    test::write_file(file, whole.substr(0, 4096 + 100));
    CHECK(test::error_of([&] { Library::open(folder.path()); }).category() == Category::general);
    test::write_file(file, whole);
    CHECK(Library::open(folder.path()).name() == "mine");
}

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <libdadcam/library/copy_to_read.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>
#include <thread>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

/// Two tables that are the same after every transaction.
SQLite::Database make(const fs::path& file, const std::string& mode) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10'000);
    database.exec("PRAGMA journal_mode = " + mode);
    database.exec("PRAGMA synchronous = OFF");
    database.exec("CREATE TABLE one (n INTEGER, text TEXT); CREATE TABLE other (n INTEGER, text TEXT)");
    return database;
}

void add(SQLite::Database& database, int number) {
    const std::string text(3000, static_cast<char>('a' + number % 26));
    for (const char* table : {"one", "other"}) {
        SQLite::Statement insert(database, std::string("INSERT INTO ") + table + " VALUES (?, ?)");
        insert.bind(1, number);
        insert.bind(2, text);
        insert.exec();
    }
}

/// How many rows, when both tables have the same.
int rows(const CopyToRead& copy) {
    SQLite::Database database(copy.file().string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
    CHECK(database.execAndGet("SELECT count(*) FROM (SELECT n, text FROM one EXCEPT SELECT n, text FROM other)")
              .getInt() == 0);
    const int one = database.execAndGet("SELECT count(*) FROM one").getInt();
    CHECK(one == database.execAndGet("SELECT count(*) FROM other").getInt());
    return one;
}

}  // namespace

TEST_CASE("a copy is whole, however fast the database changes meanwhile") {
    for (const char* mode : {"WAL", "TRUNCATE", "DELETE"}) {
        CAPTURE(mode);
        const test::TemporaryFolder folder;
        const auto file = folder / "dadcam.db";
        std::atomic<bool> over{false};
        make(file, mode);
        std::thread writer([&] {
            SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 10'000);
            for (int number = 0; !over; ++number) {
                SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
                add(database, number);
                if (number % 50 == 49) database.exec("DELETE FROM one; DELETE FROM other");
                transaction.commit();
                std::this_thread::sleep_for(std::chrono::milliseconds{number % 5});  // else there is no moment without
            }
        });
        constexpr int kCopies = 25;
        int copies = 0, busy = 0;
        for (int i = 0; i < kCopies; ++i) {
            try {
                rows(CopyToRead(file));
                ++copies;
            } catch (const Error& error) {
                CHECK(error.category() == Category::busy);
                ++busy;
            }
        }
        over = true;
        writer.join();
        CHECK(copies + busy == kCopies);
        CHECK(copies > 0);
    }
}

TEST_CASE("of a database that was not closed, what was committed is in the copy") {
    for (const char* mode : {"WAL", "TRUNCATE", "DELETE"}) {
        CAPTURE(mode);
        const test::TemporaryFolder folder;
        const auto file = folder / "dadcam.db", crashed = folder / "crashed.db";
        auto database = make(file, mode);
        for (int number = 0; number < 10; ++number) add(database, number);
        database.exec("PRAGMA cache_size = 1");
        SQLite::Transaction transaction(database);
        for (int number = 10; number < 200; ++number) add(database, number);  // more than memory: it is on the disk
        for (const char* part : {"", "-wal", "-journal"})
            if (fs::exists(file.string() + part)) fs::copy(file.string() + part, crashed.string() + part);
        const auto before = fs::last_write_time(crashed);
        CHECK(rows(CopyToRead(crashed)) == 10);
        CHECK(fs::last_write_time(crashed) == before);
    }
}

TEST_CASE("a copy is gone with its reader, and needs a database") {
    const test::TemporaryFolder folder;
    make(folder / "dadcam.db", "DELETE");
    fs::path place;
    {
        const CopyToRead copy(folder / "dadcam.db");
        place = copy.file();
        CHECK(fs::exists(place));
    }
    CHECK_FALSE(fs::exists(place.parent_path()));
    CHECK(fs::exists(folder / "dadcam.db"));
}

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <fstream>
#include <libdadcam/library/connection.hpp>
#include <libdadcam/library/copy_to_read.hpp>
#include <libdadcam/library/migrate.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 15'000;

/// Only init makes a library of an empty database; where one is opened, there must be one.
void refuse_empty(SQLite::Database& database, const fs::path& file) {
    if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() > 0) return;
    throw Error(Category::general, fmt::format("{} is empty.", file.string()),
                "Restore it from a backup, or remove it and run: dadcam init");
}

/// The database may be anyone's: what its schema calls has no effects, and the schema is not changed by the way. Once
/// it is a plain one: see sql/0003.
void set_on_guard(SQLite::Database& database) {
    auto* const handle = database.getHandle();
    const bool guarded = ::sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) == SQLITE_OK &&
                         ::sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr) == SQLITE_OK &&
                         ::sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr) == SQLITE_OK;
    if (!guarded) throw Error(Category::general, "This SQLite is too old.", "Use SQLite 3.31 or a newer one.");
}

void bring_up_to_date(SQLite::Database& database, const fs::path& file) {
    if (is_newest(database)) set_on_guard(database);
    migrate(database, migrations(), file.string());
    set_on_guard(database);
    database.exec("PRAGMA foreign_keys = ON");
}

/// A log that somebody on another machine has in use has changed lately: a rendering writes to it every second.
void refuse_log_in_use(const fs::path& file) {
    constexpr std::chrono::minutes kQuiet{5};
    std::error_code error;
    const auto changed = fs::last_write_time(file.string() + "-wal", error);
    if (error || fs::file_time_type::clock::now() - changed > kQuiet) return;
    throw Error(Category::busy,
                fmt::format("{} is open on the machine that its disk belongs to, or was a moment ago.", file.string()),
                "Try again when dadcam is done there; after a crash, in five minutes.");
}

}  // namespace

// File format, "File format version numbers": 2 for one with a write-ahead log.
bool has_write_ahead_log(const fs::path& file) {
    constexpr std::streamoff kWriteVersion = 18;
    std::ifstream in(file, std::ios::binary);
    return in.seekg(kWriteVersion) && in.get() == 2;
}

std::vector<std::string> damages(SQLite::Database& database) {
    std::vector<std::string> found;
    SQLite::Statement query(database, "PRAGMA integrity_check");
    while (query.executeStep()) found.push_back(query.getColumn(0).getString());
    if (found == std::vector<std::string>{"ok"}) found.clear();
    SQLite::Statement links(database, "PRAGMA foreign_key_check");
    if (links.executeStep())
        found.push_back(fmt::format("{} refers to a missing row of {}.", links.getColumn(0).getString(),
                                    links.getColumn(2).getString()));
    return found;
}

Error database_error(const SQLite::Exception& error, const std::string& what) {
    if (error.getExtendedErrorCode() == SQLITE_CONSTRAINT_COMMITHOOK) {
        return {Category::busy,
                fmt::format("{} can no longer be used here: another machine has taken over the library, or the "
                            "connection was lost for minutes.",
                            what),
                "Nothing has been written since. Continue when it is free again.", error.what()};
    }
    switch (error.getErrorCode()) {
        case SQLITE_BUSY:
            return {Category::busy, fmt::format("{} is locked by another program.", what), "Try again in a moment.",
                    error.what()};
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {Category::general, fmt::format("{} is damaged or not a database.", what),
                    "It was left as it is. Restore it from a backup; the clips themselves are not in it.",
                    error.what()};
        case SQLITE_FULL:
            return {Category::disk_full, fmt::format("{} cannot be written: the disk is full.", what),
                    "Free some space; finished segments are kept.", error.what()};
        case SQLITE_READONLY:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return {Category::output_write_error, fmt::format("{} cannot be used: {}.", what, error.what()),
                    "Check that the folder can be read and written.", error.what()};
        default:
            return {Category::general, fmt::format("{} cannot be used: {}.", what, error.what()),
                    "Run it again. If it keeps happening, please report it as a bug.", error.what()};
    }
}

std::unique_ptr<SQLite::Database> connect(const fs::path& file, Database there, const HostLock* host) {
    const int flags = SQLite::OPEN_READWRITE | (there == Database::fresh ? SQLite::OPEN_CREATE : 0);
    try {
        auto database = std::make_unique<SQLite::Database>(file.string(), flags, kBusyMilliseconds);
        if (host != nullptr) {
            for (const char* part : {"", "-journal"}) look_anew(file.string() + part);
            const auto refuse = [](void* lock) { return static_cast<const HostLock*>(lock)->is_ours() ? 0 : 1; };
            ::sqlite3_commit_hook(database->getHandle(), refuse, const_cast<HostLock*>(host));
        }
        const bool gives_up_log = host != nullptr && has_write_ahead_log(file);
        if (gives_up_log) {
            refuse_log_in_use(file);
            database->exec("PRAGMA locking_mode = EXCLUSIVE");  // alone, SQLite needs no shared memory for it
        }
        if (there == Database::existing) refuse_empty(*database, file);
        bring_up_to_date(*database, file);
        // SQLite's own rule: no write-ahead log where memory is not shared.
        database->exec(host == nullptr ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE");
        if (gives_up_log) {
            database->exec("PRAGMA locking_mode = NORMAL");
            database->execAndGet("SELECT count(*) FROM sqlite_schema");  // only now it is let go
        }
        // Every commit but that of progress is on the disk before the next step: after a loss of power, too, a row is
        // there for what was finished, and a film is known that came into its place.
        database->exec("PRAGMA synchronous = FULL");
        return database;
    } catch (const SQLite::Exception& error) {
        throw database_error(error, file.string());
    }
}

std::unique_ptr<SQLite::Database> connect_to_copy(const fs::path& file) {
    const CopyToRead copy(file);
    try {
        auto database = std::make_unique<SQLite::Database>(copy.file().string(), SQLite::OPEN_READWRITE);
        database->exec("PRAGMA locking_mode = EXCLUSIVE");
        refuse_empty(*database, file);
        bring_up_to_date(*database, file);
        // What it reads from here on is open, so that the copy's name can go.
        database->exec("PRAGMA journal_mode = MEMORY");
        return database;
    } catch (const SQLite::Exception& error) {
        throw database_error(error, file.string());
    }
}

}  // namespace dadcam::library

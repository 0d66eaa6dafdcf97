#include <fmt/format.h>

#include <libdadcam/error.hpp>
#include <libdadcam/library/migrate.hpp>

namespace dadcam::library {
namespace {

int pragma(SQLite::Database& database, const char* name) {
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

void refuse_foreign(SQLite::Database& database, int version, int newest) {
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
    const bool ours = pragma(database, "application_id") == kApplicationId;
    if (!ours && !(empty && version == 0)) {
        throw Error(Category::general, fmt::format("{} is not a dadcam database.", database.getFilename()),
                    "It was left as it is. Move it away if this folder is to become a library.");
    }
    if (version > newest) {
        throw Error(
            Category::general,
            fmt::format("This library was written by a newer dadcam (database version {}, this program knows {}).",
                        version, newest),
            "Use the newer dadcam. Nothing was changed.");
    }
}

void step(SQLite::Database& database, const Migration& migration) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (pragma(database, "user_version") >= migration.version) return;  // another process was faster
    database.exec(migration.sql);
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec(fmt::format("PRAGMA user_version = {}", migration.version));
    transaction.commit();
}

}  // namespace

void migrate(SQLite::Database& database, std::span<const Migration> steps) {
    const int version = pragma(database, "user_version");
    refuse_foreign(database, version, steps.empty() ? 0 : steps.back().version);
    for (const auto& migration : steps) {
        if (migration.version > version) step(database, migration);
    }
}

}  // namespace dadcam::library

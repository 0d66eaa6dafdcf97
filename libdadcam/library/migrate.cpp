#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/error.hpp>
#include <libdadcam/library/migrate.hpp>
#include <string>
#include <string_view>

namespace dadcam::library {
namespace {

int pragma(SQLite::Database& database, const char* name) {
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

void refuse_foreign(SQLite::Database& database, const std::string& name, int version, int newest) {
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
    const bool ours = pragma(database, "application_id") == kApplicationId;
    if (!ours && !(empty && version == 0)) {
        throw Error(Category::general, fmt::format("{} is not a dadcam database.", name),
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

void refuse_strangers(SQLite::Database& database, const std::string& name) {
    // Tables and indexes have pages; triggers, views and virtual tables, however their type is written, have none.
    SQLite::Statement query(database,
                            "SELECT name, coalesce(sql, '') FROM sqlite_schema"
                            " WHERE coalesce(rootpage, 0) = 0 OR type NOT IN ('table', 'index')");
    while (query.executeStep()) {
        const auto sql = query.getColumn(1).getString();
        const auto has_it = [&](const Migration& one) {
            return !sql.empty() && std::string_view(one.sql).find(sql) != std::string::npos;
        };
        if (std::any_of(migrations().begin(), migrations().end(), has_it)) continue;
        throw Error(
            Category::general,
            fmt::format("{} contains \"{}\", which dadcam did not create.", name, query.getColumn(0).getString()),
            "Another program has changed the database. None of it was run; do not use a library that somebody gave you "
            "in this state.");
    }
}

}  // namespace

void migrate(SQLite::Database& database, std::span<const Migration> steps, std::string name) {
    if (name.empty()) name = database.getFilename();
    const int version = pragma(database, "user_version");
    refuse_foreign(database, name, version, steps.empty() ? 0 : steps.back().version);
    refuse_strangers(database, name);
    for (const auto& migration : steps) {
        if (migration.version > version) step(database, migration);
    }
}

bool is_newest(SQLite::Database& database) {
    return pragma(database, "user_version") == migrations().back().version;
}

}  // namespace dadcam::library

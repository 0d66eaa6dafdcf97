#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>
#include <string>

namespace dadcam::library {

struct Migration {
    int version;  ///< the user_version that it leads to: 1, 2, 3 …
    const char* name;
    const char* sql;
};

/// What is in sql/, in order; embedded at build time.
std::span<const Migration> migrations();

/// "dadc": SQLite's application_id of a library's database.
inline constexpr int kApplicationId = 0x64616463;

/// Brings a database to the newest version, each step in one transaction with its user_version. An empty database
/// becomes a library's; a newer or a foreign one is refused untouched with Error(general), and so is one with a trigger
/// or a view that is in none of the migrations: somebody else put it there, and it would run when a table is used.
/// `name` is what an Error calls the database; empty: its file.
void migrate(SQLite::Database& database, std::span<const Migration> steps = migrations(), std::string name = {});

/// True when there is nothing to migrate.
bool is_newest(SQLite::Database& database);

}  // namespace dadcam::library

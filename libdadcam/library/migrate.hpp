#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>

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
/// becomes a library's; a newer or a foreign one is refused untouched with Error(general).
void migrate(SQLite::Database& database, std::span<const Migration> steps = migrations());

}  // namespace dadcam::library

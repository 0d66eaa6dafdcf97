#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <libdadcam/error.hpp>
#include <libdadcam/library/host_lock.hpp>
#include <memory>
#include <string>
#include <vector>

namespace dadcam::library {

/// What SQLite's complaint means for a person. `what` is the database's file, where it is known.
Error database_error(const SQLite::Exception& error, const std::string& what = "The library's database");

/// True when the database's last writer left it with a write-ahead log, as its header says.
bool has_write_ahead_log(const std::filesystem::path& file);

/// What SQLite finds wrong in a database, its pages, tables and indexes: a line each, at most a hundred. Empty when all
/// is well.
std::vector<std::string> damages(SQLite::Database& database);

/// Whether a database is there already.
enum class Database { existing, fresh };

/// Opens a library's database to read and write, in the newest form. With `host`, which outlives it, it may lie where
/// memory is not shared: without a write-ahead log, and nothing is committed once another machine has the library.
/// Error(general) when it is newer, foreign, damaged, empty, or holds triggers or views that are not dadcam's;
/// Error(busy) when somebody has it open with a write-ahead log on another machine.
std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& file, Database there, const HostLock* host);

/// The same of a copy, which is gone with the connection, and what was written to it: how a library is read without
/// changing as much as a file beside its database, whoever writes it meanwhile. Also one that is older, or was not
/// closed.
/// Error(busy) when it changes all the time.
std::unique_ptr<SQLite::Database> connect_to_copy(const std::filesystem::path& file);

}  // namespace dadcam::library

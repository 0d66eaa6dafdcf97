#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <libdadcam/error.hpp>
#include <memory>
#include <optional>
#include <string>

namespace dadcam::library {

/// The folder that makes a folder a library.
inline constexpr const char* kFolder = ".dadcam";

/// What SQLite's complaint means for a person. `what` is the database's file, where it is known.
Error database_error(const SQLite::Exception& error, const std::string& what = "The library's database");

/// An opened library: its root folder and the connection to its database. Used from one thread.
class Library {
public:
    /// Makes `root` (and the folders above it) a library. Error(general) when it is one already, or its database is
    /// somebody else's; Error(output_write_error) when it cannot be written.
    static Library init(const std::filesystem::path& root, const std::string& name);

    /// Opens the library at `root`. Error(general) when there is none, or its database is newer, foreign or damaged.
    static Library open(const std::filesystem::path& root);

    /// The nearest folder at or above `start` that is a library, as git looks for its own.
    static std::optional<std::filesystem::path> find(const std::filesystem::path& start);

    SQLite::Database& database() { return *database_; }
    std::int64_t id() const { return id_; }
    const std::string& uuid() const { return uuid_; }
    const std::string& name() const { return name_; }
    const std::filesystem::path& root() const { return root_; }

    /// <root>/.dadcam/<below>
    std::filesystem::path folder(const std::filesystem::path& below = {}) const { return root_ / kFolder / below; }

    /// How a file's place is stored: relative to the root wherever it is inside it, else absolute. Lexical; `absolute`
    /// must be absolute.
    std::string stored(const std::filesystem::path& absolute) const;
    /// The place behind a stored path, absolute. Error(general) for one that is relative and leaves the library: dadcam
    /// stores none, so the database was changed by somebody else.
    std::filesystem::path located(const std::string& stored_path) const;

    /// Tells this library on its disk from every copy of it: the inode and birth time of its folder. A place outside
    /// of the library that a row names is believed only with it, for rows can come from anywhere.
    std::string disk_identity() const;

    /// Makes a folder in the library, and sees to it that none on the way is a link to somewhere else.
    /// Error(output_write_error).
    void make_own_folder(const std::filesystem::path& absolute) const;

private:
    Library(std::filesystem::path root, std::unique_ptr<SQLite::Database> database);
    void read_itself();

    std::filesystem::path root_;
    std::unique_ptr<SQLite::Database> database_;
    std::int64_t id_ = 0;
    std::string uuid_;
    std::string name_;
};

}  // namespace dadcam::library

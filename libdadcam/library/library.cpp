#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <libdadcam/error.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/migrate.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>
#include <libdadcam/uuid.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 15'000;

fs::path database_path(const fs::path& root) {
    return root / kFolder / "dadcam.db";
}

/// Only init makes a library of an empty database; where one is opened, there must be one.
void refuse_empty(SQLite::Database& database) {
    if (database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() > 0) return;
    throw Error(Category::general, fmt::format("{} is empty.", database.getFilename()),
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

std::unique_ptr<SQLite::Database> connect(const fs::path& path, int flags) {
    try {
        auto database = std::make_unique<SQLite::Database>(path.string(), flags, kBusyMilliseconds);
        if ((flags & SQLite::OPEN_CREATE) == 0) refuse_empty(*database);
        if (is_newest(*database)) set_on_guard(*database);
        migrate(*database);
        set_on_guard(*database);
        database->exec("PRAGMA foreign_keys = ON");
        database->exec("PRAGMA journal_mode = WAL");
        // Every commit is on the disk before the next step: after a loss of power, too, a row is there for what was
        // finished, and a film is known that came into its place.
        database->exec("PRAGMA synchronous = FULL");
        return database;
    } catch (const SQLite::Exception& error) {
        throw database_error(error, path.string());
    }
}

/// As an address of SQLite, in which these have a meaning.
std::string address_of(const fs::path& file) {
    std::string address = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#')
            address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            address += c;
    }
    return address;
}

/// Without its write-ahead log a database is read as one that nobody changes, and no file is made beside it.
std::unique_ptr<SQLite::Database> connect_to_read(const fs::path& path) {
    std::error_code error;
    const auto log = fs::file_size(path.string() + "-wal", error);
    const bool closed = error || log == 0;
    if (!closed && !fs::exists(path.string() + "-shm", error)) {
        throw Error(Category::general,
                    fmt::format("{} was not closed properly, so it cannot be opened for reading only.", path.string()),
                    "Its owner has to run a command in it once: dadcam export-history");
    }
    try {
        auto database = std::make_unique<SQLite::Database>(
            address_of(path) + (closed ? "?mode=ro&immutable=1" : "?mode=ro&readonly_shm=1"),
            SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyMilliseconds);
        refuse_empty(*database);
        check_version(*database);
        set_on_guard(*database);
        return database;
    } catch (const SQLite::Exception& problem) {
        throw database_error(problem, path.string());
    }
}

std::string note_text(const std::string& place, bool replace) {
    return replace ? place + "\nreplace\n" : place + '\n';
}

/// A uuid comes from the database, and becomes a part of names.
bool is_plain(const std::string& uuid) {
    return !uuid.empty() && uuid.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

}  // namespace

Error database_error(const SQLite::Exception& error, const std::string& what) {
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
                    "Make room; finished segments are kept.", error.what()};
        case SQLITE_READONLY:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return {Category::output_write_error, fmt::format("{} cannot be used: {}.", what, error.what()),
                    "Check that the folder can be read and written.", error.what()};
        default:
            return {Category::general, fmt::format("{} cannot be used: {}.", what, error.what()),
                    "Run it again; if it stays so, it is a defect of dadcam.", error.what()};
    }
}

Library::Library(fs::path root, std::unique_ptr<SQLite::Database> database)
    : root_(std::move(root)), database_(std::move(database)) {
    try {
        read_itself();
    } catch (const SQLite::Exception& error) {
        throw database_error(error, database_->getFilename());
    }
}

void Library::read_itself() {
    SQLite::Statement query(*database_, "SELECT id, uuid, name FROM libraries ORDER BY id LIMIT 1");
    if (!query.executeStep()) {
        throw Error(Category::general, fmt::format("{} holds no library.", database_->getFilename()),
                    "It was never finished. Remove it and run: dadcam init");
    }
    id_ = query.getColumn(0).getInt64();
    uuid_ = query.getColumn(1).getString();
    name_ = query.getColumn(2).getString();
    if (!is_plain(uuid_)) {
        throw Error(Category::general, fmt::format("{} does not say which library it is.", database_->getFilename()),
                    "Another program has changed it. Restore it from a backup.");
    }
}

Library Library::init(const fs::path& root, const std::string& name) {
    const fs::path absolute = fs::absolute(root).lexically_normal();
    std::error_code error;
    if (fs::exists(database_path(absolute), error)) {
        open(absolute);  // says so when it is damaged, newer or somebody else's
        throw Error(Category::general, fmt::format("{} is a library already.", absolute.string()),
                    "Nothing was changed. Take clips in with: dadcam ingest PATH");
    }
    fs::create_directories(absolute / kFolder, error);
    if (error) {
        throw Error(Category::output_write_error,
                    fmt::format("{} cannot be made: {}.", (absolute / kFolder).string(), error.message()),
                    "Choose a folder that you can write to.");
    }
    const fs::path canonical = fs::canonical(absolute);
    auto database = connect(database_path(canonical), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    execute(*database, "INSERT INTO libraries (uuid, name, created_at) VALUES (?, ?, ?)", new_uuid(),
            name.empty() ? canonical.filename().string() : name, now_utc());
    return {canonical, std::move(database)};
}

Library Library::open(const fs::path& root, Access access) {
    std::error_code error;
    const fs::path canonical = fs::canonical(root, error);
    if (error || !fs::is_regular_file(database_path(canonical), error)) {
        throw Error(Category::general, fmt::format("{} is not a dadcam library.", root.string()),
                    "Make one with: dadcam init " + root.string());
    }
    const auto database = database_path(canonical);
    return {canonical, access == Access::read ? connect_to_read(database) : connect(database, SQLite::OPEN_READWRITE)};
}

std::optional<fs::path> Library::find(const fs::path& start) {
    std::error_code error;
    for (fs::path folder = fs::absolute(start).lexically_normal();; folder = folder.parent_path()) {
        if (fs::is_regular_file(database_path(folder), error)) return folder;
        if (folder == folder.parent_path()) return std::nullopt;
    }
}

std::string Library::stored(const fs::path& absolute) const {
    const fs::path relative = absolute.lexically_normal().lexically_relative(root_);
    if (relative.empty() || *relative.begin() == "..") return absolute.lexically_normal().string();
    return relative.string();
}

fs::path Library::located(const std::string& stored_path) const {
    auto place = (root_ / stored_path).lexically_normal();
    const auto relative = place.lexically_relative(root_);
    if (!fs::path(stored_path).is_absolute() && (relative.empty() || *relative.begin() == "..")) {
        throw Error(Category::general,
                    fmt::format("The database names a file outside of the library: {}.", stored_path),
                    "Another program has changed it. Nothing was read or written there.");
    }
    return place;
}

/// A file for each run and place: copies of a library have the same runs, and other places.
fs::path Library::note_of(std::int64_t run_id, const std::string& note) const {
    Hash hash;
    hash.add(note);
    return notes_ / uuid_ / fmt::format("{}-{}", run_id, hash_digits(hash.finish()));
}

void Library::note_place(std::int64_t run_id, const std::string& place, bool replace) {
    const auto text = note_text(place, replace);
    noted_.emplace(run_id, text);
    if (notes_.empty()) return;
    try {
        const auto note = note_of(run_id, text);
        AtomicFile file(note, note.parent_path() / fmt::format(".{}.{}.tmp", note.filename().string(), ::getpid()));
        std::ofstream(file.temporary(), std::ios::binary) << text;
        file.commit();
    } catch (const Error&) {  // then a resume asks for the place again
    }
}

bool Library::has_noted(std::int64_t run_id, const std::string& place, bool replace) const {
    const auto text = note_text(place, replace);
    if (noted_.contains({run_id, text})) return true;
    if (notes_.empty()) return false;
    std::ifstream file(note_of(run_id, text), std::ios::binary);
    return file && std::string(std::istreambuf_iterator<char>(file), {}) == text;
}

fs::path Library::segments() const {
    return store_ ? store_->folder / uuid_ : folder("segments");
}

void Library::make_own_folder(const fs::path& absolute) const {
    const auto refuse = [](const fs::path& path, const std::string& reason) {
        throw Error(Category::output_write_error, fmt::format("{} cannot be used: {}.", path.string(), reason),
                    "dadcam writes only inside the library and its store; nothing was written there.");
    };
    const auto leads_out = [](const fs::path& relative) { return relative.empty() || *relative.begin() == ".."; };
    const bool is_in_store = store_ && !leads_out(absolute.lexically_relative(segments()));
    if (is_in_store) require_there(store_);
    fs::path path = is_in_store ? store_->folder : root_;
    const auto below = absolute.lexically_relative(path);
    if (leads_out(below)) refuse(absolute, "it is not in the library");
    for (const auto& part : below) {
        path /= part;
        std::error_code error;
        auto type = fs::symlink_status(path, error).type();
        if (type == fs::file_type::not_found && (fs::create_directory(path, error) || !error)) {
            type = fs::symlink_status(path, error).type();
        }
        if (error && type != fs::file_type::directory) throw_write_error(path, error.value());
        if (type == fs::file_type::symlink) refuse(path, "it is a link to somewhere else");
        if (type != fs::file_type::directory) refuse(path, "it is not a folder");
    }
}

}  // namespace dadcam::library

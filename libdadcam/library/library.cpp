#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <libdadcam/error.hpp>
#include <libdadcam/hash.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/connection.hpp>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>
#include <libdadcam/uuid.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

fs::path database_path(const fs::path& root) {
    return root / kFolder / "dadcam.db";
}

std::unique_ptr<HostLock> host_lock(const fs::path& root, const Patience& patience) {
    const auto folder = root / kFolder;
    return HostLock::is_needed(folder) ? HostLock::acquire(folder, patience) : nullptr;
}

std::string note_text(const std::string& place, bool replace) {
    return replace ? place + "\nreplace\n" : place + '\n';
}

/// A uuid comes from the database, and becomes a part of names.
bool is_plain(const std::string& uuid) {
    return !uuid.empty() && uuid.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

}  // namespace

Library::Library(fs::path root, std::unique_ptr<HostLock> host, std::unique_ptr<SQLite::Database> database)
    : root_(std::move(root)), host_(std::move(host)), database_(std::move(database)) {
    try {
        read_itself();
    } catch (const SQLite::Exception& error) {
        throw database_error(error, database_path(root_));
    }
}

Library::Library(Library&&) noexcept = default;
Library::~Library() = default;

/// What was here ends with `other`: the database before the lock.
Library& Library::operator=(Library&& other) noexcept {
    std::swap(root_, other.root_);
    std::swap(host_, other.host_);
    std::swap(database_, other.database_);
    std::swap(id_, other.id_);
    std::swap(uuid_, other.uuid_);
    std::swap(name_, other.name_);
    std::swap(notes_, other.notes_);
    std::swap(noted_, other.noted_);
    std::swap(store_, other.store_);
    return *this;
}

void Library::read_itself() {
    SQLite::Statement query(*database_, "SELECT id, uuid, name FROM libraries ORDER BY id LIMIT 1");
    if (!query.executeStep()) {
        throw Error(Category::general, fmt::format("{} holds no library.", database_path(root_).string()),
                    "It was never finished. Remove it and run: dadcam init");
    }
    id_ = query.getColumn(0).getInt64();
    uuid_ = query.getColumn(1).getString();
    name_ = query.getColumn(2).getString();
    if (!is_plain(uuid_)) {
        throw Error(Category::general,
                    fmt::format("{} does not say which library it is.", database_path(root_).string()),
                    "Another program has changed it. Restore it from a backup.");
    }
}

Library Library::init(const fs::path& root, const std::string& name) {
    const fs::path absolute = fs::absolute(root).lexically_normal();
    std::error_code error;
    if (fs::exists(database_path(absolute), error)) {
        open(absolute);  // says so when it is damaged, newer or somebody else's
        throw Error(Category::general, fmt::format("{} is already a library.", absolute.string()),
                    "Nothing was changed. Add clips with: dadcam ingest PATH");
    }
    fs::create_directories(absolute / kFolder, error);
    if (error) {
        throw Error(Category::output_write_error,
                    fmt::format("{} cannot be made: {}.", (absolute / kFolder).string(), error.message()),
                    "Choose a folder that you can write to.");
    }
    const fs::path canonical = fs::canonical(absolute);
    auto host = host_lock(canonical, {});
    auto database = connect(database_path(canonical), Database::fresh, host.get());
    execute(*database, "INSERT INTO libraries (uuid, name, created_at) VALUES (?, ?, ?)", new_uuid(),
            name.empty() ? canonical.filename().string() : name, now_utc());
    return {canonical, std::move(host), std::move(database)};
}

Library Library::open(const fs::path& root, Access access, const Patience& patience) {
    std::error_code error;
    const fs::path canonical = fs::canonical(root, error);
    if (error || !fs::is_regular_file(database_path(canonical), error)) {
        throw Error(Category::general, fmt::format("{} is not a dadcam library.", root.string()),
                    "Make one with: dadcam init " + root.string());
    }
    const auto database = database_path(canonical);
    if (access == Access::read) return {canonical, nullptr, connect_to_copy(database)};
    require_writable(canonical);
    auto host = host_lock(canonical, patience);
    auto connection = connect(database, Database::existing, host.get());
    return {canonical, std::move(host), std::move(connection)};
}

bool Library::can_be_written(const fs::path& root) {
    const auto database = database_path(root);
    return ::access(database.parent_path().c_str(), W_OK) == 0 && ::access(database.c_str(), W_OK) == 0;
}

void Library::require_writable(const fs::path& root) {
    if (can_be_written(root)) return;
    throw Error(Category::output_write_error,
                fmt::format("The library {} can only be read: {}.", root.string(), std::strerror(errno)),
                "Change it where it can be written, or work in a copy of it.");
}

std::optional<fs::path> Library::find(const fs::path& start) {
    std::error_code error;
    if (start.empty()) return std::nullopt;  // the current folder, which is gone
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
        file.write(text);
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

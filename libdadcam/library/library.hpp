#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <libdadcam/library/connection.hpp>
#include <libdadcam/library/host_lock.hpp>
#include <libdadcam/library/store_place.hpp>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace dadcam::library {

/// The folder that makes a folder a library.
inline constexpr const char* kFolder = ".dadcam";

/// What a library is opened for. To read it changes nothing, not even files beside its database: what is read is a copy
/// of that, as it was at one moment.
enum class Access { write, read };

/// An opened library: its root folder and the connection to its database. Used from one thread.
class Library {
public:
    /// Makes `root` (and the folders above it) a library. Error(general) when it is one already, or its database is
    /// somebody else's; Error(output_write_error) when it cannot be written.
    static Library init(const std::filesystem::path& root, const std::string& name);

    /// Opens the library at `root`. Error(general) when there is none, or its database is newer, foreign or damaged, or
    /// holds triggers or views that are not dadcam's. To write it: Error(output_write_error) where that cannot be, and
    /// Error(busy) while another machine has it.
    static Library open(const std::filesystem::path& root, Access access = Access::write,
                        const Patience& patience = {});

    /// False where there is no right to, or the place is a read-only one.
    static bool can_be_written(const std::filesystem::path& root);
    /// Error(output_write_error) there.
    static void require_writable(const std::filesystem::path& root);

    /// The nearest folder at or above `start` that is a library, as git looks for its own.
    static std::optional<std::filesystem::path> find(const std::filesystem::path& start);

    Library(Library&& other) noexcept;
    Library& operator=(Library&& other) noexcept;
    ~Library();

    /// Only where others may have it, too.
    HostLock* host() { return host_.get(); }
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

    /// A folder of the person who is at work, outside of every library, in which it is noted which places for films
    /// they have named. Without it that is known only until the library is closed.
    void note_places_in(std::filesystem::path folder) { notes_ = std::move(folder); }
    /// A person has said that a run's film is to go to this place, a stored path, and whether it may replace what is
    /// there.
    void note_place(std::int64_t run_id, const std::string& place, bool replace);
    /// True when they have said so. A row that names a place is not believed without it: rows can come from anyone.
    bool has_noted(std::int64_t run_id, const std::string& place, bool replace) const;

    /// The person who is at work keeps segments elsewhere than in the library. To be said after opening.
    void keep_segments_in(std::optional<StorePlace> place) { store_ = std::move(place); }
    const std::optional<StorePlace>& store() const { return store_; }
    /// The folder that segments are written into: <store>/<uuid>, else <root>/.dadcam/segments. It need not be there.
    std::filesystem::path segments() const;
    /// A folder that is there, on the disk that segments are written to.
    std::filesystem::path segments_disk() const { return store_ ? store_->folder : folder(); }

    /// Makes a folder in the library or in its part of the store, and sees to it that none on the way is a link to
    /// somewhere else. Error(output_write_error), also for a store that is not there.
    void make_own_folder(const std::filesystem::path& absolute) const;

private:
    Library(std::filesystem::path root, std::unique_ptr<HostLock> host, std::unique_ptr<SQLite::Database> database);
    void read_itself();
    std::filesystem::path note_of(std::int64_t run_id, const std::string& note) const;

    std::filesystem::path root_;
    std::unique_ptr<HostLock> host_;  ///< where others may have it, too
    std::unique_ptr<SQLite::Database> database_;
    std::int64_t id_ = 0;
    std::string uuid_;
    std::string name_;
    std::filesystem::path notes_;
    std::optional<StorePlace> store_;
    std::set<std::pair<std::int64_t, std::string>> noted_;
};

}  // namespace dadcam::library

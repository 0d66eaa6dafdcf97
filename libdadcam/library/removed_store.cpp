#include <libdadcam/library/removed_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {

void remove_clips(Library& library, const std::vector<footage::Clip>& clips) {
    auto& database = library.database();
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto& clip : clips) {
        execute(database,
                "INSERT OR REPLACE INTO removed_clips (content_id, path, size_bytes, mtime_ns, created_at)"
                " VALUES (?, ?, ?, ?, ?)",
                clip.content_id, clip.path, clip.state.size_bytes, clip.state.mtime_ns, now_utc());
        execute(database, "DELETE FROM clips WHERE id = ?", clip.id);
    }
    transaction.commit();
}

std::map<std::string, footage::FileState> removed_files(Library& library) {
    std::map<std::string, footage::FileState> files;
    SQLite::Statement query(library.database(), "SELECT path, size_bytes, mtime_ns FROM removed_clips");
    while (query.executeStep())
        files[query.getColumn(0).getString()] = {query.getColumn(1).getInt64(), query.getColumn(2).getInt64()};
    return files;
}

bool is_removed(Library& library, const std::string& content_id) {
    return prepare(library.database(), "SELECT 1 FROM removed_clips WHERE content_id = ?", content_id).executeStep();
}

void forget_removal(Library& library, const std::string& content_id) {
    execute(library.database(), "DELETE FROM removed_clips WHERE content_id = ?", content_id);
}

}  // namespace dadcam::library

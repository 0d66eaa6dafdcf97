#include <fmt/format.h>

#include <libdadcam/library/run_progress.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {
namespace {

/// What is committed while it lives may be lost with the machine's power; nothing else is, and the database stays
/// whole. With a write-ahead log no commit waits for the disk then. Begins and ends outside of transactions.
class Unflushed {
public:
    explicit Unflushed(SQLite::Database& database)
        : database_(database), before_(database.execAndGet("PRAGMA synchronous").getInt()) {
        database_.exec("PRAGMA synchronous = NORMAL");
    }
    ~Unflushed() { database_.tryExec(fmt::format("PRAGMA synchronous = {}", before_)); }
    Unflushed(const Unflushed&) = delete;
    Unflushed& operator=(const Unflushed&) = delete;

private:
    SQLite::Database& database_;
    int before_;
};

}  // namespace

void record_progress(Library& library, std::int64_t id, const RunProgress& progress) {
    auto& database = library.database();
    const Unflushed unflushed(database);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    execute(database,
            "UPDATE export_runs SET current_operation = ?, frames_completed = ?, progress = ?, last_progress_at = ?"
            " WHERE id = ? AND status = 'rendering'",
            progress.operation, progress.frames_completed, progress.percent, now_utc(), id);
    for (const auto& [index, frames] : progress.segments) {
        execute(database,
                "UPDATE export_run_segments SET frames_completed = min(?, frames_total)"
                " WHERE run_id = ? AND segment_index = ?",
                frames.count, id, index);
    }
    transaction.commit();
}

}  // namespace dadcam::library

#include <sqlite3.h>

#include <libdadcam/render/recorder.hpp>

namespace dadcam::render {

void Recorder::progress(Stage stage, const std::string& operation) {
    throttle_.note_news();
    if (stage_ != stage || is_due()) record(operation);
    stage_ = stage;
}

void Recorder::record(const std::string& operation) {
    try {
        library::record_progress(library_, run_, {operation, meter_.completed().count, meter_.percent(), segments_});
        segments_.clear();
        throttle_.sent(Clock::now());
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_BUSY) throw;  // another program has locked it: recorded the next time
    }
}

void Recorder::record_last(const std::string& operation) {
    if (!throttle_.next()) return;
    try {
        record(operation);
    } catch (const SQLite::Exception&) {
    }
}

}  // namespace dadcam::render

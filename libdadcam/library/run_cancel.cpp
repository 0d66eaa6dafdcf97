#include <libdadcam/library/run_cancel.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {

bool cancel_pending(Library& library, std::int64_t id) {
    return execute(library.database(),
                   "UPDATE export_runs SET status = 'cancelled', error_message = 'Export was cancelled.',"
                   " error_category = 'cancelled', completed_at = ? WHERE id = ? AND status = 'pending'",
                   now_utc(), id) == 1;
}

bool request_cancel(Library& library, std::int64_t id) {
    return execute(library.database(),
                   "UPDATE jobs SET cancel_requested_at = ? WHERE run_id ="
                   " (SELECT id FROM export_runs WHERE id = ? AND status = 'rendering')",
                   now_utc(), id) == 1;
}

bool cancel_requested(Library& library, std::int64_t id) {
    return prepare(library.database(), "SELECT 1 FROM jobs WHERE run_id = ? AND cancel_requested_at IS NOT NULL", id)
        .executeStep();
}

}  // namespace dadcam::library

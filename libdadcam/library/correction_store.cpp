#include <libdadcam/library/correction_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/time.hpp>

namespace dadcam::library {

void correct_date(Library& library, const footage::Clip& clip, const footage::RecordedAt& recorded) {
    execute(library.database(),
            "INSERT OR REPLACE INTO time_corrections (content_id, recorded_at, recorded_local, created_at)"
            " VALUES (?, ?, ?, ?)",
            clip.content_id, recorded.time, recorded.local.empty() ? std::nullopt : std::optional(recorded.local),
            now_utc());
}

bool forget_correction(Library& library, const footage::Clip& clip) {
    return execute(library.database(), "DELETE FROM time_corrections WHERE content_id = ?", clip.content_id) > 0;
}

}  // namespace dadcam::library

#pragma once

#include <chrono>
#include <filesystem>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/render/observer.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <optional>
#include <string>

namespace dadcam::render {

/// The exit code of a film that is done, but without clips that were left out: design, section 9.
inline constexpr int kLeftOut = 3;

/// Whose run it is to be.
struct RunOrigin {
    std::optional<std::int64_t> recipe_id;
    std::string name;
    library::Wishes wishes;
    std::optional<std::int64_t> resumed_from;
    bool begun = false;  ///< it is rendered now, by this process; else it is pending
};

/// Error(output_write_error) when a film could not be put there: no such folder, no right to write, a file that is
/// there already (unless `replace`), or one that is the library's.
void check_output(library::Library& library, const std::filesystem::path& output, bool replace);

/// Records a run with all its snapshots and items: pending, or rendering from the first moment, so that a crash before
/// its first frame leaves something to resume. Returns its id.
std::int64_t create_run(library::Library& library, const RunOrigin& origin, const Snapshot& snapshot,
                        const RenderTools& tools);

/// Records other contents of a run that is pending or being rendered: clips were left out, or have changed.
void update_run(library::Library& library, std::int64_t run_id, const Snapshot& snapshot);

/// Renders a run that is pending, or that this process has begun: segments that are not in the store, then the film,
/// its thumbnail, and the record of it. Every failure and a cancel end in the outcome, in the database and with the
/// observer; nothing partial stays. `left_out`: clips that were taken off its snapshot before; they are part of the
/// outcome. When the film is in its place but the record of it cannot be written, the next sweep writes it. Throws
/// Error only when the run is final.
Outcome run_export(library::Library& library, const library::WorkLock& held, std::int64_t run_id,
                   const RenderTools& tools, const RenderOptions& options, std::vector<std::string> left_out,
                   Observer& observer, const process::Stop& stop);

struct Font {
    std::string path;
    std::string content_id;
};

/// A font to draw dates with. Error(tool_missing), naming the package to install.
Font find_font();

/// The suffix ` (rerun 20190714_183012)` replaces an earlier one.
std::string rerun_name(const std::string& name, std::chrono::sys_seconds now);

}  // namespace dadcam::render

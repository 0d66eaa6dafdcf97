#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/process/stop.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/render/snapshot.hpp>
#include <libdadcam/render/windows.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The beginning of an export: everything is looked at and decided here, before a run is recorded or rendered.
namespace dadcam::render {

/// A recipe, by its id or name.
struct OfRecipe {
    std::string recipe;
    bool draft = false;  ///< small and quick, to look at the cut
};
/// What an earlier run was made from, in a new run. `now` becomes part of its name.
struct AgainAs {
    std::int64_t run = 0;
    std::chrono::sys_seconds now;
};
/// An earlier run that was not finished: what was asked for then holds, unless something else is asked for now.
struct GoingOn {
    std::int64_t run = 0;
};
/// A run that is recorded, and pending. It is rendered as it was asked for then.
struct Pending {
    std::int64_t run = 0;
};

/// What is asked for.
struct Request {
    std::variant<OfRecipe, AgainAs, GoingOn, Pending> what;
    std::optional<std::filesystem::path> output{};  ///< absolute; nothing: in .dadcam/exports, or as it was before
    RenderOptions options{};
};

/// A film that can be made: what it needs was there when the job was prepared.
struct Job {
    std::optional<std::int64_t> run;  ///< its number, once it is recorded
    std::optional<std::int64_t> recipe_id;
    std::string name;
    library::Wishes wishes;
    std::optional<std::int64_t> resumed_from;
    Snapshot snapshot;
    RenderTools tools;
    RenderOptions options;
    Plan plan;
    std::vector<std::string> left_out;  ///< what is not in the film: clips, by stored path, or parts of them
    std::vector<Moved> moved;           ///< windows, where pictures are copied
    std::vector<std::string> holes;     ///< for a person: where a clip has no pictures
    std::vector<std::string> notes;     ///< for a person: what has changed, what is left out
};

/// Decides all that an export needs. Looks at ffmpeg's encoders and filters, the font, the place of the film, and the
/// file of every clip. It records nothing but a LUT whose copy has changed. Whoever is going to run the job has the
/// lock for rendering by now. Error(general) for what is not there or not in the state for it,
/// Error(output_write_error), Error(tool_missing), Error(input_not_found). Clips that have to be measured first take
/// their time: `measuring` is told how much of that is done, 0 to 1.
Job prepare(
    library::Library& library, const Request& request, RenderTools tools, const process::Stop& stop,
    const std::function<void(double)>& measuring = [](double) {});

/// The suffix ` (rerun 20190714_183012)` replaces an earlier one.
std::string rerun_name(const std::string& name, std::chrono::sys_seconds now);

}  // namespace dadcam::render

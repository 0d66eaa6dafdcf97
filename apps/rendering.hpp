#pragma once

#include <CLI/CLI.hpp>
#include <apps/context.hpp>
#include <libdadcam/library/render_lock.hpp>
#include <libdadcam/render/export.hpp>
#include <string>
#include <vector>

/// What export and export-rerun have in common.
namespace dadcam::app {

struct RenderArguments {
    std::string output;
    bool force = false;
    unsigned jobs = 0;  ///< 0: as many as the machine has cores for
    double stall_seconds = 60;
    std::string on_error = "stop";
};

void add_render_options(CLI::App& command, RenderArguments& arguments);

render::RenderOptions render_options(const RenderArguments& arguments);

/// -o as an absolute path, looked at; nothing without -o. Error(output_write_error).
std::optional<std::filesystem::path> checked_output(const Context& context, library::Library& library,
                                                    const RenderArguments& arguments);

/// The one renderer of this library, from now on; sweeps up after a crash. Error(busy) when another process renders.
library::RenderLock lock_for_rendering(library::Library& library);

/// A snapshot that has been looked at: what it needs is there.
struct Ready {
    render::Snapshot snapshot;
    render::InputNotes notes;
};

/// Sees to it that ffmpeg has what the preset needs, that there is a font if one is drawn with, and that the inputs are
/// there; tells what has changed or is left out. Completes `tools`. Error(tool_missing), Error(input_not_found).
Ready make_ready(const Context& context, const library::Library& library, render::Snapshot snapshot,
                 const RenderArguments& arguments, render::RenderTools& tools);

/// Renders a pending run with the observer that fits, and prints the result. Returns the exit code.
/// `left_out`: clips that were left out before.
int render(Context& context, library::Library& library, const library::RenderLock& lock, std::int64_t run_id,
           const render::RenderTools& tools, const RenderArguments& arguments,
           const std::vector<std::string>& left_out);

}  // namespace dadcam::app

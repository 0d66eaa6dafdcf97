#pragma once

#include <CLI/CLI.hpp>
#include <apps/context.hpp>
#include <libdadcam/library/render_lock.hpp>
#include <libdadcam/render/export.hpp>
#include <string>

/// What export and export-rerun have in common.
namespace dadcam::app {

struct RenderArguments {
    std::string output;
    bool force = false;
    unsigned jobs = 0;  ///< 0: as many as the machine has cores for
    double stall_seconds = 60;
};

void add_render_options(CLI::App& command, RenderArguments& arguments);

render::RenderOptions render_options(const RenderArguments& arguments);

/// -o as an absolute path, looked at; nothing without -o. Error(output_write_error).
std::optional<std::filesystem::path> checked_output(const Context& context, library::Library& library,
                                                    const RenderArguments& arguments);

/// The one renderer of this library, from now on; sweeps up after a crash. Error(busy) when another process renders.
library::RenderLock lock_for_rendering(library::Library& library);

/// Throws Error(tool_missing) unless ffmpeg has what the preset needs.
void require_encoders(const Context& context, const render::RenderTools& tools, const recipe::Preset& preset);

/// Looks at the inputs' files, and tells what has changed. Error(input_not_found).
void check_inputs(const Context& context, const library::Library& library, render::Snapshot& snapshot,
                  const render::RenderTools& tools);

/// Renders a pending run with the observer that fits, and prints the result. Returns the exit code.
int render(Context& context, library::Library& library, const library::RenderLock& lock, std::int64_t run_id,
           const render::RenderTools& tools, const RenderArguments& arguments);

}  // namespace dadcam::app

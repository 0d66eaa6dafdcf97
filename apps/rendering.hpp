#pragma once

#include <apps/context.hpp>
#include <apps/declaration.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/render/export.hpp>
#include <string>
#include <vector>

/// What export, export-rerun and resume have in common.
namespace dadcam::app {

struct RenderArguments {
    std::string output;
    bool force = false;
    unsigned jobs = 0;  ///< 0: as many as the machine has cores and memory for
    double stall_seconds = 60;
    std::string on_error;  ///< stop, skip; empty: not said, which is stop
    bool verify = false;
    bool wait = false;
    bool no_cache = false;
    std::optional<std::string> launcher;
};

/// A launcher's words: parted by blanks, but not within quotes. Error(usage) for a quote without an end.
std::vector<std::string> words_of(const std::string& text);

void add_render_options(Declaration command, RenderArguments& arguments);

render::RenderOptions render_options(const RenderArguments& arguments);

/// -o as an absolute path, looked at; nothing without -o. Error(output_write_error).
std::optional<std::filesystem::path> checked_output(const Context& context, library::Library& library,
                                                    const RenderArguments& arguments);

/// --launcher, else the library's, in words. Error(usage).
std::vector<std::string> launcher(const Context& context, library::Library& library, const RenderArguments& arguments);

/// What of the arguments holds for a resume, too.
library::Wishes wishes(const library::Library& library, const RenderArguments& arguments,
                       const std::optional<std::filesystem::path>& output);

/// The one renderer of this library, from now on; sweeps up after a crash. When another process renders: Error(busy),
/// or with --wait it waits for that.
library::WorkLock lock_for_rendering(const Context& context, library::Library& library,
                                     const RenderArguments& arguments);

/// A snapshot that has been looked at: what it needs is there.
struct Ready {
    render::Snapshot snapshot;  ///< given up as soon as it is recorded: render() reads it from there
    render::InputNotes notes;
};

/// Sees to it that ffmpeg has what the film needs, that there is a font if one is drawn with, and that the inputs are
/// there; tells what has changed or is left out. Completes `tools`. Error(tool_missing), Error(input_not_found).
Ready make_ready(const Context& context, library::Library& library, render::Snapshot snapshot,
                 const RenderArguments& arguments, render::RenderTools& tools);

/// Renders a pending run with the observer that fits, and prints the result. Returns the exit code.
/// `left_out`: clips that were left out before.
int render(Context& context, library::Library& library, const library::WorkLock& lock, std::int64_t run_id,
           const render::RenderTools& tools, const RenderArguments& arguments,
           const std::vector<std::string>& left_out);

}  // namespace dadcam::app

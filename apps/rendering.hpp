#pragma once

#include <apps/arguments/declaration.hpp>
#include <apps/context.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/render/font.hpp>
#include <libdadcam/render/run.hpp>
#include <optional>
#include <string>
#include <vector>

/// What export, export-rerun and resume have in common.
namespace dadcam::app {

struct RenderArguments {
    std::string output;
    bool force = false;
    unsigned jobs = 0;         ///< 0: as many as the machine has cores and memory for
    double stall_seconds = 0;  ///< 0: not given
    std::string on_error;      ///< stop, skip; empty: not said, which is stop
    bool verify = false;
    bool wait = false;
    bool no_cache = false;
    std::optional<std::string> launcher;
};

/// A launcher's words: parted by blanks, but not within quotes. Error(usage) for a quote without an end.
std::vector<std::string> words_of(const std::string& text);

/// $DADCAM_LAUNCHER, else the person's own, in words. Error(usage).
std::vector<std::string> launcher_of_person(const Context& context);

/// $DADCAM_FONT, else the person's own, else whichever there is.
render::FontChoice font_choice(const Context& context);

void add_render_options(Declaration command, RenderArguments& arguments);

/// What these arguments ask for; what it is that is to be rendered is still to be said.
render::Request request_of(const Context& context, const RenderArguments& arguments);

/// ffmpeg, behind --launcher or else the person's own, and ffprobe. Error(usage), Error(tool_missing).
render::RenderTools find_render_tools(const Context& context, library::Library& library,
                                      const RenderArguments& arguments);

/// The one renderer of this library, from now on; sweeps up after a crash. When another process renders: Error(busy),
/// or with `wait` it waits for that.
library::WorkLock lock_for_rendering(const Context& context, library::Library& library, bool wait);

/// render::prepare(); tells what has changed or is left out.
render::Job prepare(const Context& context, library::Library& library, const render::Request& request,
                    const render::RenderTools& tools);

/// Renders a job with the observer that fits, and prints the result. Returns the exit code.
int render(Context& context, library::Library& library, const library::WorkLock& lock, render::Job job);

}  // namespace dadcam::app

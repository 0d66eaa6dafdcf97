#pragma once

#include <functional>
#include <libdadcam/library/library.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/render/options.hpp>
#include <libdadcam/render/snapshot.hpp>

namespace dadcam::render {

/// What the coordinator wants to hear of an assembly.
struct AssemblyListener {
    std::function<void()> on_news;
    std::function<void(const std::string& level, const std::string& text)> log;
};

/// Joins the run's segments, which must all be in the store, into the film and puts it in its place.
/// Throws the Error of what failed; then nothing partial stays.
library::RunOutput assemble(library::Library& library, const library::Run& run, const Snapshot& snapshot,
                            const Plan& plan, const RenderTools& tools, const RenderOptions& options,
                            const AssemblyListener& listener, const process::Stop& stop);

/// A picture at 10 % of the film. Returns its stored path; nothing, with a line in the log, when it cannot be made: a
/// film is whole without it.
std::optional<std::string> make_thumbnail(library::Library& library, const library::Run& run, const Plan& plan,
                                          Rational rate, const RenderTools& tools, const RenderOptions& options,
                                          const AssemblyListener& listener, const process::Stop& stop);

}  // namespace dadcam::render

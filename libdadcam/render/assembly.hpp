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
    std::function<bool()> keep_going;  ///< false: cancelled
    std::function<void(const std::string& level, const std::string& text)> log;
};

/// Joins the run's segments, which must all be in the store, makes a picture at 10 % of the film, and puts both into
/// their places: the film last, and announced in the database before. Throws the Error of what failed; then nothing
/// stays. Without a picture, which gives a line in the log, a film is whole, too.
library::RunOutput assemble(library::Library& library, const library::Run& run, const Snapshot& snapshot,
                            const Plan& plan, const RenderTools& tools, const RenderOptions& options,
                            const AssemblyListener& listener, const process::Stop& stop);

}  // namespace dadcam::render

#include <fmt/format.h>

#include <apps/commands.hpp>
#include <libdadcam/library/run_cancel.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

/// Waits until the run is no longer rendering; gives its state at last.
library::Run await_end(const Context& context, library::Library& library, std::int64_t id) {
    constexpr std::chrono::seconds kPatience{60};  // whoever renders looks once a second, and then ends its ffmpegs
    constexpr std::chrono::milliseconds kInterval{100};
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto run = library::find_run(library, id);
        if (run.status != library::RunStatus::rendering) return run;
        if (const auto lock = library::WorkLock::acquire(library, library::Work::rendering)) {
            sweep(context, library, *lock);  // it crashed meanwhile
        } else if (std::chrono::steady_clock::now() > deadline) {
            throw Error(Category::timeout, fmt::format("Export {} was told to stop but is still running.", id),
                        "Look at the dadcam that is making it: pressing Ctrl-C twice there stops it at once.");
        }
        if (context.stop.requested_within(kInterval)) {
            throw Error(Category::cancelled, fmt::format("Export {} was told to stop; not waiting for it.", id));
        }
    }
}

library::Run cancel(const Context& context, library::Library& library, std::int64_t id) {
    if (library::cancel_pending(library, id)) return library::find_run(library, id);
    if (library::request_cancel(library, id)) return await_end(context, library, id);
    return library::find_run(library, id);
}

int export_cancel(Context& context, std::int64_t id) {
    auto library = open_library(context, library::Access::write);
    const auto before = library::find_run(library, id).status;
    const bool was_final = before != library::RunStatus::rendering && before != library::RunStatus::pending;
    const auto run = cancel(context, library, id);
    const bool cancelled = run.status == library::RunStatus::cancelled;
    if (was_final || !cancelled) {
        throw Error(Category::general,
                    fmt::format("Export {} was not cancelled: it is already {}.", id, library::name(run.status)),
                    fmt::format("`dadcam export-details {}` shows all about it.", id));
    }
    if (context.options.json)
        print_json(context, {{"runId", id}, {"status", "cancelled"}});
    else
        say(context, fmt::format("Export {} was cancelled. Continue with: dadcam resume {}", id, id));
    return 0;
}

}  // namespace

Action declare_export_cancel(Declaration command) {
    auto run = std::make_shared<std::int64_t>(0);
    command.add_option("RUN", *run, "The export's id, as `dadcam export-history` lists it")
        .required()
        .offers(Offered::runs);
    return [run](Context& context) { return export_cancel(context, *run); };
}

}  // namespace dadcam::app

#include <fmt/format.h>

#include <algorithm>
#include <apps/context.hpp>
#include <apps/person.hpp>
#include <apps/render/format.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <libdadcam/render/sweep.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {

namespace {

library::Patience patience(const Context& context, bool wait) {
    return {wait, [&context](const std::string& text) { remark(context, text); },
            [&context](std::chrono::milliseconds time) {
                if (context.stop.requested_within(time)) throw Error(Category::cancelled, "Stopped waiting.");
            }};
}

/// What goes wrong is said, and the command goes on.
void sweep_if_nobody_renders(const Context& context, library::Library& library) {
    try {
        if (library::rendering_runs(library).empty()) return;
        const auto lock = library::WorkLock::acquire(library, library::Work::rendering);
        if (lock) sweep(context, library, *lock);
    } catch (const Error& error) {
        remark(context, error.message());
    } catch (const SQLite::Exception& error) {
        remark(context, library::database_error(error).message());
    }
}

}  // namespace

std::optional<std::filesystem::path> find_library(const Context& context) {
    if (!context.options.library.empty()) return context.folder / context.options.library;
    if (const auto named = context.terminal.variable("DADCAM_LIBRARY")) return context.folder / *named;
    return library::Library::find(context.folder);
}

std::optional<std::string> stranger(const Context& context, const std::filesystem::path& root) {
    auto owner = other_owner(root);
    if (!owner) return owner;
    std::error_code error;
    const auto place = std::filesystem::canonical(root, error);
    const auto trusted = personal_config(context.terminal).trusted;
    const bool is_trusted = std::find(trusted.begin(), trusted.end(), place) != trusted.end();
    return is_trusted ? std::nullopt : owner;
}

Zone machine_zone(const Context& context) {
    return dadcam::machine_zone(context.terminal.variable("TZ"));
}

library::Library open_library(const Context& context, library::Access access, bool wait) {
    auto library = open_library_in_no_zone(context, access, wait);
    if (access == library::Access::write && !library::has_zone(library)) {
        const auto zone = machine_zone(context);
        library::give_zone(library, zone);
        remark(context, fmt::format("The library's time zone is now {}, like this machine's. To change it: dadcam "
                                    "config zone Europe/Berlin",
                                    zone.name()));
    }
    return library;
}

library::Library open_library_in_no_zone(const Context& context, library::Access access, bool wait) {
    const auto found = find_library(context);
    if (!found)
        throw Error(Category::general, fmt::format("{} is not in a dadcam library.", context.folder.string()),
                    "Start one here with: dadcam init; or name one with --library DIR.");
    const auto& root = *found;
    const auto owner = stranger(context, root);
    if (owner) {
        const auto text = fmt::format("The library {} belongs to {}, so it is only read.", root.string(), *owner);
        const auto advice =
            fmt::format("If you trust what is in it: dadcam config --global trust {}", process::as_word(root.string()));
        if (access == library::Access::write) {
            library::Library::require_writable(root);  // else trust would not help
            throw Error(Category::general, text, advice);
        }
        remark(context, text + ' ' + advice);
    }
    const bool only_read =
        owner || (access == library::Access::read && (!library::Library::can_be_written(root) ||
                                                      library::HostLock::other_machine(root / library::kFolder)));
    auto library = only_read ? library::Library::open(root, library::Access::read)
                             : library::Library::open(root, library::Access::write, patience(context, wait));
    library.keep_segments_in(personal_config(context.terminal).store);
    if (only_read) return library;
    library.note_places_in(folder_of_places(context.terminal));
    sweep_if_nobody_renders(context, library);
    return library;
}

void sweep(const Context& context, library::Library& library, const library::WorkLock& lock) {
    for (const auto& run : render::sweep_interrupted(library, lock)) {
        remark(context, run.completed ? fmt::format("Export {} \"{}\" was interrupted after its film was finished.",
                                                    run.id, run.name)
                                      : fmt::format("Export {} \"{}\" was interrupted. Continue with: dadcam resume {}",
                                                    run.id, run.name, run.id));
    }
}

process::ToolPaths tool_paths(const Context& context) {
    process::ToolPaths paths;
    paths.ffmpeg = context.terminal.variable("DADCAM_FFMPEG_PATH").value_or(paths.ffmpeg);
    paths.ffprobe = context.terminal.variable("DADCAM_FFPROBE_PATH").value_or(paths.ffprobe);
    paths.search_path = context.terminal.variable("PATH").value_or("");
    return paths;
}

// All JSON is ASCII: what else a name holds could repaint a terminal.
void print_json(const Context& context, const nlohmann::ordered_json& document) {
    context.terminal.out << document.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

void say(const Context& context, const std::string& text) {
    context.terminal.out << printable(text) << '\n';
}

void say_path(const Context& context, const std::string& path) {
    context.terminal.out << (context.terminal.out_is_terminal ? printable(path) : path) << '\n';
}

void remark(const Context& context, const std::string& text) {
    if (!context.options.quiet) context.terminal.err << printable(text) << '\n';
}

void report(const Context& context, const Error& error) {
    auto& err = context.terminal.err;
    // A message may name several files, a line each; everything else in it is made harmless.
    std::string_view rest = error.message();
    err << "dadcam: ";
    // Its lines begin with blanks: a name that holds a line break must not look like words of dadcam's.
    for (auto end = rest.find("\n  "); end != std::string_view::npos; end = rest.find("\n  ")) {
        err << printable(rest.substr(0, end)) << '\n';
        rest.remove_prefix(end + 1);
    }
    err << printable(rest) << '\n';
    if (!error.advice().empty()) err << printable(error.advice()) << '\n';
    if (context.options.verbose && !error.detail().empty()) err << printable(error.detail()) << '\n';
    if (!context.options.json) return;
    const nlohmann::ordered_json document{{"event", "error"},           {"category", name(error.category())},
                                          {"message", error.message()}, {"advice", error.advice()},
                                          {"detail", error.detail()},   {"recoverable", error.recoverable()}};
    context.terminal.out << document.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace dadcam::app

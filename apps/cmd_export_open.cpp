#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/opening.hpp>
#include <libdadcam/library/run_store.hpp>
#include <libdadcam/render/index.hpp>
#include <libdadcam/render/places.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct ExportOpenArguments {
    std::int64_t run = 0;
    bool folder = false;
};

/// By its name, too: a program on the desktop may go by that alone.
bool is_a_film(const std::filesystem::path& film, const library::Run& run) {
    try {
        return film.extension() == "." + run.output_extension && render::index_of(film).measured.frames.count > 0;
    } catch (const Error&) {
        return false;
    }
}

std::filesystem::path film_of(const library::Library& library, const library::Run& run) {
    if (!run.output_path) {
        throw Error(Category::general, fmt::format("Export {} has no film: it is {}.", run.id, name(run.status)),
                    fmt::format("`dadcam export-details {}` shows why.", run.id));
    }
    auto film = render::film_to_show(library, run);
    if ((library.root() / *run.output_path).lexically_normal() != film) {
        throw Error(Category::general,
                    fmt::format("Export {} names a film that it did not make: {}.", run.id, *run.output_path),
                    "Another program has changed the database. Nothing was opened.");
    }
    std::error_code error;
    if (!std::filesystem::is_regular_file(film, error)) {
        throw Error(Category::input_not_found, fmt::format("The film is no longer there: {}.", film.string()),
                    fmt::format("Make it again with: dadcam export-rerun {}", run.id));
    }
    if (!is_a_film(film, run)) {
        throw Error(Category::general, fmt::format("{} is not a film that dadcam made.", film.string()),
                    "Something else is there now. Nothing was opened.");
    }
    return film;
}

int open(Context& context, const ExportOpenArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    const auto film = film_of(library, library::find_run(library, arguments.run));
    const auto place = arguments.folder ? film.parent_path() : film;
    const bool done = opened(context, place);
    if (context.options.json)
        print_json(context, {{"path", place.string()}, {"opened", done}});
    else {
        say_path(context, place.string());
        if (!done) remark(context, "xdg-open is not installed; this is where the film is.");
    }
    return 0;
}

}  // namespace

Action declare_export_open(Declaration command) {
    auto arguments = std::make_shared<ExportOpenArguments>();
    command.add_option("RUN", arguments->run, "The export's id, as `dadcam export-history` lists it")
        .required()
        .offers(Offered::runs);
    command.add_flag("--folder", arguments->folder, "Open the folder that the film is in");
    return [arguments](Context& context) { return open(context, *arguments); };
}

}  // namespace dadcam::app

#include <fmt/format.h>
#include <unistd.h>

#include <apps/commands.hpp>
#include <apps/recipe_document.hpp>
#include <filesystem>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct RecipeSaveArguments {
    std::string recipe;
    std::string file;
    bool force = false;
};

void write(const std::filesystem::path& place, const std::string& text, bool replace) {
    std::error_code error;
    if (!replace && std::filesystem::exists(place, error)) {
        throw Error(Category::output_write_error, fmt::format("{} is already there.", place.string()),
                    "Choose another name, or replace it with --force.");
    }
    library::AtomicFile file(place,
                             place.parent_path() / fmt::format(".{}.{}.tmp", place.filename().string(), ::getpid()));
    file.write(text);
    file.commit(replace ? library::Existing::replace : library::Existing::keep);
}

int save(Context& context, const RecipeSaveArguments& arguments) {
    auto library = open_library(context, library::Access::read);
    const auto stored = library::find_recipe(library, arguments.recipe);
    const auto text = saved_recipe(stored.recipe);
    if (arguments.file == "-") {
        context.terminal.out << text;
        return 0;
    }
    const auto place = (context.folder / arguments.file).lexically_normal();
    write(place, text, arguments.force);
    if (context.options.json)
        print_json(context, {{"id", stored.id}, {"path", place.string()}});
    else
        say(context, fmt::format("Saved recipe {} \"{}\" to {}", stored.id, stored.recipe.name, place.string()));
    return 0;
}

}  // namespace

Action declare_recipe_save(Declaration command) {
    auto arguments = std::make_shared<RecipeSaveArguments>();
    auto& a = *arguments;
    command.add_option("RECIPE", a.recipe, "Id or name").required().offers(Offered::recipes);
    command.add_option("FILE", a.file, "Where to; - is standard output").required().offers(Offered::files);
    command.add_flag("--force", a.force, "Replace a file that is there");
    return [arguments](Context& context) { return save(context, *arguments); };
}

}  // namespace dadcam::app

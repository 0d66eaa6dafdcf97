#include <fmt/format.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/ingesting.hpp>
#include <apps/person.hpp>
#include <apps/question.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct InitArguments {
    std::string folder = ".";
    std::string name;
};

/// Asked on a terminal alone, of a folder that has something in it.
bool is_to_be_filled(Context& context, const std::filesystem::path& root) {
    if (!context.terminal.in_is_terminal || !context.terminal.err_is_terminal || context.options.quiet) return false;
    const auto is_own = [](const auto& entry) { return entry.path().filename() == library::kFolder; };
    std::error_code error;
    const std::filesystem::directory_iterator all(root, error);
    return !error && !std::all_of(begin(all), end(all), is_own) &&
           confirmed(context, "Add the clips that are in this folder now?", "Adding clips");
}

int init(Context& context, const InitArguments& arguments) {
    const auto root = context.folder / arguments.folder;
    if (const auto owner = other_owner(root)) {
        throw Error(Category::general,
                    fmt::format("{} already holds a library that belongs to {}.", root.string(), *owner),
                    "Nothing was changed. Choose another folder.");
    }
    const auto zone = machine_zone(context);
    auto library = library::Library::init(root, arguments.name);
    library::set_zone(library, zone);
    if (context.options.json) {
        print_json(context, {{"uuid", library.uuid()},
                             {"name", library.name()},
                             {"root", library.root().string()},
                             {"zone", zone.name()}});
    } else {
        say(context, fmt::format("Made the library \"{}\" in {}", library.name(), library.root().string()));
        remark(context, fmt::format("Its time zone is {}. To change it: dadcam config zone ZONE", zone.name()));
        if (is_to_be_filled(context, root)) return ingest_into(context, library, {.places = {library.root()}});
        remark(context, "Next, add clips: dadcam ingest PATH");
    }
    return 0;
}

}  // namespace

Action declare_init(Declaration command) {
    auto arguments = std::make_shared<InitArguments>();
    command.add_option("DIR", arguments->folder, "The folder; created if it does not exist (default: the current one)")
        .offers(Offered::folders);
    command.add_option("--name", arguments->name, "The library's name (default: the folder's)");
    return [arguments](Context& context) { return init(context, *arguments); };
}

}  // namespace dadcam::app

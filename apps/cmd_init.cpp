#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/person.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct InitArguments {
    std::string folder = ".";
    std::string name;
};

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
        remark(context,
               fmt::format("Its time zone is {}. To give it another one: dadcam config zone ZONE", zone.name()));
        remark(context, "Next, take clips in: dadcam ingest PATH");
    }
    return 0;
}

}  // namespace

Action declare_init(Declaration command) {
    auto arguments = std::make_shared<InitArguments>();
    command.add_option("DIR", arguments->folder, "The folder; made when it is not there (default: the current one)");
    command.add_option("--name", arguments->name, "The library's name (default: the folder's)");
    return [arguments](Context& context) { return init(context, *arguments); };
}

}  // namespace dadcam::app

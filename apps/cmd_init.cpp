#include <fmt/format.h>

#include <apps/commands.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct InitArguments {
    std::string folder = ".";
    std::string name;
};

int init(Context& context, const InitArguments& arguments) {
    const auto library = library::Library::init(context.folder / arguments.folder, arguments.name);
    if (context.options.json) {
        print_json(context, {{"uuid", library.uuid()}, {"name", library.name()}, {"root", library.root().string()}});
    } else {
        say(context, fmt::format("Made the library \"{}\" in {}", library.name(), library.root().string()));
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

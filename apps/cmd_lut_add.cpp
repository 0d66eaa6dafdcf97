#include <fmt/format.h>

#include <apps/commands.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct LutAddArguments {
    std::string file;
    std::string name;
};

int add(Context& context, const LutAddArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    const auto file = context.folder / arguments.file;
    const auto lut = library::add_lut(library, file, arguments.name.empty() ? file.stem().string() : arguments.name);
    if (context.options.json) {
        print_json(context, {{"id", lut.id}, {"name", lut.name}, {"contentId", lut.content_id}});
    } else {
        say(context, fmt::format("Added the LUT \"{}\"", lut.name));
        remark(context, fmt::format("Use it with: dadcam recipe-create NAME --mode all --lut \"{}\"", lut.name));
    }
    return 0;
}

}  // namespace

Action declare_lut_add(Declaration command) {
    auto arguments = std::make_shared<LutAddArguments>();
    command.add_option("FILE", arguments->file, "A .cube file with a 3D LUT; the library keeps a copy")
        .required()
        .offers(Offered::files);
    command.add_option("--name", arguments->name, "Its name (default: the file's)");
    return [arguments](Context& context) { return add(context, *arguments); };
}

}  // namespace dadcam::app

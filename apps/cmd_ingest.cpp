#include <apps/commands.hpp>
#include <apps/ingesting.hpp>
#include <memory>

namespace dadcam::app {
namespace {

struct IngestArguments {
    std::vector<std::string> places;
    bool copy = false;
    bool all = false;
};

int ingest(Context& context, const IngestArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    library::IngestOptions options;
    for (const auto& place : arguments.places) options.places.push_back(context.folder / place);
    options.copy = arguments.copy;
    if (arguments.all) options.take = footage::Take::all;
    return ingest_into(context, library, std::move(options));
}

}  // namespace

Action declare_ingest(Declaration command) {
    auto arguments = std::make_shared<IngestArguments>();
    command.add_option("PATH", arguments->places, "Files and folders; folders are searched")
        .required()
        .offers(Offered::files);
    command.add_flag("--copy", arguments->copy, "Copy the files to originals/YYYY/MM in the library, verified");
    command.add_flag("--all", arguments->all,
                     "Also add what is otherwise skipped: proxies, companions, menus, system folders");
    return [arguments](Context& context) { return ingest(context, *arguments); };
}

}  // namespace dadcam::app

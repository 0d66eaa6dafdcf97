#include <fmt/format.h>

#include <apps/commands.hpp>
#include <apps/question.hpp>
#include <apps/run_text.hpp>
#include <libdadcam/render/remove.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

struct ExportDeleteArguments {
    std::int64_t run = 0;
    bool yes = false;
};

std::string question_of(const library::Library& library, const library::Run& run) {
    const auto film =
        run.output_path ? " with its film " + (library.root() / *run.output_path).lexically_normal().string() : "";
    return fmt::format("Delete export {} \"{}\"{}?", run.id, run.name, film);
}

int remove(Context& context, const ExportDeleteArguments& arguments) {
    auto library = open_library(context, library::Access::write);
    const auto run = library::find_run(library, arguments.run);
    render::check_removable(library, run);
    if (!arguments.yes && !confirmed(context, question_of(library, run), "Deleting an export")) {
        remark(context, "Nothing was deleted.");
        return 1;
    }
    const auto removed = render::remove_run(library, run);
    if (context.options.json) {
        auto files = nlohmann::ordered_json::array();
        for (const auto& file : removed) files.push_back(file.string());
        print_json(context, {{"runId", run.id}, {"deleted", true}, {"files", files}});
        return 0;
    }
    for (const auto& file : removed) say(context, fmt::format("Deleted {}", file.string()));
    say(context, fmt::format("Deleted export {} from the history.", run.id));
    return 0;
}

}  // namespace

Action declare_export_delete(Declaration command) {
    auto arguments = std::make_shared<ExportDeleteArguments>();
    command.add_option("RUN", arguments->run, "The export's id, as `dadcam export-history` lists it")
        .required()
        .offers(Offered::runs);
    command.add_flag("-y,--yes", arguments->yes, "Do not ask");
    return [arguments](Context& context) { return remove(context, *arguments); };
}

}  // namespace dadcam::app

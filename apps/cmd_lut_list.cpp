#include <apps/commands.hpp>
#include <apps/render/table.hpp>
#include <libdadcam/library/lut_store.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

int list_luts(Context& context) {
    auto library = open_library(context, library::Access::read);
    const auto luts = library::all_luts(library);
    if (context.options.json) {
        auto document = nlohmann::ordered_json::array();
        for (const auto& lut : luts) {
            document.push_back(
                {{"id", lut.id}, {"name", lut.name}, {"contentId", lut.content_id}, {"createdAt", lut.created_at}});
        }
        print_json(context, document);
    } else if (luts.empty()) {
        say(context, "No LUTs yet. Add one with: dadcam lut-add FILE");
    } else {
        Table table({{"name", Align::left, true}, {"added"}});
        for (const auto& lut : luts) table.add_row({lut.name, lut.created_at});
        table.write(context.terminal);
    }
    return 0;
}

}  // namespace

Action declare_lut_list(Declaration) {
    return list_luts;
}

}  // namespace dadcam::app

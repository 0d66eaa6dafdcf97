#include <fmt/format.h>

#include <apps/commands.hpp>
#include <libdadcam/library/recipe_store.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

int remove(Context& context, const std::string& id_or_name) {
    auto library = open_library(context, library::Access::write);
    const auto stored = library::find_recipe(library, id_or_name);
    library::delete_recipe(library, stored.id);
    if (context.options.json)
        print_json(context, {{"id", stored.id}, {"deleted", true}});
    else
        say(context,
            fmt::format("Deleted recipe {} \"{}\". Its exports stay in the history.", stored.id, stored.recipe.name));
    return 0;
}

}  // namespace

Action declare_recipe_delete(Declaration command) {
    auto recipe = std::make_shared<std::string>();
    command.add_option("RECIPE", *recipe, "Id or name").required().offers(Offered::recipes);
    return [recipe](Context& context) { return remove(context, *recipe); };
}

}  // namespace dadcam::app

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/rendering.hpp>
#include <array>
#include <libdadcam/library/settings.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

constexpr std::array kNames{library::kCacheLimitSetting, library::kLauncherSetting};

struct ConfigArguments {
    std::string name;
    std::string value;
    bool unset = false;
};

void check(const ConfigArguments& arguments) {
    const bool known = std::find(kNames.begin(), kNames.end(), arguments.name) != kNames.end();
    if (!arguments.name.empty() && !known) {
        throw Error(Category::usage, fmt::format("There is no setting \"{}\".", arguments.name),
                    fmt::format("There are: {}", fmt::join(kNames, ", ")));
    }
    if (arguments.unset && (arguments.name.empty() || !arguments.value.empty())) {
        throw Error(Category::usage, "--unset takes a name and no value.");
    }
    if (arguments.name == library::kCacheLimitSetting && (!arguments.value.empty() || arguments.unset)) {
        throw Error(Category::usage, "The store's size is set by another command.", "dadcam cache --max-size SIZE");
    }
}

void show(const Context& context, library::Library& library, const std::string& name) {
    nlohmann::ordered_json document = nlohmann::ordered_json::object();
    for (const char* each : kNames) {
        if (!name.empty() && name != each) continue;
        const auto set = library::find_setting(library, each);
        document[each] = set ? nlohmann::ordered_json(set->value) : nlohmann::ordered_json();
        if (!context.options.json) say(context, fmt::format("{} = {}", each, set ? set->value : "(not set)"));
    }
    if (context.options.json) print_json(context, document);
}

int config(Context& context, const ConfigArguments& arguments) {
    check(arguments);
    auto library = open_library(context);
    if (arguments.unset)
        library::unset_setting(library, arguments.name);
    else if (!arguments.value.empty()) {
        words_of(arguments.value);  // says so when it cannot be read
        library::set_setting(library, arguments.name, arguments.value);
    }
    show(context, library, arguments.name);
    return 0;
}

}  // namespace

Action declare_config(Declaration command) {
    auto arguments = std::make_shared<ConfigArguments>();
    command.add_option("NAME", arguments->name, "launcher or cache-max-size (default: all)");
    command.add_option("VALUE", arguments->value, "What it is to be, as one word: \"ssh host\"");
    command.add_flag("--unset", arguments->unset, "Set it no more");
    return [arguments](Context& context) { return config(context, *arguments); };
}

}  // namespace dadcam::app

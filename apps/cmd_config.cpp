#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <apps/commands.hpp>
#include <apps/person.hpp>
#include <apps/rendering.hpp>
#include <libdadcam/library/settings.hpp>
#include <libdadcam/library/time_zone.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

constexpr const char* kLauncher = "launcher";
constexpr const char* kFont = "font";
constexpr const char* kTrust = "trust";
constexpr const char* kStore = "store";

const std::vector<std::string> kOfPerson{kLauncher, kFont, kTrust, kStore};
const std::vector<std::string> kOfLibrary{library::kCacheLimitSetting, library::kZoneSetting, library::kGallerySetting};

struct ConfigArguments {
    std::string name;
    std::string value;
    bool unset = false;
    bool global = false;
};

void check(const ConfigArguments& arguments) {
    const std::vector<std::string> names = arguments.global ? kOfPerson : kOfLibrary;
    const auto is_among = [&](const std::vector<std::string>& some) {
        return std::find(some.begin(), some.end(), arguments.name) != some.end();
    };
    if (!arguments.global && is_among(kOfPerson)) {
        throw Error(Category::usage,
                    fmt::format("\"{}\" is your own setting on this machine, not a library's.", arguments.name),
                    fmt::format("dadcam config --global {}{}", arguments.name,
                                arguments.value.empty() ? "" : ' ' + process::as_word(arguments.value)));
    }
    if (!arguments.name.empty() && !is_among(names)) {
        throw Error(Category::usage, fmt::format("There is no setting \"{}\".", arguments.name),
                    fmt::format("There are: {}", fmt::join(names, ", ")));
    }
    if (arguments.unset && (arguments.name.empty() || (!arguments.value.empty() && arguments.name != kTrust))) {
        throw Error(Category::usage, "--unset takes a name and no value.");
    }
    if (arguments.name == library::kZoneSetting && arguments.unset)
        throw Error(Category::usage, "A library has a time zone.",
                    "Give it another one: dadcam config zone Europe/Berlin");
    if (arguments.name == library::kZoneSetting && !arguments.value.empty()) Zone::named(arguments.value);
    if (arguments.name == library::kGallerySetting && !arguments.value.empty() && arguments.value != "on" &&
        arguments.value != "off")
        throw Error(Category::usage, "The gallery is on or off.", "dadcam config gallery on");
    if (arguments.name == library::kCacheLimitSetting && (!arguments.value.empty() || arguments.unset)) {
        throw Error(Category::usage, "The store's size is set by another command.", "dadcam cache --max-size SIZE");
    }
}

/// The folder as it is known on this machine, whichever way it was named.
std::filesystem::path canonical(const Context& context, const std::string& folder) {
    std::error_code error;
    auto place = std::filesystem::canonical(context.folder / folder, error);
    if (error) throw Error(Category::usage, fmt::format("{}: there is no such folder.", folder));
    return place;
}

void change_launcher(PersonalConfig& config, const ConfigArguments& arguments) {
    words_of(arguments.value);  // says so when it cannot be read
    config.launcher = arguments.unset ? std::nullopt : std::optional(arguments.value);
}

void change_font(const Context& context, PersonalConfig& config, const ConfigArguments& arguments) {
    config.font.reset();
    if (arguments.unset) return;
    std::error_code error;
    auto file = std::filesystem::weakly_canonical(context.folder / arguments.value, error);
    if (error) file = context.folder / arguments.value;
    config.font = render::find_font({file.string(), {}}, context.stop).path;  // says so when it is none
}

/// Without a folder, --unset trusts none any longer.
void change_trust(const Context& context, PersonalConfig& config, const ConfigArguments& arguments) {
    auto& trusted = config.trusted;
    if (arguments.value.empty()) {
        trusted.clear();
    } else if (arguments.unset) {
        // Also one that is no longer there.
        const auto named = std::filesystem::weakly_canonical(context.folder / arguments.value);
        std::erase(trusted, named);
    } else if (const auto place = canonical(context, arguments.value);
               std::find(trusted.begin(), trusted.end(), place) == trusted.end()) {
        trusted.push_back(place);
    }
}

void check_store(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder))
        throw Error(Category::usage, fmt::format("{} is not a folder.", folder.string()));
    if (std::find(folder.begin(), folder.end(), library::kFolder) != folder.end()) {
        throw Error(Category::usage, fmt::format("{} is inside a library's own files.", folder.string()),
                    "Name a folder on the disk that should hold the segments.");
    }
}

void change_store(const Context& context, PersonalConfig& config, const ConfigArguments& arguments) {
    config.store.reset();
    if (arguments.unset) return;
    const auto folder = canonical(context, arguments.value);
    check_store(folder);
    config.store = library::make_store_place(folder);
}

/// What becomes of the segments that there are.
void tell_of_change(const Context& context, const std::optional<library::StorePlace>& before,
                    const std::optional<library::StorePlace>& now) {
    if (now) remark(context, "New segments go there. Those already in the libraries are still used.");
    if (!before || (now && now->folder == before->folder)) return;
    remark(context,
           fmt::format("Those in {} stay there but are no longer used: delete them, or move its folders {}.",
                       before->folder.string(), now ? "to the new one" : "into .dadcam/segments of their libraries"));
}

void change(const Context& context, PersonalConfig& config, const ConfigArguments& arguments) {
    const auto store = config.store;
    if (arguments.name == kLauncher)
        change_launcher(config, arguments);
    else if (arguments.name == kFont)
        change_font(context, config, arguments);
    else if (arguments.name == kStore)
        change_store(context, config, arguments);
    else
        change_trust(context, config, arguments);
    write_personal_config(context.terminal, config);
    if (arguments.name == kStore) tell_of_change(context, store, config.store);
}

int config_of_person(const Context& context, const ConfigArguments& arguments) {
    auto config = personal_config(context.terminal);
    if (arguments.unset || !arguments.value.empty()) change(context, config, arguments);
    nlohmann::ordered_json document = nlohmann::ordered_json::object();
    const auto show = [&](const char* name, const std::optional<std::string>& value) {
        if (!arguments.name.empty() && arguments.name != name) return;
        document[name] = value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
        if (!context.options.json) say(context, fmt::format("{} = {}", name, value.value_or("(not set)")));
    };
    show(kLauncher, config.launcher);
    show(kFont, config.font ? std::optional(config.font->string()) : std::nullopt);
    if (arguments.name.empty() || arguments.name == kTrust) {
        document[kTrust] = nlohmann::ordered_json::array();
        for (const auto& folder : config.trusted) {
            document[kTrust].push_back(folder.string());
            if (!context.options.json) say(context, fmt::format("trust = {}", folder.string()));
        }
    }
    show(kStore, config.store ? std::optional(config.store->folder.string()) : std::nullopt);
    if (context.options.json) print_json(context, document);
    return 0;
}

int config_of_library(const Context& context, const ConfigArguments& arguments) {
    const bool change = !arguments.value.empty() || arguments.unset;
    auto library = open_library_in_no_zone(context, change ? library::Access::write : library::Access::read);
    if (arguments.unset)
        library::unset_setting(library, arguments.name);
    else if (change && arguments.name == library::kGallerySetting)
        library::set_setting(library, arguments.name, arguments.value);
    else if (change && library::has_zone(library))
        library::set_zone(library, Zone::named(arguments.value));
    else if (change)
        library::give_zone(library, Zone::named(arguments.value));
    nlohmann::ordered_json document = nlohmann::ordered_json::object();
    for (const auto& name : kOfLibrary) {
        if (!arguments.name.empty() && arguments.name != name) continue;
        const auto value = library::find_setting(library, name);
        document[name] = value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
        if (!context.options.json) say(context, fmt::format("{} = {}", name, value.value_or("(not set)")));
    }
    if (context.options.json) print_json(context, document);
    return 0;
}

}  // namespace

Action declare_config(Declaration command) {
    auto arguments = std::make_shared<ConfigArguments>();
    command.add_flag("--global", arguments->global,
                     "Your own settings, for every library: launcher, font, trust, store");
    command
        .add_option("NAME", arguments->name,
                    "launcher, font, trust, store; of the library: zone, gallery, cache-max-size (default: all)")
        .offers({"launcher", "font", "trust", "store", "zone", "gallery", "cache-max-size"});
    command.add_option("VALUE", arguments->value, "The new value, as one word: Europe/Berlin, \"ssh host\"")
        .offers(Offered::setting_value);
    command.add_flag("--unset", arguments->unset, "Remove the setting");
    return [arguments](Context& context) {
        check(*arguments);
        return arguments->global ? config_of_person(context, *arguments) : config_of_library(context, *arguments);
    };
}

}  // namespace dadcam::app

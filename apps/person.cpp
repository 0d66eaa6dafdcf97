#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apps/person.hpp>
#include <fstream>
#include <iterator>
#include <libdadcam/error.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <libdadcam/library/library.hpp>
#include <nlohmann/json.hpp>

namespace dadcam::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// As the XDG Base Directory Specification has it: what is no absolute path counts for nothing.
fs::path base_folder(const Terminal& terminal, const char* variable, const char* below_home) {
    fs::path named = terminal.variable(variable).value_or("");
    if (named.is_absolute()) return named;
    const fs::path home = terminal.variable("HOME").value_or("");
    return home.is_absolute() ? home / below_home : fs::path();
}

fs::path config_file(const Terminal& terminal) {
    const auto base = base_folder(terminal, "XDG_CONFIG_HOME", ".config");
    return base.empty() ? base : base / "dadcam/config.json";
}

PersonalConfig read(const nlohmann::json& document) {
    PersonalConfig config;
    if (document.contains("launcher")) config.launcher = document.at("launcher").get<std::string>();
    if (document.contains("font")) config.font = document.at("font").get<std::string>();
    if (document.contains("trust"))
        for (const auto& folder : document.at("trust")) config.trusted.emplace_back(folder.get<std::string>());
    if (document.contains("store"))
        config.store = {document.at("store").get<std::string>(), document.at("storeId").get<std::string>()};
    return config;
}

}  // namespace

PersonalConfig personal_config(const Terminal& terminal) {
    const auto file = config_file(terminal);
    std::ifstream in(file, std::ios::binary);
    if (file.empty() || !in) return {};
    try {
        return read(nlohmann::json::parse(std::string(std::istreambuf_iterator<char>(in), {})));
    } catch (const nlohmann::json::exception& error) {
        throw Error(Category::general,
                    fmt::format("{} cannot be read: it is not in the form that dadcam writes.", file.string()),
                    "Fix it, or delete it and choose your settings again with: dadcam config --global", error.what());
    }
}

void write_personal_config(const Terminal& terminal, const PersonalConfig& config) {
    const auto file = config_file(terminal);
    if (file.empty()) {
        throw Error(Category::general, "There is no place for your settings: neither HOME nor XDG_CONFIG_HOME is set.",
                    "Set one of them to a folder of yours.");
    }
    Json document = Json::object();
    if (config.launcher) document["launcher"] = *config.launcher;
    if (config.font) document["font"] = config.font->string();
    for (const auto& folder : config.trusted) document["trust"].push_back(folder.string());
    if (config.store) {
        document["store"] = config.store->folder.string();
        document["storeId"] = config.store->id;
    }
    library::AtomicFile atomic(file, file.parent_path() / fmt::format(".config.json.{}.tmp", ::getpid()));
    atomic.write(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    atomic.commit();
}

fs::path folder_of_places(const Terminal& terminal) {
    const auto base = base_folder(terminal, "XDG_STATE_HOME", ".local/state");
    return base.empty() ? base : base / "dadcam/places";
}

std::optional<std::string> other_owner(const fs::path& root) {
    const auto mine = [](uid_t owner) { return owner == ::geteuid() || owner == 0; };
    for (const char* below : {"", "dadcam.db", "dadcam.db-wal"}) {
        const auto path = root / library::kFolder / below;
        struct stat link {
        }, file{};
        if (::lstat(path.c_str(), &link) != 0 || ::stat(path.c_str(), &file) != 0) continue;
        if (mine(link.st_uid) && mine(file.st_uid)) continue;
        const auto owner = mine(file.st_uid) ? link.st_uid : file.st_uid;
        const passwd* person = ::getpwuid(owner);
        return person != nullptr ? person->pw_name : fmt::format("user {}", owner);
    }
    return std::nullopt;
}

}  // namespace dadcam::app

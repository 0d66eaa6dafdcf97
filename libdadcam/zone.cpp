#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/zone.hpp>

namespace dadcam {
namespace {

constexpr std::size_t kLongestZoneName = 64;

/// What stands behind the database's folder in a path: "Europe/Berlin".
std::string below_database(const std::string& path) {
    constexpr std::string_view kDatabase = "zoneinfo/";
    const auto found = path.rfind(kDatabase);
    if (found == std::string::npos) return {};
    auto name = path.substr(found + kDatabase.size());
    for (const std::string_view kind : {"posix/", "right/"})
        if (name.starts_with(kind)) name.erase(0, kind.size());
    return name;
}

std::string named_by_variable(std::string tz) {
    if (tz.starts_with(':')) tz.erase(0, 1);
    return tz.starts_with('/') ? below_database(tz) : tz;
}

std::string linked(const std::filesystem::path& localtime) {
    std::error_code error;
    const auto name = below_database(std::filesystem::read_symlink(localtime, error).string());
    return name.empty() ? below_database(std::filesystem::canonical(localtime, error).string()) : name;
}

std::string first_word(const std::filesystem::path& file) {
    std::string word;
    std::ifstream(file) >> word;
    return word;
}

const date::tzdb& database() {
    try {
        return date::get_tzdb();
    } catch (const std::exception& error) {
        throw Error(Category::general, "This system has no database of time zones.", "Install tzdata.", error.what());
    }
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
    Zone zone;
    if (name == zone.name_) return zone;
    if (name.empty() || name.size() > kLongestZoneName) return std::nullopt;
    // locate_zone() takes a kind of string that depends on how Debian built the library.
    const auto& zones = database().zones;
    const auto rules = std::lower_bound(zones.begin(), zones.end(), name,
                                        [](const auto& one, auto sought) { return one.name() < sought; });
    if (rules == zones.end() || rules->name() != name) return std::nullopt;
    try {
        zone.rules_ = &*rules;
        zone.name_ = name;
        zone.wall({});  // reads its rules: what is broken is no zone
        return zone;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

Zone Zone::named(std::string_view name) {
    if (auto zone = find(name)) return *zone;
    throw Error(
        Category::usage, fmt::format("There is no time zone \"{}\".", name),
        "Name one of the IANA database, as in /usr/share/zoneinfo: Europe/Berlin, America/New_York, Asia/Tokyo");
}

std::chrono::local_seconds Zone::wall(std::chrono::sys_seconds instant) const {
    const auto offset = rules_ == nullptr ? std::chrono::seconds{0} : rules_->get_info(instant).offset;
    return std::chrono::local_seconds{instant.time_since_epoch() + offset};
}

std::chrono::sys_seconds Zone::instant(std::chrono::local_seconds wall) const {
    const auto shown = wall.time_since_epoch();
    if (rules_ == nullptr) return std::chrono::sys_seconds{shown};
    return std::chrono::sys_seconds{shown - rules_->get_info(date::local_seconds{shown}).first.offset};
}

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    try {
        for (const auto& zone : database().zones) names.emplace_back(zone.name());
    } catch (const Error&) {
        return {};
    }
    return names;
}

Zone machine_zone(const std::optional<std::string>& tz, const std::filesystem::path& etc) {
    const auto find_if_named = [](const std::string& name) { return name.empty() ? std::nullopt : Zone::find(name); };
    auto zone = tz ? find_if_named(named_by_variable(*tz)) : std::nullopt;
    if (!zone) zone = find_if_named(linked(etc / "localtime"));
    if (!zone) zone = find_if_named(first_word(etc / "timezone"));
    return zone.value_or(Zone());
}

}  // namespace dadcam

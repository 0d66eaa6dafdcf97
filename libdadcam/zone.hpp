#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace date {
class time_zone;
}

namespace dadcam {

/// A time zone of the IANA database, which tells what a clock on the wall showed at an instant, and the other way
/// round.
class Zone {
public:
    /// UTC, which needs no database.
    Zone() = default;

    /// "Europe/Berlin". Nothing for a name that is none. Error(general) where the system has no database.
    static std::optional<Zone> find(std::string_view name);
    /// The same. Error(usage) for a name that is none.
    static Zone named(std::string_view name);

    const std::string& name() const { return name_; }

    std::chrono::local_seconds wall(std::chrono::sys_seconds instant) const;
    /// A time that a clock shows twice, when summer ends, is the earlier one. One that it skips, when summer begins, is
    /// as a clock shows it that nobody has set forward: 02:30 is half an hour after the jump.
    std::chrono::sys_seconds instant(std::chrono::local_seconds wall) const;

    bool operator==(const Zone& other) const { return name_ == other.name_; }

private:
    std::string name_ = "UTC";
    const date::time_zone* rules_ = nullptr;  ///< the database's, which lives as long as the program; none for UTC
};

/// All names there are, in order; none where the system has no database.
std::vector<std::string> zone_names();

/// The zone that this machine is set to: what the variable TZ names (tzset(3): also ":Europe/Berlin" and a file of the
/// database), else where <etc>/localtime leads to, else <etc>/timezone's, else UTC. A TZ that spells out its rules is
/// no zone of the database, and counts for nothing.
Zone machine_zone(const std::optional<std::string>& tz, const std::filesystem::path& etc = "/etc");

}  // namespace dadcam

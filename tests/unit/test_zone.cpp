#include <doctest/doctest.h>

#include <fstream>
#include <libdadcam/zone.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr auto kJuly = sys_days{2019y / 7 / 14} + 16h + 30min + 12s;

Zone zone(const char* name) {
    const auto found = Zone::find(name);
    REQUIRE(found);
    return *found;
}

local_seconds wall(year_month_day day, minutes time) {
    return local_days{day} + time;
}

}  // namespace

TEST_CASE("a zone tells what its clocks showed, in winter and in summer, and when that was") {
    const auto berlin = zone("Europe/Berlin"), tokyo = zone("Asia/Tokyo"), angeles = zone("America/Los_Angeles");
    CHECK(berlin.wall(kJuly) == local_days{2019y / 7 / 14} + 18h + 30min + 12s);
    CHECK(tokyo.wall(kJuly) == local_days{2019y / 7 / 15} + 1h + 30min + 12s);
    CHECK(angeles.wall(kJuly) == local_days{2019y / 7 / 14} + 9h + 30min + 12s);
    CHECK(berlin.wall(sys_days{2019y / 1 / 14}) == wall(2019y / 1 / 14, 1h));
    for (const auto& one : {berlin, tokyo, angeles, Zone()})
        for (auto instant = sys_seconds{sys_days{1975y / 1 / 1}}; instant < sys_days{2036y / 1 / 1}; instant += days{9})
            CHECK(one.instant(one.wall(instant)) == instant);
}

TEST_CASE("a time that a clock shows twice is the earlier one") {
    const auto berlin = zone("Europe/Berlin");
    CHECK(berlin.instant(wall(2019y / 10 / 27, 2h + 30min)) == sys_days{2019y / 10 / 27} + 0h + 30min);
    CHECK(berlin.instant(wall(2019y / 10 / 27, 3h)) == sys_days{2019y / 10 / 27} + 2h);
}

TEST_CASE("a time that a clock skips is as far behind the jump") {
    const auto berlin = zone("Europe/Berlin");
    CHECK(berlin.instant(wall(2019y / 3 / 31, 1h + 59min)) == sys_days{2019y / 3 / 31} + 0h + 59min);
    CHECK(berlin.instant(wall(2019y / 3 / 31, 2h + 30min)) == sys_days{2019y / 3 / 31} + 1h + 30min);
    CHECK(berlin.wall(sys_days{2019y / 3 / 31} + 1h + 30min) == wall(2019y / 3 / 31, 3h + 30min));
}

TEST_CASE("UTC is a zone without a database, and names that are none are none") {
    CHECK(Zone().name() == "UTC");
    CHECK(Zone::find("UTC") == Zone());
    CHECK(Zone().instant(Zone().wall(kJuly)) == kJuly);
    CHECK(zone("Etc/UTC").wall(kJuly) == Zone().wall(kJuly));
    for (const char* name : {"", "Europe/Atlantis", "europe/berlin ", "../../etc/passwd", "/etc/localtime", "Europe",
                             "CET-1CEST,M3.5.0,M10.5.0/3", "+02:00"}) {
        CAPTURE(std::string(name));
        CHECK_FALSE(Zone::find(name));
    }
    CHECK_FALSE(Zone::find(std::string(100'000, 'x')));
}

TEST_CASE("the machine's zone is TZ's, else the system's, else UTC") {
    const test::TemporaryFolder folder;
    CHECK(machine_zone(std::nullopt, folder / "").name() == "UTC");
    std::ofstream(folder / "timezone") << "America/New_York\n";
    CHECK(machine_zone(std::nullopt, folder / "").name() == "America/New_York");
    std::filesystem::create_symlink("/usr/share/zoneinfo/Asia/Tokyo", folder / "localtime");
    CHECK(machine_zone(std::nullopt, folder / "").name() == "Asia/Tokyo");
    for (const char* tz : {"Europe/Berlin", ":Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin",
                           ":/usr/share/zoneinfo/posix/Europe/Berlin"}) {
        CAPTURE(std::string(tz));
        CHECK(machine_zone(tz, folder / "").name() == "Europe/Berlin");
    }
    for (const char* tz : {"", ":", "CET-1CEST,M3.5.0,M10.5.0/3", "Mars/Olympus", "/somewhere/else"}) {
        CAPTURE(std::string(tz));
        CHECK(machine_zone(tz, folder / "").name() == "Asia/Tokyo");
    }
}

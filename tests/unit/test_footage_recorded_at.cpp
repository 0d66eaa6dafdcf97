#include <doctest/doctest.h>

#include <libdadcam/footage/recorded_at.hpp>

using namespace dadcam::footage;
using namespace std::chrono;
using dadcam::Zone;

namespace {

constexpr local_seconds kWall = local_days{2019y / 7 / 14} + 23h + 30min + 12s;
constexpr sys_seconds kInstant = sys_days{2019y / 7 / 15} + 3h + 30min + 12s;

Zone zone_named(const char* name) {
    return Zone::find(name).value();
}

}  // namespace

TEST_CASE("a clip's own offset wins over the library's zone") {
    for (const char* zone : {"UTC", "Europe/Berlin", "Asia/Tokyo"}) {
        CAPTURE(std::string(zone));
        const auto known = recorded({kWall, kInstant}, "quicktime", false, zone_named(zone));
        CHECK(known == RecordedAt{"2019-07-15T03:30:12Z", "quicktime", false, "2019-07-14T23:30:12-04:00"});
        CHECK(local_text(*known, zone_named(zone)) == "2019-07-14T23:30:12-04:00");
        CHECK(wall_of(*known, zone_named(zone)) == kWall);
        CHECK(moment_of(*known) == Moment{kWall, kInstant});
        CHECK(in_zone(*known, zone_named("America/New_York")) == *known);
    }
}

TEST_CASE("a wall time gets its instant from the zone, and is told without an offset") {
    const auto berlin = zone_named("Europe/Berlin"), tokyo = zone_named("Asia/Tokyo");
    const auto known = recorded({kWall, {}}, "stream", false, berlin);
    CHECK(known == RecordedAt{"2019-07-14T21:30:12Z", "stream", false, "2019-07-14T23:30:12"});
    CHECK(local_text(*known, tokyo) == "2019-07-14T23:30:12");
    CHECK(moment_of(*known) == Moment{kWall, {}});
    CHECK(in_zone(*known, tokyo) == RecordedAt{"2019-07-14T14:30:12Z", "stream", false, "2019-07-14T23:30:12"});
}

TEST_CASE("an instant gets its wall time, and the offset, from the zone") {
    const auto known = recorded({{}, kInstant}, "container", false, zone_named("Europe/Berlin"));
    CHECK(known == RecordedAt{"2019-07-15T03:30:12Z", "container", false});
    CHECK(local_text(*known, zone_named("Europe/Berlin")) == "2019-07-15T05:30:12+02:00");
    CHECK(local_text(*known, zone_named("America/Los_Angeles")) == "2019-07-14T20:30:12-07:00");
    CHECK(local_text(*known, {}) == "2019-07-15T03:30:12+00:00");
    CHECK(moment_of(*known) == Moment{{}, kInstant});
    CHECK(in_zone(*known, zone_named("Asia/Tokyo")) == *known);
}

TEST_CASE("a moment that is empty is no date") {
    CHECK_FALSE(recorded({}, "stream", false, {}));
}

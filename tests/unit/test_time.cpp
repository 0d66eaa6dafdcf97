#include <doctest/doctest.h>

#include <libdadcam/time.hpp>

using namespace dadcam;
using namespace std::chrono;

namespace {

constexpr sys_seconds kMoment = sys_days{2019y / July / 14} + 18h + 30min + 12s;

}  // namespace

TEST_CASE("a time is written in UTC, and comes back") {
    CHECK(format_utc(kMoment) == "2019-07-14T18:30:12Z");
    CHECK(parse_utc(format_utc(kMoment)) == kMoment);
    CHECK(format_utc(sys_seconds{}) == "1970-01-01T00:00:00Z");
    CHECK(format_utc(sys_seconds{-1s}) == "1969-12-31T23:59:59Z");
    CHECK(format_utc(sys_days{2020y / February / 29} + 1s) == "2020-02-29T00:00:01Z");
}

TEST_CASE("a time for names has no separators but one") {
    CHECK(compact_utc(kMoment) == "20190714_183012");
    CHECK(compact_utc(sys_days{2001y / January / 2}) == "20010102_000000");
}

TEST_CASE("now is a time that can be read") {
    const auto before = floor<seconds>(system_clock::now());
    const auto now = parse_utc(now_utc());
    REQUIRE(now);
    CHECK(*now >= before);
    CHECK(*now <= floor<seconds>(system_clock::now()));
}

TEST_CASE("times are read with fractions, offsets, a blank for the T, without a zone, and as dates") {
    for (const char* text :
         {"2019-07-14T18:30:12Z", "2019-07-14T18:30:12.999999Z", "2019-07-14 18:30:12Z", "2019-07-14T18:30:12",
          "2019-07-14T20:30:12+02:00", "2019-07-14T20:30:12+0200", "2019-07-14T13:00:12-05:30"}) {
        CAPTURE(std::string(text));
        CHECK(parse_utc(text) == kMoment);
    }
    CHECK(parse_utc("2019-07-14") == sys_days{2019y / July / 14});
    CHECK(parse_utc("2019-12-31T23:30:00-01:00") == sys_days{2020y / January / 1} + 30min);
    CHECK(parse_utc("2016-12-31T23:59:60Z") == sys_days{2017y / January / 1});
}

TEST_CASE("what is no time is none") {
    for (const char* text :
         {"", "2019", "2019-07", "2019-13-01", "2019-02-29", "2019-00-10", "2019-07-14T24:00:00Z",
          "2019-07-14T18:60:00Z", "2019-07-14T18:30:61Z", "2019-07-14T18Z", "19-07-14", "2019-07-14T18:30:12.Z",
          "2019-07-14T18:30:12+2", " 2019-07-14", "2019-07-14 ", "2019-07-14T18:30:12Zebra", "2019/07/14"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_utc(text));
    }
}

TEST_CASE("a time at the wall is written with its offset where that is known, and comes back") {
    constexpr local_seconds wall = local_days{2019y / July / 14} + 23h + 30min + 12s;
    CHECK(format_wall(wall) == "2019-07-14T23:30:12");
    CHECK(format_wall(wall, -4h) == "2019-07-14T23:30:12-04:00");
    CHECK(format_wall(wall, 5h + 45min) == "2019-07-14T23:30:12+05:45");
    CHECK(parse_time("2019-07-14T23:30:12") == WrittenTime{wall, {}});
    CHECK(parse_time("2019-07-14 23:30:12-0400") == WrittenTime{wall, -4h});
    CHECK(parse_time("2019-07-14T23:30:12Z") == WrittenTime{wall, 0min});
    CHECK(parse_time("2019-07-14 23:30") == WrittenTime{wall - 12s, {}});
    CHECK(parse_time("2019-07-14") == WrittenTime{local_days{2019y / July / 14}, {}});
    CHECK_FALSE(parse_time(std::string(100'000, '1')));
    CHECK_FALSE(parse_time("2019-07-14T18:30:12." + std::string(100'000, '1')));
}

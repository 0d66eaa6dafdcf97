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
          "2019-07-14T18:60:00Z", "2019-07-14T18:30:61Z", "2019-07-14T18:30Z", "19-07-14", "2019-07-14T18:30:12.Z",
          "2019-07-14T18:30:12+2", " 2019-07-14", "2019-07-14 ", "2019-07-14T18:30:12Zebra", "2019/07/14"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_utc(text));
    }
}

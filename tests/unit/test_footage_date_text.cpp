#include <doctest/doctest.h>

#include <libdadcam/footage/date_text.hpp>
#include <string>
#include <tests/support/told.hpp>

using namespace dadcam::footage;
using dadcam::test::text_of;

TEST_CASE("a time with its offset is the wall's and an instant") {
    CHECK(text_of(offset_time("2019-07-14T23:30:12-0400")) == "2019-07-14 23:30:12 -240");
    CHECK(text_of(offset_time("2019-07-14T23:30:12+02:00")) == "2019-07-14 23:30:12 +120");
    CHECK(text_of(offset_time("2019-07-14T23:30:12.123456+05:30")) == "2019-07-14 23:30:12 +330");
    CHECK(text_of(offset_time("2019-07-14T23:30:12+02")) == "2019-07-14 23:30:12 +120");
    CHECK(text_of(offset_time(" 2019-07-14 23:30:12 +0000\n")) == "2019-07-14 23:30:12 +0");
    CHECK(text_of(offset_time("2019:07:14 23:30:12+02:00")) == "2019-07-14 23:30:12 +120");
}

TEST_CASE("a time in UTC says nothing of the wall, and one without a zone nothing of the instant") {
    CHECK(text_of(offset_time("2019-07-14T23:30:12Z")) == "2019-07-14 23:30:12Z");
    CHECK(text_of(offset_time("2019-07-14T23:30:12.000Z")) == "2019-07-14 23:30:12Z");
    CHECK(text_of(offset_time("2019-07-14T23:30:12")) == "2019-07-14 23:30:12");
    CHECK(text_of(offset_time("2019-07-14 23:30")) == "2019-07-14 23:30:00");
    CHECK(text_of(offset_time("2019-07-14")) == "2019-07-14");
}

TEST_CASE("a text that is no date and time is none") {
    for (const char* text :
         {"", "yesterday", "2019", "2019-07", "2019-07-14T", "2019-07-1418:30:12", "2019-07-14T24:00:00", "2019-02-30",
          "2019-07-14T23:30:12+15:00", "2019-07-14T23:30:12+02:07", "2019-07-14T23:30:12 beach", "2019-07-14T23:30:12+",
          "1904-01-01T00:00:00Z", "1970-01-01", "2100-01-01", "99999999999999999999-01-01", "    :  :     :  :  "}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(offset_time(text));
    }
}

TEST_CASE("a date of Matroska may end at its month") {
    CHECK(text_of(matroska_date("2019-07-14 18:30:12.000")) == "2019-07-14 18:30:12");
    CHECK(text_of(matroska_date("2019-07-14")) == "2019-07-14");
    CHECK(text_of(matroska_date("2019-07")) == "2019-07-01");
    CHECK_FALSE(matroska_date("2019"));
    CHECK_FALSE(matroska_date("2019-07 beach"));
}

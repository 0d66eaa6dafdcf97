#include <doctest/doctest.h>

#include <libdadcam/footage/date_in_dv.hpp>
#include <string>
#include <tests/support/dates.hpp>
#include <tests/support/told.hpp>

using namespace dadcam::footage;
using dadcam::test::dv_sequence;
using dadcam::test::text_of;

namespace {

/// 2003-12-24 17:05:33, with the bits set that are not in use.
const std::string kDate = "\x62\xff\xe4\x12\x03", kTime = "\x63\xff\xb3\x85\xd7";
const std::string kNotSet = "\x62\xff\xff\xff\xff\x63\xff\xff\xff\xff";

}  // namespace

TEST_CASE("a DV frame tells when it was recorded, in its VAUX or its subcode") {
    CHECK(text_of(dv_date(dv_sequence(kDate + kTime))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(dv_sequence({}, kDate + kTime))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(dv_sequence(kTime, kDate))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(dv_sequence({}) + dv_sequence(kDate + kTime, {}, 1))) == "2003-12-24 17:05:33");
}

TEST_CASE("a DV frame is found wherever it begins") {
    CHECK(text_of(dv_date("RIFF\x1f\x07 00dc" + dv_sequence(kDate + kTime))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(std::string(5000, '\x1f') + dv_sequence(kDate + kTime))) == "2003-12-24 17:05:33");
}

TEST_CASE("the years of DV go from 1975 to 2074") {
    CHECK(text_of(dv_date(dv_sequence("\x62\xff\xc1\x01\x75" + kTime))) == "1975-01-01 17:05:33");
    CHECK(text_of(dv_date(dv_sequence("\x62\xff\xc1\x01\x99" + kTime))) == "1999-01-01 17:05:33");
    CHECK(text_of(dv_date(dv_sequence("\x62\xff\xc1\x01\x74" + kTime))) == "2074-01-01 17:05:33");
}

TEST_CASE("the first frame whose date is set counts, also without a time") {
    CHECK(text_of(dv_date(dv_sequence(kNotSet) + dv_sequence(kDate + kTime))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(dv_sequence(kDate + kTime) + dv_sequence("\x62\xff\xc1\x01\x99"))) == "2003-12-24 17:05:33");
    CHECK(text_of(dv_date(dv_sequence(kDate) + dv_sequence(kDate + kTime))) == "2003-12-24");
    CHECK(text_of(dv_date(dv_sequence(kTime) + dv_sequence(kDate))) == "2003-12-24");
}

TEST_CASE("a pack that no camera wrote says nothing") {
    CHECK_FALSE(dv_date(dv_sequence(kNotSet)));
    CHECK_FALSE(dv_date(dv_sequence(kTime)));
    CHECK_FALSE(dv_date(dv_sequence("\x62\xff\xf1\x02\x03" + kTime)));  // the 31st of February
    CHECK_FALSE(dv_date(dv_sequence("\x62\xff\xea\x12\x03" + kTime)));
    CHECK_FALSE(dv_date(dv_sequence(kDate + kTime).substr(0, 479)));
    CHECK_FALSE(dv_date(kDate + kTime));
    CHECK_FALSE(dv_date(""));
    CHECK(text_of(dv_date(dv_sequence(kDate + "\x63\xff\xf3\x85\xd7"))) == "2003-12-24");  // 73 seconds
}

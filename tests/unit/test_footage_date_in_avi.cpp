#include <doctest/doctest.h>

#include <libdadcam/footage/date_in_avi.hpp>
#include <string>
#include <string_view>
#include <tests/support/dates.hpp>
#include <tests/support/told.hpp>

using namespace dadcam::footage;
using namespace dadcam::test;

TEST_CASE("an IDIT is read in the ways that cameras write it") {
    struct Written {
        std::string_view text;
        std::string_view told;
    };
    constexpr Written kRows[] = {
        {std::string_view("MON SEP 10 20:52:00 2012\n\0", 26), "2012-09-10 20:52:00"},
        {"Mon Apr  7 12:34:56 2003\n", "2003-04-07 12:34:56"},
        {"TUE APR 01 12:34:56 2003", "2003-04-01 12:34:56"},
        {"2005/08/02/ 11:28", "2005-08-02 11:28:00"},
        {"2005/11/28/ 09:19", "2005-11-28 09:19:00"},
        {"2001/ 1/27  1:42PM", "2001-01-27 13:42:00"},
        {"2001/ 1/27 12:42AM", "2001-01-27 00:42:00"},
        {"2003/12/ 3 10:26:34", "2003-12-03 10:26:34"},
        {"2003-12-24 17:05:33", "2003-12-24 17:05:33"},
        {std::string_view("2002-12-16  15:35:01\0\0", 22), "2002-12-16 15:35:01"},
        {"2013:06:27 21:24:22", "2013-06-27 21:24:22"},
        {"2003-12-24T17:05:33", "2003-12-24 17:05:33"},
        {"2003-12-24\n", "2003-12-24"},
    };
    for (const auto& [text, told] : kRows) {
        CAPTURE(std::string(text));
        CHECK(text_of(idit_date(text)) == told);
    }
}

TEST_CASE("an IDIT that no clock wrote says nothing") {
    for (const char* text : {"", "\n", "THU FEB 30 11:03:15 2011", "Mon Apr  7 12:34:56 1970", "2005/13/02/ 11:28",
                             "2005/08/02 25:00", "2005/08-02 11:28", "0000/00/00/ 00:00", "2005/08/02/ noon",
                             "Mon Foo  7 12:34:56 2003", "Mon Apr", "99999999/1/1 1:1", "2005/08/021 11:28"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(idit_date(text));
    }
}

TEST_CASE("the IDIT of an AVI is found at the top, in a list and in a list of a list") {
    const auto idit = chunk("IDIT", "2003-12-24 17:05:33");
    const auto strl = chunk("LIST", "strl" + chunk("strh", "video") + chunk("strn", "odd"));
    for (const auto& file : {avi(idit), avi(chunk("LIST", "hdrl" + chunk("avih", "head") + strl + idit)),
                             avi(chunk("JUNK", "odd") + chunk("LIST", "hdrl" + chunk("LIST", "strl" + idit))),
                             avi(chunk("LIST", "movi" + chunk("00dc", "IDIT")) + idit)}) {
        CHECK(find_idit(file) == "2003-12-24 17:05:33");
    }
}

TEST_CASE("an IDIT among the pictures, behind the bytes, or in no AVI is none") {
    const auto idit = chunk("IDIT", "2003-12-24 17:05:33");
    CHECK(find_idit(avi(chunk("LIST", "movi" + idit))).empty());
    CHECK(find_idit(avi("LIST\xff\xff\xff\xffmovi" + idit)).empty());
    CHECK(find_idit(avi(chunk("JUNK", std::string(100, 'x')) + idit).substr(0, 60)).empty());
    CHECK(find_idit(chunk("RIFF", "WAVE" + idit)).empty());
    CHECK(find_idit("RIFF").empty());
    CHECK(find_idit("").empty());
    CHECK(find_idit("RIFF1234AVI ").empty());
}

TEST_CASE("a walk through an AVI ends, whatever its sizes") {
    std::string empty_chunks;
    for (int i = 0; i < 100'000; ++i) empty_chunks += chunk("JUNK", "");
    CHECK(find_idit(avi(empty_chunks + chunk("IDIT", "2003-12-24"))).empty());
    CHECK(find_idit(avi("JUNK\xff\xff\xff\xff" + chunk("IDIT", "2003-12-24"))).empty());
    CHECK(find_idit(avi("IDIT\xff\xff\xff\xff"
                        "2003-12-24")) == "2003-12-24");
}

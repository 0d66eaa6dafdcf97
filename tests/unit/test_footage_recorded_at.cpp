#include <doctest/doctest.h>

#include <libdadcam/footage/recorded_at.hpp>

using namespace dadcam::footage;

namespace {

constexpr std::int64_t kMtime = 1'262'304'000'000'000'000;  // 2010-01-01T00:00:00Z
const RecordedAt kByMtime{"2010-01-01T00:00:00Z", "mtime", true};

RecordedAt named(const char* path) {
    return recorded_at(std::nullopt, path, kMtime);
}

RecordedAt said(const char* creation_time, const char* path = "/clips/a.mp4") {
    return recorded_at(std::string(creation_time), path, kMtime);
}

}  // namespace

TEST_CASE("the container's time comes first, in UTC") {
    CHECK(said("2019-07-14T18:30:12.000000Z", "/2001-01-01/20020202_000000.mp4") ==
          RecordedAt{"2019-07-14T18:30:12Z", "container", false});
    CHECK(said("2019-07-14T18:30:12+0200").time == "2019-07-14T16:30:12Z");
    CHECK(said("2019-07-14 18:30:12").time == "2019-07-14T18:30:12Z");
}

TEST_CASE("a clock that was never set does not count") {
    for (const char* unset : {"1904-01-01T00:00:00.000000Z", "1970-01-01T00:00:00Z", "1970-12-31T23:59:59Z",
                              "0000-00-00T00:00:00Z", "yesterday", ""}) {
        CAPTURE(std::string(unset));
        CHECK(said(unset) == kByMtime);
        CHECK(said(unset, "/clips/VID_20190714_183012.mp4").source == "file_name");
    }
    CHECK(said("1971-01-01T00:00:00Z").source == "container");
}

TEST_CASE("a date and time in the file's name are read in the ways that cameras and people write them") {
    for (const char* name :
         {"VID_20190714_183012.mp4", "20190714_183012.mp4", "PXL_20190714_183012345.mp4", "2019-07-14 18.30.12.mov",
          "2019-07-14_18-30-12.mkv", "Screen 2019-07-14T18:30:12.mp4", "video-2019-07-14-18h30m12.mp4",
          "WP_20190714_18_30_12_Pro.mp4", "20190714183012.MTS", "clip20190714183012.m2ts"}) {
        CAPTURE(std::string(name));
        CHECK(named(("/clips/" + std::string(name)).c_str()) == RecordedAt{"2019-07-14T18:30:12Z", "file_name", false});
    }
}

TEST_CASE("a date alone is the beginning of its day") {
    CHECK(named("/clips/20190714.mp4") == RecordedAt{"2019-07-14T00:00:00Z", "file_name", false});
    CHECK(named("/clips/VID-20190714-WA0007.mp4") == RecordedAt{"2019-07-14T00:00:00Z", "file_name", false});
    CHECK(named("/clips/2019.07.14 beach.avi").time == "2019-07-14T00:00:00Z");
}

TEST_CASE("a date in the nearest folder's name counts when the file's says nothing") {
    CHECK(named("/films/2003-12-24 Christmas/MOV001.mod") == RecordedAt{"2003-12-24T00:00:00Z", "folder_name", false});
    CHECK(named("/2001-01-01/2003-12-24 Christmas/tape 1/MOV001.mod").time == "2003-12-24T00:00:00Z");
    CHECK(named("/2003-12-24 Christmas/2004-01-02 visit.avi").source == "file_name");
}

TEST_CASE("a month in a name is its beginning, and an estimate") {
    CHECK(named("/films/1998-07 Italy/tape.dv") == RecordedAt{"1998-07-01T00:00:00Z", "folder_name", true});
    CHECK(named("/films/1998_07.dv") == RecordedAt{"1998-07-01T00:00:00Z", "file_name", true});
}

TEST_CASE("digits that are no date are no date") {
    for (const char* name : {"IMG_19990231.mp4", "1234567890123.mp4", "1998070112345.mp4", "IMG_0001.mp4",
                             "MVI_2019.avi", "00012019071400.mp4", "DSC_20191301.mp4", "20190732.mp4",
                             "1998-13 Italy.mp4", "19700101_000000.mp4", "2019-0714.mp4", "GX010042.mp4"}) {
        CAPTURE(std::string(name));
        CHECK(named(("/clips/" + std::string(name)).c_str()) == kByMtime);
    }
}

TEST_CASE("a time that no clock shows leaves the date") {
    CHECK(named("/clips/20190714_993012.mp4").time == "2019-07-14T00:00:00Z");
    CHECK(named("/clips/20190714_18.mp4").time == "2019-07-14T00:00:00Z");
}

TEST_CASE("without any of them the file's modification time is an estimate") {
    CHECK(named("/clips/a.mp4") == kByMtime);
    CHECK(recorded_at(std::nullopt, "a.mp4", kMtime) == kByMtime);
}

TEST_CASE("a very long name is read in time") {
    CHECK(named(("/clips/" + std::string(4000, '1') + ".mp4").c_str()) == kByMtime);
    CHECK(named(("/clips/" + std::string(4000, '-') + ".mp4").c_str()) == kByMtime);
}

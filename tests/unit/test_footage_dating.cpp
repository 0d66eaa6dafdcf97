#include <doctest/doctest.h>

#include <fstream>
#include <libdadcam/footage/dating.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/dates.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::footage;
using namespace std::chrono;

namespace {

constexpr std::int64_t kModified = 1'262'304'000'000'000'000;  // 2010-01-01T00:00:00Z
const RecordedAt kByMtime{"2010-01-01T00:00:00Z", "mtime", true};
constexpr sys_seconds kToday = sys_days{2026y / 8 / 1};

Clock clock_in(const char* zone) {
    return {Zone::find(zone).value(), kToday};
}

RecordedAt dated(const std::string& path, const Facts& facts, const char* zone = "UTC",
                 std::int64_t mtime_ns = kModified) {
    return date_of(path, facts, mtime_ns, clock_in(zone));
}

RecordedAt named(const std::string& path, const char* zone = "UTC", std::int64_t mtime_ns = kModified) {
    return dated(path, test::facts_of(), zone, mtime_ns);
}

RecordedAt said(const char* creation_time, const char* path = "/clips/a.mp4", const char* zone = "UTC") {
    auto facts = test::facts_of();
    facts.creation_time = creation_time;
    return dated(path, facts, zone);
}

std::int64_t mtime_at(sys_seconds time) {
    return time.time_since_epoch().count() * 1'000'000'000;
}

}  // namespace

TEST_CASE("the container's time is an instant, and comes before names") {
    CHECK(said("2019-07-14T18:30:12.000000Z", "/2001-01-01/20020202_000000.mp4", "Europe/Berlin") ==
          RecordedAt{"2019-07-14T18:30:12Z", "container", false});
    CHECK(said("2019-07-14T18:30:12+0200") ==
          RecordedAt{"2019-07-14T16:30:12Z", "container", false, "2019-07-14T18:30:12+02:00"});
}

TEST_CASE("a container's time that names no zone is what the camera's clock showed") {
    CHECK(said("2019-07-14 18:30:12", "/clips/a.avi", "Europe/Berlin") ==
          RecordedAt{"2019-07-14T16:30:12Z", "container", false, "2019-07-14T18:30:12"});
}

TEST_CASE("a GoPro's time is what its clock showed, though its container calls it UTC") {
    auto facts = test::facts_of();
    facts.creation_time = "2019-11-18T15:45:32.000000Z";
    facts.camera.make = "GoPro";
    CHECK(dated("/GX010042.MP4", facts, "America/Los_Angeles") ==
          RecordedAt{"2019-11-18T23:45:32Z", "container", false, "2019-11-18T15:45:32"});
}

TEST_CASE("QuickTime's creation date, with its offset, comes before the container's") {
    auto facts = test::facts_of();
    facts.creation_time = "2024-03-01T10:00:00Z";
    facts.creation_date = "2019-07-14T23:30:12-0400";
    CHECK(dated("/IMG_0001.MOV", facts, "Europe/Berlin") ==
          RecordedAt{"2019-07-15T03:30:12Z", "quicktime", false, "2019-07-14T23:30:12-04:00"});
    facts.creation_date = "yesterday";
    CHECK(dated("/IMG_0001.MOV", facts).source == "container");
}

TEST_CASE("Matroska's date of recording comes before the one of its container, also a day alone") {
    auto facts = test::facts_of();
    facts.container = "matroska,webm";
    facts.creation_time = "2024-03-01T10:00:00Z";
    facts.date_recorded = "1998-07-14 18:30:12";
    CHECK(dated("/tape.mkv", facts) == RecordedAt{"1998-07-14T18:30:12Z", "stream", false, "1998-07-14T18:30:12"});
    facts.date_recorded = "1998-07-14";
    CHECK(dated("/tape.mkv", facts) == RecordedAt{"1998-07-14T00:00:00Z", "stream", true, "1998-07-14T00:00:00"});
}

TEST_CASE("a clock that was never set does not count, nor does the future beyond a day") {
    for (const char* unset : {"1904-01-01T00:00:00.000000Z", "1970-01-01T00:00:00Z", "1970-12-31T23:59:59Z",
                              "0000-00-00T00:00:00Z", "2036-02-06T06:28:15Z", "2036-02-07T06:28:16Z",
                              "2026-08-02T00:00:01Z", "2099-01-01T00:00:00Z", "yesterday", ""}) {
        CAPTURE(std::string(unset));
        CHECK(said(unset) == kByMtime);
        CHECK(said(unset, "/clips/VID_20190714_183012.mp4").source == "file_name");
    }
    CHECK(said("1971-01-01T00:00:00Z").source == "container");
    CHECK(said("2026-08-02T00:00:00Z").source == "container");
    CHECK(named("/clips/VID_20990101_120000.mp4") == kByMtime);
    CHECK(named("/2030-01-01 film/a.mp4") == kByMtime);
    // An era that ends is no time even when it has come.
    auto facts = test::facts_of();
    facts.creation_time = "2036-02-06T06:28:15Z";
    CHECK(date_of("/a.mp4", facts, kModified, {{}, sys_days{2040y / 1 / 1}}) == kByMtime);
}

TEST_CASE("a time in a name is the wall's") {
    CHECK(named("/clips/VID_20190714_183012.mp4", "Europe/Berlin") ==
          RecordedAt{"2019-07-14T16:30:12Z", "file_name", false, "2019-07-14T18:30:12"});
    CHECK(named("/clips/PXL_20190714_183012345.mp4", "Europe/Berlin") ==
          RecordedAt{"2019-07-14T18:30:12Z", "file_name", false});
}

TEST_CASE("a day alone is an estimate, with the file's time of day when that lies on the day in the zone") {
    CHECK(named("/clips/Aufnahme 24.12.2003.mp4", "Europe/Berlin") ==
          RecordedAt{"2003-12-23T23:00:00Z", "file_name", true, "2003-12-24T00:00:00"});
    CHECK(named("/clips/20031224.mp4", "Europe/Berlin", mtime_at(sys_days{2003y / 12 / 24} + 17h)) ==
          RecordedAt{"2003-12-24T17:00:00Z", "file_name", true, "2003-12-24T18:00:00"});
    CHECK(named("/clips/20031224.mp4", "Asia/Tokyo", mtime_at(sys_days{2003y / 12 / 24} + 17h)).local ==
          "2003-12-24T00:00:00");
    CHECK(named("/films/1998-07 Italy/tape.dv") ==
          RecordedAt{"1998-07-01T00:00:00Z", "folder_name", true, "1998-07-01T00:00:00"});
}

TEST_CASE("the nearest folder's date counts when the file's name says nothing, and is an estimate") {
    CHECK(named("/2001-01-01/2003-12-24 Christmas/tape 1/MOV001.mod") ==
          RecordedAt{"2003-12-24T00:00:00Z", "folder_name", true, "2003-12-24T00:00:00"});
    CHECK(named("/2003-12-24 Christmas/2004-01-02 visit.avi").source == "file_name");
    CHECK(named("/2003-12-24 18.30.00 Christmas/a.avi").estimated);
}

TEST_CASE("without any of them the file's modification time is an estimate") {
    CHECK(named("/clips/a.mp4") == kByMtime);
    CHECK(named("a.mp4") == kByMtime);
}

TEST_CASE("a file beside a clip comes before its name, and behind its container") {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "VID_20190714_183012.mp4.json") << R"({"photoTakenTime":{"timestamp":"1563129012"}})";
    const auto path = (folder / "VID_20190714_183012.mp4").string();
    CHECK(named(path, "Europe/Berlin") == RecordedAt{"2019-07-14T18:30:12Z", "side_file", false});
    CHECK(said("2018-01-01T00:00:00Z", path.c_str()).source == "container");
}

TEST_CASE("what an AVI's camera wrote comes before the container's time, and only an AVI is read for it") {
    const test::TemporaryFolder folder;
    const auto path = (folder / "MVI_0001.AVI").string();
    std::ofstream(path, std::ios::binary) << test::avi(test::chunk("IDIT", "2003/12/ 3 10:26:34"));
    auto facts = test::facts_of();
    facts.creation_time = "2021-01-01T00:00:00Z";
    CHECK(dated(path, facts).source == "container");
    facts.container = "avi";
    CHECK(dated(path, facts, "Europe/Berlin") ==
          RecordedAt{"2003-12-03T09:26:34Z", "stream", false, "2003-12-03T10:26:34"});
}

TEST_CASE("a tape's date is in its packs, whatever holds them") {
    const test::TemporaryFolder folder;
    const auto path = (folder / "tape.mov").string();
    auto facts = test::facts_of();
    facts.creation_time = "2021-01-01T00:00:00Z";
    facts.codec = "dvvideo";
    CHECK(dated(path, facts).source == "container");  // there is no such file
    std::ofstream(path, std::ios::binary) << "no packs";
    CHECK(dated(path, facts).source == "container");
}

TEST_CASE("sources are believed in their order") {
    CHECK(is_better_source("user", "quicktime"));
    CHECK(is_better_source("folder_name", "mtime"));
    CHECK_FALSE(is_better_source("mtime", "folder_name"));
    CHECK_FALSE(is_better_source("container", "container"));
}

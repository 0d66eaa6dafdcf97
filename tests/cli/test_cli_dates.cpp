#include <doctest/doctest.h>

#include <libdadcam/process/process.hpp>
#include <tests/cli/old_library.hpp>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

const Environment kInBerlin{{"TZ", "Europe/Berlin"}}, kInTokyo{{"TZ", "Asia/Tokyo"}};

/// A clip with these tags in its container.
void make_tagged(const fs::path& path, const std::string& color, const std::vector<std::string>& metadata) {
    fs::create_directories(path.parent_path());
    std::vector<std::string> arguments{
        "-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=c=" + color + ":s=64x48:r=25:d=0.4", "-c:v", "mpeg4"};
    arguments.insert(arguments.end(), metadata.begin(), metadata.end());
    arguments.push_back(path.string());
    const process::Stop stop;
    const auto done = process::capture({quick_tool("ffmpeg"), arguments}, process::Stream::err, 1 << 16,
                                       std::chrono::minutes(1), stop);
    REQUIRE_MESSAGE(done.finished.exit.success(), done.output);
}

/// One afternoon: an iPhone, a GoPro and a camcorder whose clock is 1 h 7 min slow; and the evening in New York.
struct Afternoon : Sandbox {
    Afternoon() {
        const auto iphone = [&](const char* name, const char* color, const std::string& date) {
            make_tagged(
                library / "Phone" / name, color,
                {"-movflags", "use_metadata_tags", "-metadata", "com.apple.quicktime.make=Apple", "-metadata",
                 "com.apple.quicktime.model=iPhone 6", "-metadata", "com.apple.quicktime.creationdate=" + date});
        };
        iphone("IMG_0001.MOV", "red", "2019-07-14T18:00:00+0200");
        iphone("IMG_0002.MOV", "orange", "2019-07-14T23:30:12-0400");
        make_tagged(library / "Go/DCIM/100GOPRO/GX010001.MP4", "green",
                    {"-metadata", "creation_time=2019-07-14T18:10:00Z", "-metadata:s:v", "handler_name=GoPro AVC"});
        make_clip(library / "Cam/DCIM/100CANON/MVI_20190714_165800.mp4", "blue");
        make_clip(library / "Cam/DCIM/100CANON/MVI_20190714_170800.mp4", "navy");
        must({"init"}, kInBerlin);
        must({"ingest", "."});
    }

    Names order(const std::vector<std::string>& filters = {}) const {
        std::vector<std::string> words{"clips"};
        words.insert(words.end(), filters.begin(), filters.end());
        Names names;
        for (const auto& clip : json(words)) names.push_back(fs::path(clip["path"].get<std::string>()).filename());
        return names;
    }
};

}  // namespace

TEST_SUITE("dates") {
    TEST_CASE("three cameras of one afternoon come into the true order when the slow clock is put right") {
        const Afternoon day;
        CHECK(day.order({"--from", "2019-07-14", "--to", "2019-07-14"}) ==
              Names{"MVI_20190714_165800.mp4", "MVI_20190714_170800.mp4", "IMG_0001.MOV", "GX010001.MP4",
                    "IMG_0002.MOV"});
        CHECK(day.json({"clips", "--cameras"}).size() == 3);
        const std::vector<std::string> shift{"clip-time", "--camera", "CANON", "--shift", "+1h7m"};
        auto dry = shift;
        dry.emplace_back("--dry-run");
        const auto said = day.json(dry);
        REQUIRE(said.size() == 2);
        CHECK(said[0]["before"]["recordedLocal"] == "2019-07-14T16:58:00");
        CHECK(said[0]["after"]["recordedLocal"] == "2019-07-14T18:05:00");
        CHECK(day.order().front() == "MVI_20190714_165800.mp4");
        CHECK(day.must(shift) == "Dated 2 clips\n");
        CHECK(day.order() == Names{"IMG_0001.MOV", "MVI_20190714_165800.mp4", "GX010001.MP4", "MVI_20190714_170800.mp4",
                                   "IMG_0002.MOV"});
        CHECK(day.order({"--from", "2019-07-14 18:05", "--to", "2019-07-14 18:10"}) ==
              Names{"MVI_20190714_165800.mp4", "GX010001.MP4"});
        CHECK(day.order({"--to", "2019-07-14T16:00:00Z"}) == Names{"IMG_0001.MOV"});
        day.must({"clip-time", "--camera", "CANON", "--reset"});
        CHECK(day.order().front() == "MVI_20190714_165800.mp4");
        CHECK(day.count("time_corrections") == 0);
    }

    TEST_CASE("the film is the same whatever zone the machine is in, and another one when the library's changes") {
        const Afternoon day;
        day.must({"recipe-create", "Film", "--mode", "all", "--date-overlay", "--date-format", "%H:%M", "--resolution",
                  "320x180", "--fps", "25"});
        const auto film = [&](const Environment& environment, const char* name, std::vector<std::string> words) {
            const auto place = day / name;
            words.insert(words.end(), {"--no-cache", "-o", place.string()});
            day.must(words, environment);
            return read_file(place);
        };
        const auto first = film({}, "utc.mp4", {"export", "Film"});
        CHECK(film(kInTokyo, "tokyo.mp4", {"export", "Film"}) == first);
        day.must({"config", "zone", "Asia/Tokyo"});
        CHECK(film(kInBerlin, "rerun.mp4", {"export-rerun", "1"}) == first);
        CHECK(day.order().front() == "MVI_20190714_165800.mp4");
        CHECK(day.json({"clips"})[0]["recordedAt"] == "2019-07-14T07:58:00Z");
    }

    TEST_CASE("a library of before gets the machine's zone at the first command that writes, told once") {
        const OldLibrary old;
        CHECK(old.json({"config"})["zone"].is_null());
        const auto first = old.dadcam({"tag", "add", "nice", "1"}, kInBerlin);
        CHECK(contains(first.err, "time zone is now Europe/Berlin"));
        CHECK(old.json({"config"})["zone"] == "Europe/Berlin");
        CHECK(old.dadcam({"tag", "add", "nicer", "1"}, kInTokyo).err.empty());
        CHECK(old.json({"recipe-show", "Short"})["from"] == "1999-08-01T00:00:00");
        CHECK(old.json({"recipe-show", "Short"})["clipIds"] == Json({1, 2, 3, 4, 5, 7}));
        const auto clips = old.json({"clips"});
        CHECK(clips[0]["recordedLocal"] == "1999-08-01T00:00:00");
        CHECK(clips[0]["recordedAt"] == "1999-07-31T22:00:00Z");
    }

    TEST_CASE("a removed clip stays out until it is named, and its correction is still known") {
        const Afternoon day;
        const auto names = day.order();
        const auto id = day.json({"clips"})[2]["id"].dump();
        const auto file = day.json({"clips"})[2]["path"].get<std::string>();
        day.must({"clip-time", id, "--at", "2004-12-24 18:00"});
        check_refused(day, {"clip-remove", id}, 2, "has to be confirmed", "--yes");
        check_refused(day, {"clip-remove", "--yes", "99"}, 1, "There is no clip 99.", "dadcam clips");
        day.must({"clip-remove", "--yes", id});
        CHECK(fs::exists(file));
        CHECK(day.order().size() == 4);
        CHECK(day.json({"ingest", "."})["removed"] == Json({file}));
        fs::rename(file, file + ".mov");
        CHECK(day.json({"ingest", "."})["removed"] == Json({file + ".mov"}));
        CHECK(day.order().size() == 4);
        fs::rename(file + ".mov", file);
        CHECK(day.json({"ingest", file})["added"].size() == 1);
        CHECK(day.json({"clips"})[0]["recordedLocal"] == "2004-12-24T18:00:00+02:00");
        day.must({"clip-remove", "--yes", day.json({"clips"})[0]["id"].dump()});
        CHECK(day.json({"ingest", "--all", "."})["added"].size() == 1);
        CHECK(day.order().size() == names.size());
    }

    TEST_CASE("clips whose file is gone are listed, and found again in their new place") {
        const Afternoon day;
        CHECK(day.order({"--missing"}).empty());
        fs::rename(day.library / "Phone", day / "elsewhere");
        CHECK(day.order({"--missing"}) == Names{"IMG_0001.MOV", "IMG_0002.MOV"});
        CHECK(contains(day.must({"clip-show", day.json({"clips", "--missing"})[0]["id"].dump()}), "(not there)"));
        day.must({"ingest", (day / "elsewhere").string()});
        CHECK(day.order({"--missing"}).empty());
        CHECK(day.order({"--sort", "path"}).front() == "IMG_0001.MOV");  // outside: an absolute path
    }

    TEST_CASE("clip-show tells all dates of a clip and which was believed") {
        const Afternoon day;
        const auto id = day.json({"clips", "--camera", "Apple iPhone 6"})[0]["id"].dump();
        day.must({"clip-time", id, "--shift", "-1d"});
        const auto shown = day.json({"clip-show", id});
        CHECK(shown["recordedLocal"] == "2019-07-13T18:00:00+02:00");
        CHECK(shown["recordedAtSource"] == "user");
        CHECK(shown["found"]["recordedLocal"] == "2019-07-14T18:00:00+02:00");
        CHECK(shown["found"]["recordedAtSource"] == "quicktime");
        CHECK(shown["told"]["creationDate"] == "2019-07-14T18:00:00+0200");
        CHECK(shown["camera"] == "Apple iPhone 6");
        const auto text = day.must({"clip-show", id});
        for (const char* words : {"as you said", "Found:", "the camera's own date", "Apple iPhone 6"})
            CHECK(contains(text, words));
    }

    TEST_CASE("clip-show tells what each of the files beside a clip says, and the first was believed") {
        const Sandbox day;
        make_clip(day.library / "C0001.MP4", "red");
        write_file(day.library / "C0001.MP4.json", R"({"photoTakenTime":{"timestamp":"1563129012"}})");
        write_file(day.library / "C0001M01.XML", R"(<CreationDate value="2018-07-14T18:30:12+02:00"/>)");
        day.must({"init"}, kInBerlin);
        day.must({"ingest", "."});
        const auto shown = day.json({"clip-show", "1"});
        CHECK(shown["recordedLocal"] == "2019-07-14T20:30:12+02:00");
        REQUIRE(shown["beside"].size() == 2);
        CHECK(shown["beside"][0]["recordedLocal"] == shown["recordedLocal"]);
        CHECK(shown["beside"][1]["path"] == (day.library / "C0001M01.XML").string());
        CHECK(shown["beside"][1]["recordedLocal"] == "2018-07-14T18:30:12+02:00");
        CHECK(contains(day.must({"clip-show", "1"}), "C0001M01.XML: 2018-07-14T18:30:12+02:00"));
    }

    TEST_CASE("what cannot be meant is refused with its own sentence") {
        const SmallLibrary sandbox;
        const auto refused = [&](const std::vector<std::string>& words, int code, const std::string& says,
                                 const std::string& advises) { check_refused(sandbox, words, code, says, advises); };
        refused({"clip-time", "--at", "2004-12-24 18:00"}, 2, "Which clips?", "--event");
        refused({"clip-time", "1"}, 2, "What should be changed?", "--shift");
        refused({"clip-time", "1", "--at", "Christmas"}, 2, "\"Christmas\" is not a time.", "2004-12-24 18:00");
        refused({"clip-time", "1", "--shift", "soon"}, 2, "\"soon\" is not a length of time.", "+1h30m");
        refused({"clip-time", "1", "--shift", "+100y"}, 2, "1900 to 2100", "Nothing was changed");
        refused({"clip-time", "1", "--zone", "Mars/Olympus"}, 2, "There is no time zone \"Mars/Olympus\".", "IANA");
        refused({"clip-time", "1", "--shift", "+1h", "--reset"}, 2, "cannot be combined", "");
        refused({"clip-time", "1", "--event", "Italy", "--shift", "+1h"}, 2, "not both", "");
        refused({"clip-time", "99", "--shift", "+1h"}, 1, "There is no clip 99.", "dadcam clips");
        refused({"clip-time", "--event", "Moon", "--shift", "+1h"}, 1, "no such clips", "dadcam clips");
        refused({"config", "zone", "Mars/Olympus"}, 2, "There is no time zone \"Mars/Olympus\".", "Europe/Berlin");
        refused({"config", "zone", "--unset"}, 2, "A library has a time zone.", "config zone");
        refused({"recipe-create", "New", "--mode", "all", "--camera", "Leica"}, 1, "No clip has the camera",
                "--cameras");
        refused({"clip-show", "99"}, 1, "There is no clip 99.", "dadcam clips");
    }
}

}  // namespace dadcam::test

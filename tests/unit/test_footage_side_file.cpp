#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <libdadcam/footage/exif_date.hpp>
#include <libdadcam/footage/moi.hpp>
#include <libdadcam/footage/side_file.hpp>
#include <libdadcam/footage/takeout.hpp>
#include <string>
#include <tests/support/dates.hpp>
#include <tests/support/temporary_folder.hpp>
#include <tests/support/told.hpp>

using namespace dadcam::footage;
using namespace dadcam::test;

namespace {

const std::string kTakeout =
    R"({"title": "IMG_1.MP4", "photoTakenTime": {"timestamp": "1563129012", "formatted": "x"}})";
const std::string kXdcam = R"(<?xml version="1.0"?><M><CreationDate value="2019-07-14T18:30:12+02:00"/></M>)";

std::string entry(unsigned tag, unsigned kind, unsigned count, unsigned value) {
    return big_endian(tag, 2) + big_endian(kind, 2) + big_endian(count, 4) + big_endian(value, 4);
}

/// A TIFF whose first directory has a DateTime and leads to a second with a DateTimeOriginal and its offset.
std::string exif(const std::string& offset = "+02:00", bool original = true) {
    const std::string texts = std::string("2003:12:24 17:05:33\0", 20) + std::string("2004:01:01 00:00:00\0", 20);
    const unsigned second = 8 + 2 + 2 * 12 + 4, text = second + 2 + 2 * 12 + 4;
    return "MM" + big_endian(42, 2) + big_endian(8, 4) + big_endian(2, 2) + entry(0x0132, 2, 20, text + 20) +
           entry(original ? 0x8769 : 0x8770, 4, 1, second) + big_endian(0, 4) + big_endian(2, 2) +
           entry(0x9003, 2, 20, text) + entry(0x9011, 2, 7, text + 40) + big_endian(0, 4) + texts + offset + '\0';
}

std::string beside(const TemporaryFolder& folder, const std::string& clip) {
    const auto found = date_beside(folder / clip);
    return found ? found->file.filename().string() + ": " + text_of(found->told) : "";
}

}  // namespace

TEST_CASE("Takeout's JSON tells an instant") {
    CHECK(text_of(takeout_date(kTakeout)) == "2019-07-14 18:30:12Z");
    CHECK(text_of(takeout_date(R"({"photoTakenTime":{"x":{"timestamp":"1"},"timestamp":1563129012}})")) ==
          "2019-07-14 18:30:12Z");
}

TEST_CASE("another JSON, a broken or a deeply nested one tells nothing") {
    for (const std::string& json : {std::string(), std::string("{}"), std::string("[]"), std::string("1563129012"),
                                    kTakeout.substr(0, 70), std::string(R"({"photoTakenTime":{"timestamp":"0"}})"),
                                    std::string(R"({"photoTakenTime":{"timestamp":"x"}})"),
                                    std::string(R"({"photoTakenTime":{"timestamp":["1563129012"]}})"),
                                    std::string(R"({"photoTakenTime":[{"timestamp":"1563129012"}]})"),
                                    std::string(R"({"creationTime":{"timestamp":"1563129012"}})"),
                                    std::string(R"({"x":{"photoTakenTime":{"timestamp":"1563129012"}}})"),
                                    std::string(R"({"photoTakenTime":{"timestamp":18446744073709551615}})"),
                                    std::string(R"({"photoTakenTime":{"timestamp":9223372036854775807}})"),
                                    R"({"x":)" + std::string(40, '[') + std::string(40, ']') + "," + kTakeout.substr(1),
                                    std::string(1'000'000, '[')}) {
        CAPTURE(json.substr(0, 100));
        CHECK_FALSE(takeout_date(json));
    }
}

TEST_CASE("Takeout's names are cut at 46 characters, and a copy's number comes last") {
    const auto has = [](const std::string& clip, const std::string& name) {
        const auto names = takeout_names(clip);
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    CHECK(has("IMG_1.MP4", "IMG_1.MP4.json"));
    CHECK(has("IMG_1.MP4", "IMG_1.MP4.supplemental-metadata.json"));
    CHECK(has("IMG_1.MP4", "IMG_1.json"));
    CHECK(has("Screenrecording_2017-07-05-10-05-2.mp4", "Screenrecording_2017-07-05-10-05-2.mp4.supplem.json"));
    CHECK(has("IMG_1(2).MP4", "IMG_1.MP4(2).json"));
    CHECK(has("IMG_1(2).MP4", "IMG_1.MP4.supplemental-metadata(2).json"));
    CHECK(has("IMG_1(2).MP4", "IMG_1(2).MP4.json"));
    const std::string umlauts = std::string("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", 10);
    CHECK(has(umlauts + std::string(50, 'x') + ".mp4", umlauts + std::string(41, 'x') + ".json"));
}

TEST_CASE("the XML beside a Sony recording tells the wall and the offset") {
    CHECK(text_of(xdcam_date(kXdcam)) == "2019-07-14 18:30:12 +120");
    CHECK(text_of(xdcam_date("<CreationDate value='2019-07-14T18:30:12'/>")) == "2019-07-14 18:30:12");
    for (const char* xml :
         {"", "<CreationDate", "<CreationDate/>", "<CreationDate value=>", "<CreationDate value=\"",
          "<CreationDate/><x value=\"2019-07-14T18:30:12\"/>", "<CreationDate value=\"yesterday\"/>"}) {
        CAPTURE(std::string(xml));
        CHECK_FALSE(xdcam_date(xml));
    }
}

TEST_CASE("a MOI tells the camera's clock and whether the picture is wide") {
    const auto found = read_moi(moi(0x54));
    REQUIRE(found);
    CHECK(text_of(Told{{found->wall, {}}, false}) == "2009-06-30 11:22:52");
    CHECK(found->wide == true);
    CHECK(read_moi(moi(0x51))->wide == false);
    CHECK_FALSE(read_moi(moi(0x57))->wide);
    CHECK_FALSE(read_moi(moi(0x54).substr(0, 0x80))->wide);
}

TEST_CASE("a MOI whose clock was not set still tells the shape; what is none tells nothing") {
    auto not_set = moi(0x54);
    not_set.replace(6, 8, 8, '\xff');
    REQUIRE(read_moi(not_set));
    CHECK_FALSE(read_moi(not_set)->wall);
    CHECK(read_moi(not_set)->wide == true);
    CHECK_FALSE(read_moi(""));
    CHECK_FALSE(read_moi("V6"));
    CHECK_FALSE(read_moi("V7" + moi(0x54).substr(2)));
}

TEST_CASE("a camera's small picture tells when it was taken") {
    CHECK(text_of(exif_date(jpeg(exif()))) == "2003-12-24 17:05:33 +120");
    CHECK(text_of(exif_date(jpeg(exif("   :  ")))) == "2003-12-24 17:05:33");
    CHECK(text_of(exif_date(jpeg(exif("", false)))) == "2004-01-01 00:00:00");
    for (std::size_t length = 0; length < exif().size() - 46; ++length) {
        CAPTURE(length);
        CHECK_FALSE(exif_date(jpeg(exif().substr(0, length))));
    }
    CHECK_FALSE(exif_date(""));
    CHECK_FALSE(exif_date("\xff\xd8\xff\xe1"));
}

TEST_CASE("of the files beside a clip the first in the order counts, and it is named") {
    const TemporaryFolder folder;
    CHECK(beside(folder, "C0001.MP4").empty());
    write_file(folder / "C0001.thm", jpeg(exif()));
    CHECK(beside(folder, "C0001.MP4") == "C0001.thm: 2003-12-24 17:05:33 +120");
    write_file(folder / "C0001.Moi", moi(0x54));
    CHECK(beside(folder, "C0001.MP4") == "C0001.Moi: 2009-06-30 11:22:52");
    write_file(folder / "C0001M01.XML", kXdcam);
    CHECK(beside(folder, "C0001.MP4") == "C0001M01.XML: 2019-07-14 18:30:12 +120");
    write_file(folder / "C0001.MP4.supplemental-me.json", kTakeout);
    CHECK(beside(folder, "C0001.MP4") == "C0001.MP4.supplemental-me.json: 2019-07-14 18:30:12Z");
    REQUIRE(dates_beside(folder / "C0001.MP4").size() == 4);
    CHECK(dates_beside(folder / "C0001.MP4").front() == date_beside(folder / "C0001.MP4"));
    CHECK(dates_beside(folder / "C0001.MP4").back().file.filename() == "C0001.thm");
    write_file(folder / "C0001.MP4.supplemental-me.json", "{}");
    CHECK(beside(folder, "C0001.MP4") == "C0001M01.XML: 2019-07-14 18:30:12 +120");
    CHECK(beside(folder, "C0002.MP4").empty());
}

TEST_CASE("what is no ordinary file beside a clip, or too large a one, says nothing") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder / "a.mp4.json");
    REQUIRE(::mkfifo((folder / "a.json").c_str(), 0600) == 0);
    write_file(folder / "aM01.XML", std::string(2 << 20, ' ') + kXdcam);
    std::filesystem::create_symlink("a.THM", folder / "a.THM");
    CHECK(beside(folder, "a.mp4").empty());
}

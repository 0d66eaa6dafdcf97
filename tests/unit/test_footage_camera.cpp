#include <doctest/doctest.h>

#include <libdadcam/footage/camera.hpp>

using namespace dadcam::footage;

TEST_CASE("a camera is named by what its file says, the make once") {
    CHECK(name_of({"Apple", "iPhone 6", "", ""}) == "Apple iPhone 6");
    CHECK(name_of({"Canon", "Canon EOS 70D", "", ""}) == "Canon EOS 70D");
    CHECK(name_of({"Sony", "SONY ILCE-7M3", "0123456", ""}) == "SONY ILCE-7M3 #0123456");
    CHECK(name_of({"GoPro", "", "", ""}) == "GoPro");
    CHECK(name_of({"", "XA10", "", ""}) == "XA10");
    CHECK(name_of({"", "", "C334", ""}) == "#C334");
    CHECK(name_of({}).empty());
}

TEST_CASE("a GoPro of before 2022 writes what its clock shows as UTC") {
    for (const char* firmware : {"", "HD4.02.05.00.00", "HD9.01.01.72.00", "H19.03.01.30.00", "H21.01.01.42.00"}) {
        CAPTURE(std::string(firmware));
        CHECK(writes_wall_as_utc({"GoPro", "", "", firmware}));
        CHECK_FALSE(writes_wall_as_utc({"Apple", "", "", firmware}));
    }
    for (const char* firmware : {"H22.01.01.10.00", "H23.01.02.20.00", "H24.01.01.10.00"}) {
        CAPTURE(std::string(firmware));
        CHECK_FALSE(writes_wall_as_utc({"GoPro", "", "", firmware}));
    }
}

TEST_CASE("where a file says nothing, its card tells the camera") {
    CHECK(card_of("/media/card/DCIM/100CANON/MVI_0001.AVI") == "CANON");
    CHECK(card_of("/media/card/DCIM/101CANON/MVI_0001.AVI") == "CANON");
    CHECK(card_of("/films/2012 Camcorder/PRIVATE/AVCHD/BDMV/STREAM/00000.MTS") == "2012 Camcorder");
    CHECK(card_of("/films/2012 Camcorder/M4ROOT/CLIP/C0001.MP4") == "2012 Camcorder");
    CHECK(card_of("/films/100CANON/MVI_0001.AVI").empty());
    CHECK(card_of("/films/2012 Birthday/candles.mp4").empty());
    CHECK(card_of("a.mp4").empty());
}

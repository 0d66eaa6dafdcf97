#include <doctest/doctest.h>

#include <libdadcam/footage/date_in_name.hpp>
#include <string>
#include <string_view>
#include <tests/support/told.hpp>

using namespace dadcam::footage;

namespace {

struct Named {
    std::string_view name;
    std::string_view told;
};

std::string told_by(std::string_view name) {
    return dadcam::test::text_of(date_in_name(name));
}

template <std::size_t count>
void check_names(const Named (&rows)[count]) {
    for (const auto& [name, told] : rows) {
        CAPTURE(std::string(name));
        CHECK(told_by(name) == told);
    }
}

}  // namespace

TEST_CASE("a date and time in a name are read in the ways that cameras write them") {
    constexpr Named kRows[] = {
        {"VID_20190714_183012", "2019-07-14 18:30:12"},               // Android
        {"VID_20190714_183012123", "2019-07-14 18:30:12"},            // with milliseconds
        {"20190714_183012", "2019-07-14 18:30:12"},                   // Samsung
        {"20190714_183012(0)", "2019-07-14 18:30:12"},                // Samsung
        {"IMG_20190714_183012", "2019-07-14 18:30:12"},               //
        {"MVIMG_20190417_120221", "2019-04-17 12:02:21"},             // Google's moving pictures
        {"VID20190714183012", "2019-07-14 18:30:12"},                 // Oppo
        {"WP_20190714_18_30_12_Pro", "2019-07-14 18:30:12"},          // Windows Phone
        {"DJI_20230105123456_0001_D", "2023-01-05 12:34:56"},         // DJI
        {"VID_20190714_183012_00_001", "2019-07-14 18:30:12"},        // Insta360
        {"20140501_183012_123", "2014-05-01 18:30:12"},               // Google Glass
        {"2026_0820_045542_F", "2026-08-20 04:55:42"},                // Viofo
        {"20200820045542_000123F", "2020-08-20 04:55:42"},            // Viofo
        {"2019_0714_183012_001", "2019-07-14 18:30:12"},              // Novatek
        {"NO20190714-183012-000001F", "2019-07-14 18:30:12"},         // 70mai
        {"clip.03-12-24_17-05.33", "2003-12-24 17:05:33"},            // WinDV
        {"clip.98-12-24_17-05.33.00", "1998-12-24 17:05:33"},         // WinDV
        {"capture.2003-12-24_17-05-33", "2003-12-24 17:05:33"},       // WinDV
        {"00_0007_2009-08-15_183012", "2009-08-15 18:30:12"},         // Sony HVR-MRC1
        {"clip20190714183012", "2019-07-14 18:30:12"},                //
        {"0d20141212160318p+36305566778", "2014-12-12 16:03:18"},     // a recorder of calls
        {"20190714T183012Z", "2019-07-14 18:30:12Z"},                 //
        {"PXL_20230105_120000000", "2023-01-05 12:00:00Z"},           // Pixel: UTC
        {"PXL_20230105_120000000.TS", "2023-01-05 12:00:00Z"},        // in slow motion
        {"scan_2021-01-24T212230-0600", "2021-01-24 21:22:30 -360"},  //
        {"2003-12-24T17:05:33+01:00", "2003-12-24 17:05:33 +60"},     //
        {"2003-12-24T17:05:33.250+0100", "2003-12-24 17:05:33 +60"},  //
        {"2003-12-24T17:05:33Z", "2003-12-24 17:05:33Z"},             //
        {"2003-12-24T17:05:33.250Z tape", "2003-12-24 17:05:33Z"},    //
        {"2003-12-24 17-05-33-04:00", "2003-12-24 17:05:33 -240"},    //
    };
    check_names(kRows);
}

TEST_CASE("a date and time in a name are read in the ways that apps and computers write them") {
    constexpr Named kRows[] = {
        {"WhatsApp Video 2019-07-14 at 18.30.12", "2019-07-14 18:30:12"},
        {"WhatsApp Video 2019-07-14 at 6.30.12 PM", "2019-07-14 18:30:12"},
        {"WhatsApp_Video_2019-07-14_at_6.30.12_AM", "2019-07-14 06:30:12"},
        {"WhatsApp Video 2019-07-14 at 12.30.12 AM (1)", "2019-07-14 00:30:12"},
        {"WhatsApp Video 2019-07-14 um 18.30.12", "2019-07-14 18:30:12"},
        {"WhatsApp Video 2019-07-14 \xc3\xa0s 18.30.12", "2019-07-14 18:30:12"},
        {"Screen Recording 2019-07-14 at 6.30.12 PM", "2019-07-14 18:30:12"},
        {"Screen Recording 2019-07-14 at 6.30.12\xe2\x80\xafPM", "2019-07-14 18:30:12"},
        {"Bildschirmaufnahme 2019-07-14 um 18.30.12", "2019-07-14 18:30:12"},
        {"Enregistrement de l'e\xcc\x81"
         "cran 2019-07-14 a\xcc\x80 18.30.12",
         "2019-07-14 18:30:12"},
        {"Grabacio\xcc\x81n de pantalla 2019-07-14 a las 6.30.12 p. m.", "2019-07-14 18:30:12"},
        {"Sk\xc3\xa4rminspelning 2019-07-14 kl. 18.30.12", "2019-07-14 18:30:12"},
        {"Screen_Recording_20230105-123456_App", "2023-01-05 12:34:56"},
        {"Screenrecorder-2023-01-05-12-34-56-789", "2023-01-05 12:34:56"},
        {"Signal-2019-07-14-183012", "2019-07-14 18:30:12"},
        {"signal-2019-07-14-18-30-12-345", "2019-07-14 18:30:12"},
        {"video_2019-07-14_18-30-12", "2019-07-14 18:30:12"},                                // Telegram
        {"2019-07-14 18.30.12", "2019-07-14 18:30:12"},                                      // Dropbox
        {"2019-07-14 18.30.12-1", "2019-07-14 18:30:12"},                                    // Dropbox
        {"video-2019-07-14-18h30m12", "2019-07-14 18:30:12"},                                //
        {"2019-07-14 10.30.12 am Strand", "2019-07-14 10:30:12"},                            // no half of a day
        {"2019-07-14 12.30.12 am Strand", "2019-07-14 12:30:12"},                            //
        {"20190714_183012-0100", "2019-07-14 18:30:12"},                                     // a number
        {"mmexport1563129012345", "2019-07-14 18:30:12Z"},                                   // WeChat
        {"mmexport1563129012345(1)", "2019-07-14 18:30:12Z"},                                //
        {"mmexport4d931b739159e49b4998a52d0d951c32_1652692638797", "2022-05-16 09:17:18Z"},  //
        {"wx_camera_1563129012345", "2019-07-14 18:30:12Z"},                                 //
        {"2019-07-14 18.30.12 2020-01-01", "2019-07-14 18:30:12"},                           // the first
        {"2019-07-14_WhatsApp Video 2019-07-14 at 18.30.12", "2019-07-14 18:30:12"},         // with its time
        {"2019-07-14_WhatsApp Video 2019-07-15 at 18.30.12", "2019-07-14"},
    };
    check_names(kRows);
}

TEST_CASE("a date alone is a day, a month alone its first day") {
    constexpr Named kRows[] = {
        {"VID-20190714-WA0003", "2019-07-14"},  // WhatsApp
        {"20190714", "2019-07-14"},
        {"2019.07.14 beach", "2019-07-14"},
        {"2003-12-24 Christmas", "2003-12-24"},
        {"2017-06-06_09121212-ea95-4ba0-88b2-95b8e6d14ee7-main", "2017-06-06"},  // Snapchat
        {"IMG_20230101_A", "2023-01-01"},
        {"1998-07 Italy", "1998-07-01"},
        {"1998_07", "1998-07-01"},
        {"20190714_993012", "2019-07-14"},
        {"20190714_18", "2019-07-14"},
        {"20190714_1830", "2019-07-14"},
    };
    check_names(kRows);
}

TEST_CASE("people write the day first, and the time without seconds") {
    constexpr Named kRows[] = {
        {"Aufnahme 24.12.2003", "2003-12-24"},
        {"1.7.1998 Italien", "1998-07-01"},
        {"24. 12. 2003", "2003-12-24"},
        {"24-12-2003 17.05", "2003-12-24 17:05:00"},
        {"24.12.2003 17.05.33", "2003-12-24 17:05:33"},
        {"Heiligabend 24.12.98", "1998-12-24"},
        {"05.05.2004", "2004-05-05"},
        {"03.04.2003", "2003-04-03"},
        {"05-05-2004", "2004-05-05"},
        {"2003-12-24 17.05", "2003-12-24 17:05:00"},
        {"Screencast_12-30-2017_09:13:25 AM", "2017-12-30 09:13:25"},  // the 30th of December all the same
    };
    check_names(kRows);
}

TEST_CASE("what may be another date is none") {
    for (const char* name :
         {"Heiligabend 24.12.03", "03-04-2003", "03_04_2003", "12.24.2003", "12.10.08", "03-12-24"}) {
        CAPTURE(std::string(name));
        CHECK(told_by(name).empty());
    }
}

TEST_CASE("what is no date is not taken for one") {
    for (const char* name : {"IMG_20991332",
                             "IMG_19990231",
                             "201907141830",
                             "99201907141830120",
                             "1234567890123",
                             "1563129012345",
                             "1998070112345",
                             "00012019071400",
                             "SN20190714A",
                             "3fa20190714bc4d5",
                             "20190714-1830-4a12-8b3c-0123456789ab",
                             "a1b2c3d4-2019-0714-1830-201907141830",
                             "1920x1080",
                             "1920.10",
                             "1080p2020",
                             "+4917012345678",
                             "0171-2345678",
                             "GX012019",
                             "GH010042",
                             "MVI_2004",
                             "MVI_2019",
                             "VIDEO0001",
                             "received_1234567",
                             "Snapchat-123456789",
                             "20-20-20",
                             "19700101_000000",
                             "1904-01-01",
                             "1969-07-20",
                             "20190732",
                             "2003-02-29",
                             "1998-13 Italy",
                             "2019-0714",
                             "2019_0714",
                             "v1.2.3.2003.4",
                             "31.02.2003",
                             "00_0001_0000-00-00_000000",
                             "mmexport673f7593af33172f9497aefc2d94d6c5",
                             "mmexport15631290123",
                             "mmexport9999999999999",
                             ""}) {
        CAPTURE(std::string(name));
        CHECK(told_by(name).empty());
    }
}

TEST_CASE("any bytes are a name, and a very long one is read in time") {
    CHECK(told_by("\xff\xfe 2019-07-14 \xe4") == "2019-07-14");
    CHECK(told_by(std::string("\0\0 2019-07-14", 13)) == "2019-07-14");
    for (const char* part : {"1", "-", "20190714a", "2019-07-9", "1.", "a1b2c3d4-2019-0714-1830-20190714183", "T"}) {
        std::string name;
        while (name.size() < 1'000'000) name += part;
        CHECK(told_by(name).empty());
    }
}

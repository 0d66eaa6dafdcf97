#include <doctest/doctest.h>

#include <libdadcam/footage/names.hpp>

using namespace dadcam::footage;

namespace {

/// Of a file among others of its folder.
std::optional<Kind> file_kind(const std::string& path, const SmallNames& beside = {}) {
    return kind_of_file(path, beside);
}

}  // namespace

TEST_CASE("the proxies of all makers are known by their names") {
    for (const char* path : {"/card/GL010042.LRV", "/card/GOPR0042.lrv", "/card/DJI_20230105_120000_0001_D.LRF",
                             "/card/LRV_20230105_120000_11_001.insv", "/card/VIRB0001.GLV", "/card/YDXJ0001.SEC",
                             "/card/A001C001_240101AB_CANON_001_Proxy.MP4", "/edit/clip_proxy.mov"}) {
        CAPTURE(path);
        CHECK(file_kind(path) == Kind::proxy);
    }
    for (const char* path :
         {"/CONTENTS/PROXY", "/braw/Proxy", "/DCIM/100GOPRO/Proxies", "/M4ROOT/SUB", "/XDROOT/Sub"}) {
        CAPTURE(path);
        CHECK(kind_of_folder(path, {}) == Kind::proxy);
    }
    CHECK(kind_of_folder("/disc/Sub", {"clip", "sub", "edit"}) == Kind::proxy);
    CHECK_FALSE(kind_of_folder("/films/Sub", {"sub"}));
}

TEST_CASE("a proxy whose name could be any film's is one beside its recording") {
    CHECK(file_kind("/GL010042.MP4", {"gl010042.mp4", "gx010042.mp4"}) == Kind::proxy);
    CHECK(file_kind("/GL010042.MP4", {"gl010042.mp4", "gh010042.mp4"}) == Kind::proxy);
    CHECK_FALSE(file_kind("/GL010042.MP4", {"gl010042.mp4"}));
    CHECK(file_kind("/C0001S03.MP4", {"c0001s03.mp4", "c0001.mp4"}) == Kind::proxy);
    CHECK_FALSE(file_kind("/C0001S03.MP4", {"c0001s03.mp4"}));
    CHECK_FALSE(file_kind("/films02.mp4", {"film.mp4", "films02.mp4"}));
    CHECK(file_kind("/YDXJ0001_thm.mp4", {"ydxj0001.mp4"}) == Kind::proxy);
    CHECK_FALSE(file_kind("/YDXJ0001_thm.mp4"));
    CHECK_FALSE(file_kind("/_proxy.mp4"));
}

TEST_CASE("the menus of discs are known by their names, and what they lead to is footage") {
    CHECK(file_kind("/VIDEO_TS/VIDEO_TS.VOB") == Kind::menu);
    CHECK(file_kind("/video_ts/vts_12_0.vob") == Kind::menu);
    CHECK(file_kind("/SEGMENT/ITEM0001.DAT") == Kind::menu);
    CHECK_FALSE(file_kind("/VIDEO_TS/VTS_01_1.VOB"));
    CHECK_FALSE(file_kind("/films/item0001.mpg"));
    CHECK_FALSE(file_kind("/MPEGAV/AVSEQ01.DAT"));
}

TEST_CASE("the folders of NAS and systems are known by their names, in any case of letters") {
    for (const char* path : {"/@eaDir", "/#recycle", "/#snapshot", "/@Recycle", "/$Recycle.Bin", "/RECYCLER",
                             "/System Volume Information", "/lost+found", "/FOUND.000", "/.Trash-1000", "/.Trashes",
                             "/__MACOSX", "/Family Previews.lrdata", "/Adobe Premiere Pro Video Previews",
                             "/Photos.photoslibrary/database", "/a.fcpbundle/Italy/Transcoded Media"}) {
        CAPTURE(path);
        CHECK(kind_of_folder(path, {}) == Kind::system_folder);
    }
    for (const char* path :
         {"/Recycling 2019", "/Trash", "/found", "/eaDir", "/Photos.photoslibrary/originals", "/Photos.photoslibrary",
          "/iPhoto.photolibrary/Masters", "/films/Transcoded Media", "/a.fcpbundle/Italy/Original Media"}) {
        CAPTURE(path);
        CHECK_FALSE(kind_of_folder(path, {}));
    }
}

TEST_CASE("a film is a companion when the edited one is beside it") {
    CHECK(file_kind("/IMG_0002.MOV", {"img_0002.mov", "img_e0002.mov"}) == Kind::companion);
    CHECK(file_kind("/img_0002.mov", {"img_0002.mov", "img_e0002.mp4"}) == Kind::companion);
    CHECK_FALSE(file_kind("/IMG_E0002.MOV", {"img_0002.mov", "img_e0002.mov"}));
    CHECK_FALSE(file_kind("/IMG_0002.MOV", {"img_0002.mov", "img_e0003.mov"}));
    CHECK_FALSE(file_kind("/IMG_0002 2.MOV", {"img_e0002.mov"}));
    SUBCASE("an edited live photo is no film") {
        CHECK_FALSE(file_kind("/IMG_0002.MOV", {"img_0002.mov", "img_e0002.mov", "img_e0002.jpg"}));
    }
}

TEST_CASE("the photo that a film may be the moving part of has its name, as phones and their programs write it") {
    CHECK(is_beside_its_photo("/IMG_0001.MOV", {"img_0001.heic"}));
    CHECK(is_beside_its_photo("/20230105_120000.mp4", {"20230105_120000.jpg"}));
    CHECK(is_beside_its_photo("/PXL_20230105_120000000.MP.mp4", {"pxl_20230105_120000000.mp.jpg"}));
    CHECK(is_beside_its_photo("/PXL_20230105_120000000.MP", {"pxl_20230105_120000000.mp.jpg"}));
    CHECK(is_beside_its_photo("/IMG_0001_HEVC.MOV", {"img_0001.heic"}));
    CHECK(is_beside_its_photo("/IMG_0001.HEIC.MOV", {"img_0001.heic"}));
    CHECK(is_beside_its_photo("/originals/0/0A1B_3.mov", {"0a1b.heic"}));
    CHECK_FALSE(is_beside_its_photo("/IMG_0001.MOV", {"img_0002.heic"}));
    CHECK_FALSE(is_beside_its_photo("/film.mp4", {"film.mp4.jpg"}));
    CHECK_FALSE(is_beside_its_photo("/MVI_0001.AVI", {"mvi_0001.jpg"}));
}

TEST_CASE("the side files of all makers are no footage; what is called a video may be") {
    for (const char* path : {"/INDEX.BDM", "/00000.MPL", "/00000.CPI", "/GX010042.THM", "/A.CTG", "/a.INP", "/a.gpr",
                             "/DJI.MRK", "/a.sfk", "/a.mpo", "/C0001M01.XML", "/MOV001.MOI", "/leinfo.sav", "/a.PPN",
                             "/a.CPF", "/a.insp", "/a.HIF", "/a.opus"}) {
        CAPTURE(path);
        CHECK(is_not_footage(path));
        CHECK_FALSE(is_called_video(path));
    }
    for (const char* path : {"/a.MP4", "/a.MOD", "/a.tod", "/a.LRV", "/a.insv", "/a.360", "/a.braw"}) {
        CAPTURE(path);
        CHECK_FALSE(is_not_footage(path));
        CHECK(is_called_video(path));
    }
    CHECK_FALSE(is_not_footage("/MPEGAV/AVSEQ01.DAT"));
    CHECK_FALSE(is_called_video("/MPEGAV/AVSEQ01.DAT"));
}

TEST_CASE("names that are not UTF-8 are compared byte by byte") {
    CHECK(is_beside_its_photo("/\xc9t\xe9.MOV", {"\xc9t\xe9.jpg"}));
    CHECK_FALSE(is_beside_its_photo("/\xc9t\xe9.MOV", {"\xe9t\xe9.jpg"}));
}

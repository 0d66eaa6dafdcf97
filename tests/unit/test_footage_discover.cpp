#include <doctest/doctest.h>

#include <libdadcam/footage/discover.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::footage;
namespace fs = std::filesystem;

TEST_CASE("a folder is searched to its depth, and what is found is sorted") {
    const test::TemporaryFolder folder;
    const auto b = test::write_file(folder / "b.mp4", "x");
    const auto a = test::write_file(folder / "a/deep/down/MOV001.MOD", "x");
    const auto c = test::write_file(folder / "c.unheard", "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{a, b, c});
    CHECK(found.ignored.empty());
    CHECK(found.refused.empty());
}

TEST_CASE("photos, sidecars and documents are ignored by their names, in any case of letters") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "00000.MTS", "x");
    for (const char* name : {"IMG_1.JPG", "clip.thm", "00000.CPI", "notes.txt", "music.Mp3", "film.srt"})
        test::write_file(folder / name, "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{clip});
    CHECK(found.ignored.size() == 6);
}

TEST_CASE("hidden files and folders are passed over") {
    const test::TemporaryFolder folder;
    test::write_file(folder / ".hidden.mp4", "x");
    test::write_file(folder / ".dadcam/exports/run_1.mp4", "x");
    test::write_file(folder / "films/.Trash/old.mp4", "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates.empty());
    CHECK(found.ignored.empty());
    CHECK(found.refused.empty());
}

TEST_CASE("proxies, menus and edited originals are passed over; with all, they are candidates") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "100GOPRO/GX010042.MP4", "x");
    const auto edited = test::write_file(folder / "IMG_E0002.MOV", "x");
    const auto proxy = test::write_file(folder / "100GOPRO/GL010042.LRV", "x");
    const auto original = test::write_file(folder / "IMG_0002.MOV", "x");
    const auto menu = test::write_file(folder / "VIDEO_TS/VTS_01_0.VOB", "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{clip, edited});
    CHECK(found.passed_over ==
          std::vector<PassedOver>{{proxy, Kind::proxy}, {original, Kind::companion}, {menu, Kind::menu}});
    const auto all = discover({folder.path()}, Take::all);
    CHECK(all.candidates == std::vector<fs::path>{proxy, clip, original, edited, menu});
    CHECK(all.passed_over.empty());
}

TEST_CASE("what is in a folder of proxies is a proxy, at any depth") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "M4ROOT/CLIP/C0001.MP4", "x");
    const auto proxy = test::write_file(folder / "M4ROOT/SUB/C0001S03.MP4", "x");
    const auto deep = test::write_file(folder / "Proxies/day 1/a.mov", "x");
    test::write_file(folder / "Proxies/day 1/a.xml", "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{clip});
    CHECK(found.passed_over == std::vector<PassedOver>{{proxy, Kind::proxy}, {deep, Kind::proxy}});
    CHECK(found.ignored.size() == 1);
}

TEST_CASE("a system folder is passed over as one, without a search; an empty one is not worth a word") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "a.mp4", "x");
    const auto deleted = test::write_file(folder / "$RECYCLE.BIN/S-1-5-21/$R12AB.mp4", "x");
    test::write_file(folder / "@eaDir/a.mp4/SYNOPHOTO_FILM_M.mp4", "x");
    test::write_file(folder / ".Trash-1000/files/b.mp4", "x");
    fs::create_directory(folder / "lost+found");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{clip});
    CHECK(found.passed_over == std::vector<PassedOver>{{folder / "$RECYCLE.BIN", Kind::system_folder},
                                                       {folder / ".Trash-1000", Kind::system_folder},
                                                       {folder / "@eaDir", Kind::system_folder}});
    CHECK(discover({folder.path()}, Take::all).candidates.size() == 4);
    SUBCASE("one that is named is searched") {
        CHECK(discover({folder / "$RECYCLE.BIN"}).candidates == std::vector<fs::path>{deleted});
    }
}

TEST_CASE("what a photo library was given is footage, what it made of it is not") {
    const test::TemporaryFolder folder;
    const auto original = test::write_file(folder / "Photos.photoslibrary/originals/0/a.mov", "x");
    test::write_file(folder / "Photos.photoslibrary/resources/derivatives/a.mov", "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{original});
    CHECK(found.passed_over ==
          std::vector<PassedOver>{{folder / "Photos.photoslibrary/resources", Kind::system_folder}});
}

TEST_CASE("dadcam's own segments are no footage, but what lies beside them in a store is") {
    const test::TemporaryFolder folder;
    const std::string segments = "0f8e7c2a-1b2c-4d3e-8f90-a1b2c3d4e5f6";
    const auto clip = test::write_file(folder / "disk/Italy/a.mov", "x");
    test::write_file(folder / "disk" / segments / "ab/ab01.mov", "x");
    CHECK(discover({folder.path()}).candidates.size() == 2);  // any folder may be called so
    test::write_file(folder / "disk" / kStoreMark, "");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{clip});
    CHECK(found.passed_over == std::vector<PassedOver>{{folder / "disk" / segments, Kind::system_folder}});
}

TEST_CASE("beside a photo of its name, up to 6 s are the photo's moving part, and more is a film beside its poster") {
    const test::TemporaryFolder folder;
    const auto moving = test::write_file(folder / "IMG_0001.MOV", test::movie_of(6'000));
    const auto film = test::write_file(folder / "IMG_0002.MOV", test::movie_of(6'001));
    const auto untold = test::write_file(folder / "IMG_0003.MOV", "x");
    const auto alone = test::write_file(folder / "IMG_0004.MOV", test::movie_of(3'000));
    for (const char* name : {"IMG_0001.heic", "IMG_0002.jpg", "IMG_0003.JPEG"}) test::write_file(folder / name, "x");
    const auto found = discover({folder.path()});
    CHECK(found.candidates == std::vector<fs::path>{film, untold, alone});
    CHECK(found.passed_over == std::vector<PassedOver>{{moving, Kind::companion}});
    CHECK(found.beside_photos == std::set<fs::path>{untold});
    CHECK(discover({moving}).candidates == std::vector<fs::path>{moving});
    CHECK(discover({folder.path()}, Take::all).beside_photos.empty());
}

TEST_CASE("what is passed over in its folder, but is named, is a candidate") {
    const test::TemporaryFolder folder;
    const auto proxy = test::write_file(folder / "a.LRV", "x");
    const auto found = discover({folder.path(), proxy});
    CHECK(found.candidates == std::vector<fs::path>{proxy});
    CHECK(found.named == std::set<fs::path>{proxy});
    CHECK(found.passed_over.empty());
}

TEST_CASE("a file that is named is a candidate, whatever its name") {
    const test::TemporaryFolder folder;
    const auto hidden = test::write_file(folder / ".hidden.mp4", "x");
    const auto text = test::write_file(folder / "clip.txt", "x");
    CHECK(discover({hidden, text}).candidates == std::vector<fs::path>{hidden, text});
}

TEST_CASE("a hidden folder that is named is searched") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / ".cards/a.mp4", "x");
    CHECK(discover({folder / ".cards"}).candidates == std::vector<fs::path>{clip});
}

TEST_CASE("a linked file is the file it leads to, once") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "real/a.mp4", "x");
    fs::create_symlink(clip, folder / "link.mp4");
    CHECK(discover({folder.path(), clip, folder / "link.mp4"}).candidates == std::vector<fs::path>{clip});
}

TEST_CASE("a linked folder is passed over, also with all, so that a circle ends") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "films/a.mp4", "x");
    fs::create_directory_symlink(folder.path(), folder / "films/back");
    for (const auto take : {Take::footage, Take::all}) {
        const auto found = discover({folder / "films"}, take);
        CHECK(found.candidates == std::vector<fs::path>{clip});
        CHECK(found.passed_over == std::vector<PassedOver>{{folder / "films/back", Kind::link}});
        CHECK(found.refused.empty());
    }
}

TEST_CASE("a linked folder that is named is searched") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "films/a.mp4", "x");
    fs::create_directory_symlink(folder / "films", folder / "link");
    CHECK(discover({folder / "link"}).candidates == std::vector<fs::path>{clip});
}

TEST_CASE("a link to nothing and a place that is not there are refused with a reason, and the rest goes on") {
    const test::TemporaryFolder folder;
    const auto clip = test::write_file(folder / "films/a.mp4", "x");
    fs::create_symlink("nowhere", folder / "films/link.mp4");
    const auto found = discover({folder / "films", folder / "missing"});
    CHECK(found.candidates == std::vector<fs::path>{clip});
    REQUIRE(found.refused.size() == 2);
    CHECK(found.refused[0].path == folder / "films/link.mp4");
    CHECK(found.refused[1].path == folder / "missing");
    CHECK_FALSE(found.refused[1].reason.empty());
}

TEST_CASE("an event is the name of the folder that a clip came from") {
    CHECK(event_of("/films/Italy 1998/tape.dv") == "Italy 1998");
    CHECK(event_of("/films/2003/Christmas/a.mp4") == "Christmas");
}

TEST_CASE("the folders that cameras make say nothing") {
    CHECK(event_of("/films/Italy/DCIM/100GOPRO/GX010042.MP4") == "Italy");
    CHECK(event_of("/films/Italy/dcim/101MSDCF/a.mp4") == "Italy");
    CHECK(event_of("/films/Italy/DCIM/100_PANA/a.mp4") == "Italy");
    CHECK(event_of("/films/Italy/DCIM/202307__/IMG_1.MOV") == "Italy");
    CHECK(event_of("/films/Italy/PRIVATE/AVCHD/BDMV/STREAM/00000.MTS") == "Italy");
    CHECK(event_of("/films/Wedding/VIDEO_TS/VTS_01_1.VOB") == "Wedding");
    CHECK(event_of("/films/Concert/PRIVATE/M4ROOT/CLIP/C0001.MP4") == "Concert");
}

TEST_CASE("a folder with a date or a year in its name is an event, not a camera's") {
    CHECK(event_of("/films/20190714/a.mp4") == "20190714");
    CHECK(event_of("/films/2019Trip/a.mp4") == "2019Trip");
    CHECK(event_of("/films/2019_07/a.mp4") == "2019_07");
    CHECK(event_of("/films/1998/a.mp4") == "1998");
}

TEST_CASE("where cameras made all folders, the nearest has to do") {
    CHECK(event_of("/DCIM/100GOPRO/a.mp4") == "100GOPRO");
    CHECK(event_of("/a.mp4") == "");
}

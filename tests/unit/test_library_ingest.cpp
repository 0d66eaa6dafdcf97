#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <libdadcam/library/clip_store.hpp>
#include <libdadcam/library/ingest.hpp>
#include <libdadcam/process/process.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/home.hpp>
#include <tests/support/libraries.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/scripts.hpp>
#include <thread>

using namespace dadcam;
using namespace dadcam::library;
using test::Home;
namespace fs = std::filesystem;

namespace {

/// Makes sure that a look at the folder sees the change.
void touch(const fs::path& file) {
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(10));
}

}  // namespace

TEST_CASE("clips are taken in with what ffprobe says of them") {
    Home home;
    home.clip("Italy/VID_20190714_183012.mp4", "red");
    std::vector<std::pair<std::size_t, std::size_t>> progress;
    const auto report =
        ingest(home.library, {{home.library.root()}, false, home.ffprobe, test::quick_tool("ffmpeg"), 2}, home.stop,
               [&](std::size_t done, std::size_t total) { progress.emplace_back(done, total); });
    CHECK(report.added == std::vector<std::string>{"Italy/VID_20190714_183012.mp4"});
    CHECK(report.refused.empty());
    CHECK(progress == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 1}});
    const auto clips = test::all_clips(home.library);
    REQUIRE(clips.size() == 1);
    CHECK(clips[0].facts.width == 64);
    CHECK(clips[0].facts.height == 48);
    CHECK(clips[0].facts.codec == "mpeg4");
    CHECK(clips[0].facts.rate == Rational{25, 1});
    CHECK(clips[0].facts.duration_us == 400'000);
    CHECK_FALSE(clips[0].facts.sound);
    CHECK(clips[0].recorded == footage::RecordedAt{"2019-07-14T18:30:12Z", "file_name", false, "2019-07-14T18:30:12"});
    CHECK(clips[0].event == "Italy");
    CHECK(clips[0].content_id == footage::content_identity(home.place(clips[0].path)));
}

TEST_CASE("a second ingest adds nothing and asks ffprobe nothing") {
    Home home;
    home.clip("a.mp4", "red");
    home.clip("b.mp4", "blue");
    CHECK(home.take_in().added.size() == 2);
    CHECK(home.probes() == 2);
    const auto report = home.take_in();
    CHECK(report.added.empty());
    CHECK(report.known == 2);
    CHECK(home.probes() == 2);
    CHECK(test::all_clips(home.library).size() == 2);
}

TEST_CASE("a file that was only touched is known") {
    Home home;
    const auto file = home.clip("a.mp4", "red");
    home.take_in();
    touch(file);
    const auto report = home.take_in();
    CHECK(report.known == 1);
    CHECK(report.added.empty());
    CHECK(report.updated.empty());
    CHECK(home.take_in().known == 1);
    CHECK(home.probes() == 2);
}

TEST_CASE("a file that moved is found again, with its tags") {
    Home home;
    const auto file = home.clip("inbox/a.mp4", "red");
    home.take_in();
    const auto id = home.id_at("inbox/a.mp4");
    add_tag(home.library, "favorite", {id});
    fs::create_directories(home.place("Italy"));
    fs::rename(file, home.place("Italy/beach.mp4"));
    const auto report = home.take_in();
    CHECK(report.moved == std::vector<std::string>{"Italy/beach.mp4"});
    CHECK(report.added.empty());
    REQUIRE(test::all_clips(home.library).size() == 1);
    const auto clip = test::all_clips(home.library)[0];
    CHECK(clip.id == id);
    CHECK(clip.path == "Italy/beach.mp4");
    CHECK(clip.event == "Italy");
    CHECK(clip.tags == std::vector<std::string>{"favorite"});
}

TEST_CASE("a copy of a clip is a duplicate, not another clip") {
    Home home;
    const auto file = home.clip("a.mp4", "red");
    home.take_in();
    fs::copy_file(file, home.place("b.mp4"));
    const auto report = home.take_in();
    CHECK(report.added.empty());
    REQUIRE(report.duplicates.size() == 1);
    CHECK(report.duplicates[0].path == home.place("b.mp4"));
    CHECK(report.duplicates[0].known_as == "a.mp4");
    CHECK(test::all_clips(home.library).size() == 1);
}

TEST_CASE("a file with other content in the same place is the same clip, updated") {
    Home home;
    home.clip("a.mp4", "red");
    home.take_in();
    const auto id = home.id_at("a.mp4");
    fs::remove(home.place("a.mp4"));
    home.clip("a.mp4", "blue");
    touch(home.place("a.mp4"));
    const auto report = home.take_in();
    CHECK(report.updated == std::vector<std::string>{"a.mp4"});
    CHECK(report.added.empty());
    CHECK(home.id_at("a.mp4") == id);
    CHECK(find_clip(home.library, id)->content_id == footage::content_identity(home.place("a.mp4")));
}

TEST_CASE("a clip that was moved over another one is found in its place") {
    Home home;
    home.clip("a.mp4", "red");
    home.clip("b.mp4", "blue");
    home.take_in();
    const auto a = home.id_at("a.mp4"), b = home.id_at("b.mp4");
    fs::rename(home.place("b.mp4"), home.place("a.mp4"));
    touch(home.place("a.mp4"));
    CHECK(home.take_in().moved == std::vector<std::string>{"a.mp4"});
    CHECK(home.id_at("a.mp4") == b);
    CHECK(home.id_at("b.mp4") == a);  // it is missing there
    CHECK(home.take_in().known == 1);
}

TEST_CASE("two clips that changed places are found in them") {
    Home home;
    home.clip("a.mp4", "red");
    home.clip("b.mp4", "blue");
    home.take_in();
    const auto a = home.id_at("a.mp4"), b = home.id_at("b.mp4");
    fs::rename(home.place("a.mp4"), home.place("c.mp4"));
    fs::rename(home.place("b.mp4"), home.place("a.mp4"));
    fs::rename(home.place("c.mp4"), home.place("b.mp4"));
    touch(home.place("a.mp4"));
    touch(home.place("b.mp4"));
    const auto report = home.take_in();
    CHECK(report.duplicates.empty());
    CHECK(home.id_at("a.mp4") == b);
    CHECK(home.id_at("b.mp4") == a);
    CHECK(home.take_in().known == 2);
}

TEST_CASE("a clip that moved keeps its tags when another file has its old name") {
    Home home;
    home.clip("MOV001.mp4", "red");
    home.take_in();
    const auto id = home.id_at("MOV001.mp4");
    fs::rename(home.place("MOV001.mp4"), home.place("z first.mp4"));
    home.clip("MOV001.mp4", "blue");
    touch(home.place("MOV001.mp4"));
    const auto report = home.take_in();
    CHECK(report.moved == std::vector<std::string>{"z first.mp4"});
    CHECK(report.added == std::vector<std::string>{"MOV001.mp4"});
    CHECK(home.id_at("z first.mp4") == id);
}

TEST_CASE("what is no clip is refused with its reason, and the rest goes on") {
    Home home;
    home.clip("good.mp4", "red");
    test::write_file(home.place("empty.mp4"), "");
    test::write_file(home.place("letter.mp4"), "Dear all, this is no film.\n");
    test::write_file(home.place("photo.jpg"), "x");
    const auto report = home.take_in();
    CHECK(report.added == std::vector<std::string>{"good.mp4"});
    CHECK(report.ignored == std::vector<fs::path>{home.place("photo.jpg")});
    REQUIRE(report.refused.size() == 2);
    CHECK(report.refused[0].path == home.place("empty.mp4"));
    CHECK(report.refused[0].reason == "it is empty");
    CHECK(report.refused[1].path == home.place("letter.mp4"));
    CHECK(test::contains(report.refused[1].reason, "not a video"));
}

TEST_CASE("what is called no video and is none by its content is no footage; what may be one is refused") {
    Home home;
    home.clip("good.mp4", "red");
    const auto junk = test::write_file(home.place("CARD.STATUS"), "junk");
    const auto empty = test::write_file(home.place("empty"), "");
    const auto broken = test::write_file(home.place("recovered.chk"), test::movie_of(2'000));
    const auto report = home.take_in();
    CHECK(report.added == std::vector<std::string>{"good.mp4"});
    CHECK(report.ignored == std::vector<fs::path>{junk, empty});
    REQUIRE(report.refused.size() == 1);
    CHECK(report.refused[0].path == broken);
    SUBCASE("what is named is refused with its reason") {
        CHECK(home.take_in({junk}).refused.size() == 1);
    }
    SUBCASE("a clip that is broken now is refused with its reason") {
        const auto clip = home.place("tape");
        fs::rename(home.place("good.mp4"), clip);
        home.take_in();
        test::write_file(clip, "junk");
        touch(clip);
        const auto again = home.take_in();
        REQUIRE(again.refused.size() == 2);
        CHECK(again.refused[1].path == clip);
    }
}

TEST_CASE("a photo's moving part whose header tells no length is passed over when it is measured") {
    Home home;
    const auto clip = home.clip("IMG_0001.mp4", "red");
    const std::vector<std::string> words{"-v",        "error",
                                         "-i",        clip.string(),
                                         "-c",        "copy",
                                         "-movflags", "frag_keyframe+empty_moov",
                                         "-y",        home.place("fragments.mp4").string()};
    process::capture({test::quick_tool("ffmpeg"), words}, process::Stream::err, 1 << 16, std::chrono::seconds(60),
                     home.stop);
    fs::rename(home.place("fragments.mp4"), clip);
    test::write_file(home.place("IMG_0001.HEIC"), "x");
    const auto report = home.take_in();
    CHECK(report.added.empty());
    CHECK(report.passed_over == std::vector<footage::PassedOver>{{clip, footage::Kind::companion}});
    CHECK(home.probes() > 0);
    CHECK(home.take_in({}, false, footage::Take::all).added.size() == 1);
}

TEST_CASE("a photo's moving part is passed over without a question to ffprobe") {
    Home home;
    const auto clip = home.clip("IMG_0001.mp4", "red");
    test::write_file(home.place("IMG_0001.HEIC"), "x");
    CHECK(home.take_in().passed_over == std::vector<footage::PassedOver>{{clip, footage::Kind::companion}});
    CHECK(home.probes() == 0);
}

TEST_CASE("a clip of the library stays one, whatever is found beside it later") {
    Home home;
    home.clip("IMG_0002.mov", "red");
    home.clip("#recycle/old.mp4", "blue");
    home.take_in({}, false, footage::Take::all);
    home.clip("IMG_E0002.mov", "green");
    const auto id = home.id_at("IMG_0002.mov");
    const auto report = home.take_in();
    CHECK(report.known == 2);
    CHECK(report.added == std::vector<std::string>{"IMG_E0002.mov"});
    CHECK(report.passed_over ==
          std::vector<footage::PassedOver>{{home.place("#recycle"), footage::Kind::system_folder}});
    SUBCASE("also when both are moved") {
        fs::create_directory(home.place("Italy"));
        for (const char* name : {"IMG_0002.mov", "IMG_E0002.mov"})
            fs::rename(home.place(name), home.place("Italy") / name);
        CHECK(home.take_in().moved == std::vector<std::string>{"Italy/IMG_0002.mov", "Italy/IMG_E0002.mov"});
        CHECK(home.id_at("Italy/IMG_0002.mov") == id);
    }
    SUBCASE("and a copy of it that counts as a companion is no other one") {
        fs::create_directory(home.place("copies"));
        for (const char* name : {"IMG_0002.mov", "IMG_E0002.mov"})
            fs::copy_file(home.place(name), home.place("copies") / name);
        CHECK(home.take_in().passed_over.size() == 2);
    }
}

TEST_CASE("a playlist that poses as a clip does not make ffmpeg open other files") {
    Home home;
    const auto secret = home.clip("secret.mp4", "red");
    test::write_file(home.place("list/list.mp4"), "ffconcat version 1.0\nfile '" + secret.string() + "'\n");
    test::write_file(home.place("list/list2.mp4"),
                     "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + secret.string() + "\n#EXT-X-ENDLIST\n");
    CHECK(home.take_in({home.place("list")}).refused.size() == 2);
}

TEST_CASE("clips outside the library stay where they are") {
    Home home;
    const auto file = test::make_clip(home.folder / "disk/a.mp4", "red");
    CHECK(home.take_in({home.folder / "disk"}).added == std::vector<std::string>{file.string()});
    CHECK(home.take_in({home.folder / "disk"}).known == 1);
    CHECK(home.probes() == 1);
}

TEST_CASE("with --copy, clips come into the library once, and the originals stay") {
    Home home;
    const auto file = test::make_clip(home.folder / "card/20190714_183012.mp4", "red");
    const auto before = footage::file_state(file);
    CHECK(home.take_in({home.folder / "card"}, true).added ==
          std::vector<std::string>{"originals/2019/07/20190714_183012.mp4"});
    CHECK(footage::file_state(file) == before);
    const auto again = home.take_in({home.folder / "card"}, true);
    CHECK(again.added.empty());
    CHECK(again.duplicates.size() == 1);
    CHECK(home.take_in().known == 1);
    CHECK(test::all_clips(home.library).size() == 1);
}

TEST_CASE("a stop ends it, and what was taken in by then stays") {
    Home home;
    home.clip("a.mp4", "red");
    home.clip("b.mp4", "blue");
    const auto error = test::error_of([&] {
        ingest(home.library, {{home.library.root()}, false, home.ffprobe, test::quick_tool("ffmpeg"), 1}, home.stop,
               [&](std::size_t done, std::size_t) {
                   if (done == 1) home.stop.request();
               });
    });
    CHECK(error.category() == Category::cancelled);
    CHECK(test::contains(error.message(), "of 2 files"));
    CHECK(home.id_at("a.mp4") != 0);
}

TEST_CASE("an error ends it at once, whatever is being looked into") {
    Home home;
    home.clip("a.mp4", "red");
    home.clip("b.mp4", "blue");
    const auto begun = (home.folder / "begun").string();
    const auto slow = test::write_script(home.folder / "slow", "case \"$*\" in *b.mp4*) : >'" + begun +
                                                                   "'; exec sleep 1000 ;; esac\nexec " +
                                                                   test::quick_tool("ffprobe") + " \"$@\"");
    const auto start = std::chrono::steady_clock::now();
    const auto error = test::error_of([&] {
        ingest(home.library, {{home.library.root()}, false, slow, test::quick_tool("ffmpeg"), 2}, home.stop,
               [&](std::size_t done, std::size_t) {
                   if (done == 0) return;
                   while (!fs::exists(begun)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
                   throw Error(Category::disk_full, "Full.");
               });
    });
    CHECK(error.category() == Category::disk_full);
    // ffprobe by itself would be given two minutes.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::minutes(1));
    CHECK_FALSE(home.stop.requested());
}

TEST_CASE("more clips than fit into one transaction are all taken in") {
    Home home;
    const auto first = test::read_file(home.clip("clips/000.mp4", "red"));
    for (int i = 1; i < 70; ++i)  // bytes behind the end of an MP4 do not matter to ffmpeg
        test::write_file(home.place("clips/" + std::to_string(i) + ".mp4"), first + std::to_string(i));
    const auto stub = test::write_script(home.folder / "stub", "cat '" + (home.folder / "answer").string() + "'");
    test::write_file(home.folder / "answer",
                     R"({"streams":[{"index":0,"codec_type":"video","codec_name":"mpeg4","width":64,"height":48,)"
                     R"("time_base":"1/25","duration":"1","avg_frame_rate":"25/1","nb_frames":"25"}],)"
                     R"("format":{"format_name":"mov,mp4"}})");
    home.ffprobe = stub;
    CHECK(home.take_in().added.size() == 70);
    CHECK(test::all_clips(home.library).size() == 70);
}

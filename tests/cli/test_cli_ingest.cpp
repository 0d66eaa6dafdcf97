#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

Tree originals(const Sandbox& sandbox) {
    auto tree = tree_of(sandbox.library);
    std::erase_if(tree, [](const auto& entry) { return entry.first.starts_with(".dadcam"); });
    return tree;
}

/// Makes ffprobe impossible to start: what still works has probed nothing.
const Environment kNoProbing{{"DADCAM_FFPROBE_PATH", "/bin/false"}};

}  // namespace

TEST_SUITE("ingest") {
    TEST_CASE("the sample library is taken in whole; the second time nothing is probed and all is known") {
        const Sandbox sandbox;
        sandbox.take_all_clips();
        const auto before = originals(sandbox);
        sandbox.must({"init"});
        CHECK(sandbox.json({"ingest", "."})["added"].size() == 20);
        const auto clips = sandbox.json({"clips"});

        const auto again = Json::parse(sandbox.must({"ingest", ".", "--json"}, kNoProbing));
        CHECK(again["known"] == 20);
        for (const char* list : {"added", "updated", "moved", "duplicates", "refused"}) CHECK(again[list].empty());
        CHECK(sandbox.must({"ingest", "."}, kNoProbing) == "0 added, 20 already known\n");
        CHECK(sandbox.json({"clips"}) == clips);
        CHECK(differences(before, originals(sandbox)).empty());
    }

    TEST_CASE("what ffprobe and the names tell is what the clips have") {
        const Sandbox sandbox;
        sandbox.take_clips({"DCIM/100GOPRO/GOPR0042.MP4", "2003-12-24 Christmas/tree.dv", "Phones/Anna/IMG_0101.MOV",
                            "2012 Birthday/no sound.mp4"});
        sandbox.must({"init"});
        sandbox.must({"ingest", "."});
        const auto clips = sandbox.json({"clips"});
        const auto clip = [&](const std::string& name) {
            for (const auto& each : clips) {
                if (each["path"] == (sandbox.library / name).string()) return each;
            }
            FAIL("no such clip: " << name);
            return Json();
        };
        const auto gopro = clip("DCIM/100GOPRO/GOPR0042.MP4");
        CHECK(gopro["fps"] == "60");
        CHECK(gopro["recordedAt"] == "2014-02-15T13:20:00Z");
        CHECK(gopro["recordedAtSource"] == "container");
        const auto tape = clip("2003-12-24 Christmas/tree.dv");
        CHECK(tape["recordedAt"].get<std::string>().starts_with("2003-12-24"));
        CHECK(tape["recordedAtSource"] == "folder_name");
        CHECK(tape["event"] == "2003-12-24 Christmas");
        CHECK(tape["fieldOrder"] == "bb");
        const auto phone = clip("Phones/Anna/IMG_0101.MOV");
        CHECK(phone["rotation"].get<int>() % 180 != 0);
        const auto mute = clip("2012 Birthday/no sound.mp4");
        CHECK(mute["hasAudio"] == false);
        CHECK(mute["recordedAtEstimated"] == true);
    }

    TEST_CASE("--copy puts verified copies under originals/YYYY/MM and leaves the source alone") {
        const Sandbox sandbox;
        const auto source = sandbox / "card";
        fs::create_directories(source / "a");
        fs::create_directories(source / "b");
        fs::copy_file(sample_library() / kFewClips[2], source / "a/VID_20190714_183012.mp4");
        fs::copy_file(sample_library() / kFewClips[1], source / "b/VID_20190714_183012.mp4");
        const auto before = tree_of(source);
        sandbox.must({"init"});
        CHECK(sandbox.json({"ingest", source.string(), "--copy"})["added"].size() == 2);

        CHECK(differences(before, tree_of(source)).empty());
        const auto folder = sandbox.library / "originals/2019/07";
        CHECK(std::distance(fs::directory_iterator(folder), {}) == 2);
        const std::set<std::string> copies{read_file(folder / "VID_20190714_183012.mp4"),
                                           read_file(folder / "VID_20190714_183012_2.mp4")};
        CHECK((copies == std::set<std::string>{read_file(sample_library() / kFewClips[2]),
                                               read_file(sample_library() / kFewClips[1])}));

        fs::remove_all(source);  // the card is full again: nothing needs it any more
        sandbox.must({"recipe-create", "Film", "--mode", "all", "--resolution", "64x36"});
        sandbox.export_film();
    }

    TEST_CASE("a second --copy of the same card adds nothing") {
        const Sandbox sandbox;
        const auto source = sandbox / "card";
        fs::create_directories(source);
        fs::copy_file(sample_library() / kFewClips[2], source / "VID_20190714_183012.mp4");
        sandbox.must({"init"});
        sandbox.must({"ingest", source.string(), "--copy"});
        const auto before = originals(sandbox);
        CHECK(sandbox.json({"ingest", source.string(), "--copy"})["added"].empty());
        CHECK(differences(before, originals(sandbox)).empty());
        CHECK(sandbox.count("clips") == 1);
    }

    TEST_CASE("a file that moved is found again, and keeps its tags") {
        const SmallLibrary sandbox;
        sandbox.must({"tag", "add", "favorite", "1"});
        const auto before = sandbox.json({"clips", "--tag", "favorite"})[0];
        const fs::path old_place = before["path"].get<std::string>();
        const auto new_place = sandbox.library / "sorted" / old_place.filename();
        fs::create_directories(new_place.parent_path());
        fs::rename(old_place, new_place);
        CHECK(sandbox.json({"ingest", "."})["moved"].size() == 1);
        const auto after = sandbox.json({"clips", "--tag", "favorite"});
        REQUIRE(after.size() == 1);
        CHECK(after[0]["id"] == before["id"]);
        CHECK(after[0]["path"] == new_place.string());
    }

    TEST_CASE("what is no clip is named with its reason, and the others are taken in") {
        const Sandbox sandbox;
        sandbox.take_clips(kFewClips);
        write_file(sandbox.library / "empty.mp4", "");
        write_file(sandbox.library / "letter.mov", "Dear Grandma");
        write_file(sandbox.library / "notes.txt", "no video by its name");
        sandbox.must({"init"});
        const auto ran = sandbox.dadcam({"ingest", "."});
        CHECK(ran.ended() == "exit code 3");
        CHECK(ran.out.starts_with("3 added"));
        CHECK(contains(ran.err, "empty.mp4: it is empty"));
        CHECK(contains(ran.err, "letter.mov: "));
        CHECK(contains(ran.err, "notes.txt"));
        CHECK(sandbox.count("clips") == 3);
    }

    TEST_CASE("what is passed over is counted in one line, named by --verbose, and taken by --all or its name") {
        const Sandbox sandbox;
        sandbox.take_clips(kFewClips);
        const auto& folder = sandbox.library;
        fs::create_directories(folder / "card/@eaDir");
        fs::create_directory_symlink(folder / "card", folder / "link");
        fs::rename(folder / kFewClips[0], folder / "card/GX010042.LRV");
        fs::rename(folder / kFewClips[1], folder / "card/IMG_0002.MOV");
        fs::rename(folder / kFewClips[2], folder / "card/IMG_E0002.MOV");
        write_file(folder / "card/@eaDir/thumbnail", "x");
        write_file(folder / "card/CARD.STATUS", "junk");
        sandbox.must({"init"});
        const auto ran = sandbox.dadcam({"ingest", "."});
        CHECK(ran.ended() == "exit code 0");
        CHECK(ran.out == "1 added, 1 not footage; skipped: 1 companion, 1 proxy, 1 system folder, 1 link\n");
        CHECK(contains(ran.err, "--verbose lists what was skipped, --all adds it\n"));

        const auto verbose = sandbox.dadcam({"ingest", ".", "--verbose"});
        CHECK(contains(verbose.err, "proxy: " + (folder / "card/GX010042.LRV").string() + '\n'));
        CHECK(contains(verbose.err, "companion: " + (folder / "card/IMG_0002.MOV").string() + '\n'));
        CHECK(contains(verbose.err, "system folder: " + (folder / "card/@eaDir").string() + '\n'));
        CHECK(contains(verbose.err, "link: " + (folder / "link").string() + '\n'));
        const auto passed_over = sandbox.json({"ingest", "."})["passedOver"];
        REQUIRE(passed_over.size() == 4);
        CHECK(passed_over[0] == Json({{"path", (folder / "card/@eaDir").string()}, {"kind", "system_folder"}}));

        CHECK(sandbox.json({"ingest", "card/GX010042.LRV"})["added"].size() == 1);
        const auto all = sandbox.json({"ingest", ".", "--all"});
        CHECK(all["added"] == Json({"card/IMG_0002.MOV"}));
        CHECK(all["known"] == 2);
        CHECK(sandbox.must({"ingest", "."}) ==
              "0 added, 3 already known, 1 not footage; skipped: 1 system folder, 1 link\n");
    }

    TEST_CASE("a place that is not there is named, and the others are taken in") {
        const Sandbox sandbox;
        sandbox.take_clips({kFewClips[0]});
        sandbox.must({"init"});
        const auto ran = sandbox.dadcam({"ingest", "nowhere", "."});
        CHECK(ran.ended() == "exit code 3");
        CHECK(ran.out == "1 added, 1 left out\n");
        CHECK(contains(ran.err, "nowhere: "));
    }

    TEST_CASE("tags are put on and taken off, all or none") {
        const SmallLibrary sandbox;
        CHECK(sandbox.must({"tag", "add", "at the sea", "1", "2"}) == "Tagged 2 clips\n");
        CHECK(sandbox.must({"tag", "add", "at the sea", "2", "3"}) == "Tagged 1 clip\n");
        CHECK(sandbox.json({"clips", "--tag", "at the sea"}).size() == 3);
        CHECK(sandbox.json({"clips", "--tags"})[0]["name"] == "at the sea");
        CHECK(sandbox.must({"tag", "remove", "at the sea", "1"}) == "Untagged 1 clip\n");
        CHECK(sandbox.json({"clips", "--tag", "at the sea"}).size() == 2);
        const auto before = tree_of(sandbox.library);
        const auto unknown = sandbox.dadcam({"tag", "add", "at the sea", "1", "99"});
        CHECK(unknown.ended() == "exit code 1");
        CHECK(contains(unknown.err, "99"));
        CHECK(differences(before, tree_of(sandbox.library)).empty());
    }

    TEST_CASE("init twice changes nothing") {
        const SmallLibrary sandbox;
        const auto before = tree_of(sandbox.library);
        const auto again = sandbox.dadcam({"init"});
        CHECK(again.ended() == "exit code 1");
        CHECK(contains(again.err, "is already a library."));
        CHECK(differences(before, tree_of(sandbox.library)).empty());
    }
}

}  // namespace dadcam::test

#include <doctest/doctest.h>

#include <libdadcam/library/work_lock.hpp>
#include <tests/cli/elsewhere.hpp>
#include <tests/cli/refusal.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// It says in a sentence that the store is away, and nothing has changed.
void check_away(const Elsewhere& sandbox, const std::vector<std::string>& arguments) {
    CAPTURE(arguments.front());
    check_refused(sandbox, {arguments, sandbox.library, sandbox.mine}, 12,
                  "The store " + sandbox.disk.string() + " is not there: is its disk mounted?", "Mount it, or stop");
    CHECK(fs::is_empty(sandbox.disk));
}

}  // namespace

TEST_SUITE("store_elsewhere") {
    TEST_CASE("segments are put into the store, and the film is the same byte for byte") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        check_whole(sandbox.last({"export", "Film"}));
        CHECK(files_in(sandbox.segments, ".mov") == 3);
        CHECK(files_in(sandbox.library / ".dadcam/segments", "") == 0);
        const auto again = sandbox.last({"export-rerun", "1"});
        check_whole(again);
        CHECK(again["segmentsReused"] == 3);
        for (const auto& segment : sandbox.show({"export-details", "1", "--segments"})["segments"])
            CHECK(fs::exists(segment["finalOutputPath"].get<std::string>()));
    }

    TEST_CASE("the size of the store, its limit and what is removed are those of the store elsewhere") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        sandbox.last({"export", "Film"});
        const auto use = sandbox.show({"cache"});
        CHECK(use["folder"] == sandbox.segments.string());
        CHECK(use["segments"] == 3);
        CHECK(contains(sandbox.must({"cache"}, sandbox.mine), sandbox.segments.string()));
        write_file(sandbox.segments / "aa" / (std::string(64, 'a') + ".mov"), "no row names it");
        CHECK(sandbox.show({"cache", "--max-size", "1"})["removedSegments"] == 4);
        CHECK(files_in(sandbox.segments, ".mov") == 0);
        check_whole(sandbox.last({"export", "Film", "--no-cache"}));
        CHECK(files_in(sandbox.segments, ".mov") == 0);
    }

    TEST_CASE("what is in the library's own folder already is used, whatever the library is called") {
        const Elsewhere sandbox("it's a #1 library? 100%");
        const auto failed = sandbox.dadcam({"export", "Film", "--jobs", "1"},
                                           stub_ffmpeg(sandbox, "case \"$*\" in *VID_2019*) exit 1 ;; esac"));
        REQUIRE(failed.ended() == "exit code 13");
        sandbox.put_it_there();
        const auto plan = sandbox.show({"export", "Film", "--dry-run"});
        CHECK(plan["segmentsReused"] == 2);
        const auto resumed = sandbox.last({"resume"});
        check_whole(resumed);
        CHECK(resumed["segmentsReused"] == 2);
        CHECK(files_in(sandbox.segments, ".mov") == 1);
        CHECK(sandbox.show({"cache"})["segments"] == 3);
        CHECK(sandbox.show({"cache", "--prune"})["removedSegments"] == 3);
        CHECK(files_in(sandbox.disk, ".mov") == 0);
        CHECK(files_in(sandbox.library / ".dadcam/segments", ".mov") == 0);
    }

    TEST_CASE("a damaged segment in the library's own folder is rendered again, into the store, before it is heard") {
        for (const char* preset : {"share", "archive"}) {
            const Elsewhere sandbox;
            sandbox.must({"recipe-create", "Other", "--mode", "all", "--preset", preset, "--resolution", "160x90"});
            const auto film = json_lines(sandbox.must({"export", "Other", "--json"})).back();
            std::string broken;
            for (const auto& entry : fs::recursive_directory_iterator(sandbox.library / ".dadcam/segments"))
                if (entry.is_regular_file()) broken = entry.path();
            write_file(broken, std::string(fs::file_size(broken), 'x'));
            sandbox.put_it_there();
            fs::remove(film["outputPath"].get<std::string>());
            const auto again = sandbox.last({"export", "Other"});
            CHECK(again["segmentsReused"] == 2);
            CHECK(files_in(sandbox.segments, ".mov") == 1);
            const Elsewhere sound;
            sound.must({"recipe-create", "Other", "--mode", "all", "--preset", preset, "--resolution", "160x90"});
            const auto expected = json_lines(sound.must({"export", "Other", "--json"})).back();
            CHECK((read_file(again["outputPath"].get<std::string>()) ==
                   read_file(expected["outputPath"].get<std::string>())));
        }
    }

    TEST_CASE("a store that is not there is a sentence, and not an empty one") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        sandbox.last({"export", "Film"});
        sandbox.pull_out();
        for (const auto& command : {std::vector<std::string>{"export", "Film"},
                                    {"export", "Film", "--dry-run"},
                                    {"export", "Film", "--no-cache"},
                                    {"export-rerun", "1"},
                                    {"resume"},
                                    {"cache"},
                                    {"cache", "--prune"},
                                    {"cache", "--max-size", "1"}})
            check_away(sandbox, command);
        for (const auto& command : {std::vector<std::string>{"clips"},
                                    {"export-history"},
                                    {"export-details", "1", "--segments"},
                                    {"recipe-list"},
                                    {"ingest", "."},
                                    {"export-rerun", "1", "--queue"},
                                    {"config"},
                                    {"config", "--global"}})
            sandbox.must(command, sandbox.mine);
        CHECK(sandbox.count("segments") == 3);
        CHECK(fs::is_empty(sandbox.disk));
        sandbox.put_back();
        CHECK(sandbox.last({"export", "--run", "2"})["segmentsReused"] == 3);

        fs::remove_all(sandbox.disk);  // not even a mount point
        CHECK(contains(sandbox.dadcam({"cache"}, sandbox.mine).err, "is not there: is its disk mounted?"));
        CHECK_FALSE(fs::exists(sandbox.disk));
    }

    TEST_CASE("another disk in the store's place is not taken for it") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        sandbox.last({"export", "Film"});
        sandbox.pull_out();
        sandbox.put_it_there();
        CHECK(sandbox.last({"export", "Film"})["segmentsReused"] == 0);
        fs::remove_all(sandbox.disk);
        fs::rename(sandbox.pulled, sandbox.disk);
        const auto refused = sandbox.dadcam({"export", "Film"}, sandbox.mine);
        CHECK(refused.ended() == "exit code 12");
        CHECK(contains(refused.err, "a different store from yours"));
        sandbox.put_it_there();
        CHECK(sandbox.last({"export-rerun", "1"})["segmentsReused"] == 3);
    }

    TEST_CASE("without the store, segments are the library's own again") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        sandbox.last({"export", "Film"});
        sandbox.pull_out();
        const auto ran = sandbox.dadcam({"config", "--global", "store", "--unset"}, sandbox.mine);
        CHECK(ran.ended() == "exit code 0");
        CHECK(contains(ran.out, "store = (not set)"));
        CHECK(contains(ran.err, "Those in " + sandbox.disk.string() + " stay there but are no longer used"));
        fs::remove_all(sandbox.library / ".dadcam/exports");
        const auto again = sandbox.last({"export", "Film"});
        check_whole(again);
        CHECK(again["segmentsReused"] == 0);
        CHECK(files_in(sandbox.library / ".dadcam/segments", ".mov") == 3);
        CHECK_FALSE(sandbox.show({"config", "--global"})["store"].is_string());
    }

    TEST_CASE("what cannot be a store is refused") {
        const Elsewhere sandbox;
        const auto refused = [&](const std::string& folder) {
            const auto ran = sandbox.dadcam({"config", "--global", "store", folder}, sandbox.mine);
            CHECK_FALSE(sandbox.show({"config", "--global"})["store"].is_string());
            return ran.ended() + ": " + ran.err;
        };
        CHECK(contains(refused("nowhere"), "exit code 2: dadcam: nowhere: there is no such folder."));
        CHECK(contains(refused(write_file(sandbox / "file", "x")), "is not a folder"));
        for (const char* below : {".dadcam", ".dadcam/segments/ab"}) {
            fs::create_directories(sandbox.library / below);
            CHECK(contains(refused((sandbox.library / below).string()), "is inside a library's own files"));
        }
        fs::create_symlink(sandbox.library / ".dadcam", sandbox / "shortcut");
        CHECK(contains(refused((sandbox / "shortcut").string()), "is inside a library's own files"));
        fs::create_symlink(sandbox / "gone", sandbox / "dangling");
        CHECK(contains(refused((sandbox / "dangling").string()), "exit code 2"));
        CHECK(contains(refused("/proc"), "exit code 12: dadcam: /proc"));
        CHECK(sandbox.dadcam({"config", "store", "x"}, sandbox.mine).ended() == "exit code 2");
        CHECK(sandbox.dadcam({"config", "--global", "store", "x", "--unset"}, sandbox.mine).ended() == "exit code 2");
    }

    TEST_CASE("a store that is named by a relative path or by a link is the folder that was meant") {
        const Elsewhere sandbox;
        fs::create_symlink(sandbox.disk, sandbox / "link");
        for (const char* name : {"../disk", "../link"}) {
            sandbox.must({"config", "--global", "store", name}, sandbox.mine);
            CHECK(sandbox.show({"config", "--global"})["store"] == sandbox.disk.string());
        }
        const auto ran = run({{"--library", sandbox.library, "cache", "--json"}, sandbox / "mine", sandbox.mine});
        CHECK(Json::parse(ran.out)["folder"] == sandbox.segments.string());
    }

    TEST_CASE("two copies of a library share a store, one after the other") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        fs::copy(sandbox.library, sandbox / "copy", fs::copy_options::recursive);
        auto library = library::Library::open(sandbox.library);
        library.keep_segments_in(library::make_store_place(sandbox.disk));
        const auto in_copy = [&](const std::vector<std::string>& arguments) {
            return run({arguments, sandbox / "copy", sandbox.mine});
        };
        {
            const auto held = library::WorkLock::acquire(library, library::Work::rendering);
            REQUIRE(held);
            for (const auto& command : {std::vector<std::string>{"export", "Film"}, {"cache", "--prune"}}) {
                const auto ran = in_copy(command);
                CHECK(ran.ended() == "exit code 16");
                CHECK(contains(ran.err, "a copy of this library, which has its segments in "));
            }
            CHECK(files_in(sandbox.disk, ".mov") == 0);
        }
        check_whole(json_lines(in_copy({"export", "Film", "--json"}).out).back());
        check_whole(sandbox.last({"export", "Film"}));
        CHECK(files_in(sandbox.disk, ".mov") == 3);
        CHECK(files_in(sandbox.disk, ".tmp") == 0);
    }

    TEST_CASE("nothing is written through a link in the store") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        const auto precious = sandbox / "precious";
        fs::create_directory(precious);
        const auto refused = [&] {
            const auto ran = sandbox.dadcam({"export", "Film"}, sandbox.mine);
            CHECK(ran.ended() == "exit code 12");
            CHECK(contains(ran.err, "it is a link to somewhere else"));
            CHECK(fs::is_empty(precious));
        };
        fs::create_directory_symlink(precious, sandbox.segments);
        refused();
        fs::remove(sandbox.segments);
        fs::create_directory(sandbox.segments);
        for (int i = 0; i < 256; ++i) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            const std::string name{kDigits[static_cast<std::size_t>(i / 16)],
                                   kDigits[static_cast<std::size_t>(i % 16)]};
            fs::create_directory_symlink(precious, sandbox.segments / name);
        }
        refused();
    }

    TEST_CASE("segments in the store are no clips, though they lie below what is taken in") {
        const Elsewhere sandbox;
        const auto inside = sandbox.library / "store";
        fs::create_directory(inside);
        sandbox.must({"config", "--global", "store", inside.string()}, sandbox.mine);
        sandbox.last({"export", "Film"});
        CHECK(files_in(inside, ".mov") == 3);
        CHECK(contains(sandbox.must({"ingest", "."}, sandbox.mine), "0 added, 3 already known"));
        CHECK(sandbox
                  .dadcam({"export", "Film", "-o", (inside / sandbox.segments.filename() / "a.mp4").string()},
                          sandbox.mine)
                  .ended() == "exit code 12");
    }
}

}  // namespace dadcam::test

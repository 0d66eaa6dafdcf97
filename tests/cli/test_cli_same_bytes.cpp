#include <doctest/doctest.h>

#include <tests/cli/sandbox.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// Six clips in six segments, so that two workers have something to share.
struct SixClips : Sandbox {
    SixClips() {
        begin_with("six clips", [this] {
            take_clips(kFewClips);
            take_clips({"2012 Birthday/candles.mp4", "2012 Birthday/short sound.mp4", "Phones/Anna/IMG_0102.MOV"});
            make_library({"--resolution", "320x180", "--fps", "25"});  // a smaller picture is not shared among threads
        });
    }
};

std::vector<fs::path> segment_files(const Sandbox& sandbox) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(sandbox.library / ".dadcam/segments")) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
}

/// Exports again with --json; returns the last line.
Json outcome(const Sandbox& sandbox, const std::vector<std::string>& arguments) {
    auto all = arguments;
    all.emplace_back("--json");
    return json_lines(sandbox.must(all)).back();
}

bool same(const fs::path& a, const fs::path& b) {
    return read_file(a) == read_file(b);
}

}  // namespace

TEST_SUITE("same_bytes") {
    TEST_CASE("one worker and two make the same film") {
        const SixClips one, two;
        CHECK(same(one.export_film({"--jobs", "1"}), two.export_film({"--jobs", "2"})));
    }

    TEST_CASE("one core and all of them make the same film") {
        const SixClips one, all;
        CHECK(same(one.export_film({"--launcher", "taskset -c 0"}), all.export_film()));
    }

    TEST_CASE("a library that was moved reuses every segment and makes the same film") {
        const SixClips sandbox;
        const auto film = sandbox.export_film();
        const auto moved = sandbox / "another name";
        fs::copy(sandbox.library, moved, fs::copy_options::recursive);  // the copies are younger: looked at again
        const auto last = json_lines(run({{"export", "Film", "--json"}, moved}).out).back();
        CHECK(last["segmentsReused"] == last["segmentsTotal"]);
        CHECK(same(film, last["outputPath"].get<std::string>()));
        CHECK(last["outputPath"].get<std::string>().starts_with(moved.string()));
    }

    TEST_CASE("export-rerun reuses every segment and makes the same film") {
        const SixClips sandbox;
        const auto film = sandbox.export_film();
        const auto again = outcome(sandbox, {"export-rerun", "1"});
        CHECK(again["segmentsReused"] == again["segmentsTotal"]);
        CHECK(same(film, again["outputPath"].get<std::string>()));
        CHECK(again["name"].get<std::string>().starts_with("Film (rerun "));
        CHECK(again["outputPath"] != film.string());
    }

    TEST_CASE("a segment that is lost or cut short is rendered again, and the film is the same") {
        const SixClips sandbox;
        const auto film = sandbox.export_film();
        const auto files = segment_files(sandbox);
        REQUIRE(files.size() == 6);
        const auto total = static_cast<std::int64_t>(files.size());
        const auto sound_again = [&] {
            const auto again = outcome(sandbox, {"export", "Film"});
            CHECK(again["segmentsTotal"] == total);
            CHECK(again["segmentsReused"] == total - 1);
            CHECK(same(film, again["outputPath"].get<std::string>()));
        };

        fs::remove(files.front());
        sound_again();
        fs::resize_file(files.back(), fs::file_size(files.back()) / 2);
        sound_again();
    }
}

}  // namespace dadcam::test

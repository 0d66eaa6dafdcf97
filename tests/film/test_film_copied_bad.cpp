// Films of the preset original, of clips that are not what they say.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <tests/film/coding.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
namespace fs = std::filesystem;

namespace {

const Coding kWithoutB{"h264", "mp4", "25", {"-c:v", "libx264", "-bf", "0", "-g", "25", "-sc_threshold", "0"}};
const Coding kOpenMpeg2{"mpeg-2", "ts", "25", {"-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-c:a", "mp2"}};

/// Has a movie's list of key pictures name another one, counted from 1, in its place `entry`.
void call_key(const fs::path& movie, std::size_t entry, char picture) {
    constexpr std::size_t kEntries = 12, kBytes = 4;  // behind its name
    auto bytes = read_file(movie);
    const auto list = bytes.find("stss");
    REQUIRE(list != std::string::npos);
    bytes.at(list + kEntries + kBytes * entry + kBytes - 1) = picture;
    write_file(movie, bytes);
}

/// Copied by ffmpeg from `from` to another clip of the library.
void copy_clip(const Studio& studio, const std::string& from, const std::string& to, const Words& words) {
    Words all{"-nostdin", "-v", "error", "-i", (studio.library / from).string(), "-c", "copy"};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back((studio.library / to).string());
    output_of("ffmpeg", all);
}

/// Noise in place of what lies in the middle of it.
void damage(const fs::path& file, double at, std::size_t count) {
    auto bytes = read_file(file);
    std::minstd_rand noise(1);
    const auto begin = static_cast<std::size_t>(static_cast<double>(bytes.size()) * at);
    for (auto place = begin; place < begin + count; ++place) bytes.at(place) = static_cast<char>(noise());
    write_file(file, bytes);
}

void make(Studio& studio, const Coding& kind) {
    for (int number = 1; number <= 2; ++number)
        studio.clip(fmt::format("clip{}.{}", number, kind.extension), flashing(kind, number, 4, {10}));
    studio.make_clips();
}

void take_in(Studio& studio) {
    studio.must({"init"});
    studio.must({"ingest", "."});
}

}  // namespace

TEST_SUITE_BEGIN("copied_bad");

TEST_CASE("a clip whose first picture is no key picture, whatever its index says, is refused by name") {
    Studio studio;
    make(studio, kWithoutB);
    copy_clip(studio, "clip2.mp4", "clip3.mp4", {"-copyinkf", "-an", "-ss", "0.5"});
    call_key(studio.library / "clip3.mp4", 0, 1);
    take_in(studio);
    const auto ran = studio.try_film({"--preset", "original"});
    CHECK(ran.ended() == "exit code 2");
    CHECK(ran.err.find("clip3.mp4: it begins between two key pictures") != std::string::npos);
    CHECK(ran.err.find("clip1.mp4") == std::string::npos);
}

TEST_CASE("a part begins with a picture that can be decoded, not with one that the index calls so") {
    Studio studio;
    make(studio, kWithoutB);
    const auto own = pictures_in(studio.library / "clip1.mp4");
    call_key(studio.library / "clip1.mp4", 2, 40);  // for 51
    take_in(studio);
    studio.must({"recipe-create", "Part", "--mode", "all", "--preset", "original"});
    write_file(studio / "list.txt", "clip 2 -1\nclip 1 1.7-2\n");
    studio.must({"recipe-edit", "Part", "--file", (studio / "list.txt").string()});
    auto film = studio.must({"export", "Part"});
    film.pop_back();
    const auto found = pictures_in(film);
    CHECK(std::vector<std::string>(found.begin() + 25, found.end()) ==
          std::vector<std::string>(own.begin() + 25, own.begin() + 50));
}

TEST_CASE("a clip that begins in an open group is refused by name") {
    Studio studio;
    make(studio, kOpenMpeg2);
    copy_clip(studio, "clip2.ts", "clip3.ts", {"-ss", "1"});
    take_in(studio);
    const auto ran = studio.try_film({"--preset", "original"});
    CHECK(ran.ended() == "exit code 2");
    CHECK(ran.err.find("clip3.ts: its first pictures refer to what lies before it") != std::string::npos);
}

TEST_CASE("a clip that is damaged in its middle is copied as it is, or named") {
    for (const auto& kind : {kWithoutB, kOpenMpeg2}) {
        CAPTURE(std::string(kind.extension));
        Studio studio;
        make(studio, kind);
        damage(studio.library / fmt::format("clip2.{}", kind.extension), 0.4, 4000);
        take_in(studio);
        const auto ran = studio.try_film({"--preset", "original"});
        if (ran.ended() == "exit code 0") continue;  // every picture's time was compared
        CHECK(ran.err.find(fmt::format("clip2.{}", kind.extension)) != std::string::npos);
    }
}

TEST_CASE("a clip that goes away or changes while its pictures are copied is named") {
    for (const auto& [change, said] :
         {std::pair{"rm -f clip1.mp4", "clip1.mp4 went away"}, {"touch clip1.mp4", "clip1.mp4 changed"}}) {
        CAPTURE(std::string(change));
        Studio studio;
        make(studio, kWithoutB);
        take_in(studio);
        studio.must({"recipe-create", "Film", "--mode", "all", "--preset", "original"});
        const auto ffmpeg = write_script(studio / "ffmpeg-that-changes",
                                         fmt::format("case \" $* \" in *' concat '*) cd '{}' && {} ;; esac\n"
                                                     "exec '{}' \"$@\"",
                                                     studio.library.string(), change, quick_tool("ffmpeg")));
        const auto ran = studio.dadcam({"export", "Film"}, {{"DADCAM_FFMPEG_PATH", ffmpeg}});
        CHECK(ran.ended() != "exit code 0");
        CHECK_MESSAGE(ran.err.find(said) != std::string::npos, ran.err);
        CHECK(!fs::exists(studio.library / ".dadcam" / "exports" / "run_1.mp4"));
    }
}

TEST_SUITE_END();

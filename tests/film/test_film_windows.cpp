// Parts of clips in films of the preset original: cut where pictures can be copied, and not a picture or a sample off.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

using namespace dadcam::test;

namespace {

constexpr int kGroup = 25;

const Coding kMjpeg{"mjpeg", "avi", "30", {"-c:v", "mjpeg", "-c:a", "pcm_s16le"}};
const std::vector<Coding> kCut{
    {"h264 with B pictures",
     "mov",
     "30000/1001",
     {"-c:v", "libx264", "-bf", "2", "-g", "20", "-sc_threshold", "0", "-c:a", "pcm_s16le"}},
    {"h264 of a phone",
     "mov",
     "",
     {"-c:v", "libx264", "-bf", "0", "-g", "15", "-enc_time_base:v", "1:600", "-c:a", "pcm_s16le"}},
    {"mpeg-2, open groups", "ts", "25", {"-c:v", "mpeg2video", "-bf", "2", "-g", "12", "-c:a", "mp2"}},
    kMjpeg,
    {"h264 in a stream", "ts", "25", {"-c:v", "libx264", "-bf", "2", "-g", "12", "-c:a", "mp2"}},
    {"h264 in Matroska", "mkv", "50", {"-c:v", "libx264", "-bf", "2", "-g", "25", "-c:a", "pcm_s16le"}},
    {"hevc",
     "mov",
     "25",
     {"-c:v", "libx265", "-x265-params", "log-level=error:open-gop=0:keyint=20:bframes=3", "-c:a", "pcm_s16le"}},
    {"mpeg-4", "avi", "30000/1001", {"-c:v", "mpeg4", "-g", "10", "-c:a", "pcm_s16le"}},
    {"prores", "mov", "60000/1001", {"-c:v", "prores_ks", "-c:a", "pcm_s16le"}}};

/// Their groups are not entered.
const std::vector<Coding> kOpen{
    {"h264, open groups",
     "mov",
     "25",
     {"-c:v", "libx264", "-bf", "2", "-x264-params", "open-gop=1:keyint=20", "-c:a", "pcm_s16le"}},
    {"hevc, open groups",
     "mov",
     "25",
     {"-c:v", "libx265", "-x265-params", "log-level=error:open-gop=1:keyint=20:bframes=3", "-c:a", "pcm_s16le"}}};

/// A part of a clip, in seconds; 0 as its end: to the clip's.
struct Part {
    int clip;
    double from, until;
};
const std::vector<Part> kParts{{1, 1.3, 2.6}, {2, 0, 1.5}, {1, 2.2, 0}, {1, 1.3, 2.6}};

std::string list_of(const std::vector<Part>& parts) {
    std::string list;
    for (const auto& [clip, from, until] : parts)
        list +=
            until > 0 ? fmt::format("clip {} {}-{}\n", clip, from, until) : fmt::format("clip {} {}-\n", clip, from);
    return list;
}

/// The clip's pictures that lie on the film from `at` on: first and end.
std::pair<int, int> found_at(const std::vector<std::string>& clip, const std::vector<std::string>& film,
                             std::size_t at) {
    const auto first = std::find(clip.begin(), clip.end(), film.at(at));
    REQUIRE(first != clip.end());
    auto [end, rest] = std::mismatch(first, clip.end(), film.begin() + static_cast<std::ptrdiff_t>(at), film.end());
    return {static_cast<int>(first - clip.begin()), static_cast<int>(end - clip.begin())};
}

/// Every part has all of its pictures, and no more of them than up to the next cut.
void check_parts(const Studio& studio, const std::filesystem::path& film, const Coding& kind, int group) {
    const auto pictures = pictures_in(film);
    std::size_t at = 0;
    for (const auto& [clip, from, until] : kParts) {
        const auto own = pictures_in(studio.library / fmt::format("clip{}.{}", clip, kind.extension));
        const auto [first, end] = found_at(own, pictures, at);
        at += static_cast<std::size_t>(end - first);
        CHECK(shown_at(kind, first) <= from + 0.0006);
        CHECK(shown_at(kind, first + group) > from);
        if (until == 0)
            CHECK(end == std::ssize(own));
        else
            CHECK(shown_at(kind, end) >= until - 0.0006);
        if (until != 0) CHECK(shown_at(kind, end - 8) < until);
    }
    CHECK(at == pictures.size());
}

/// 1.5 and 2.5; 0.5; 2.5 and 3.5; 1.5 and 2.5; and maybe more, in what is shown before.
void check_sound(const std::filesystem::path& film, bool is_exact) {
    constexpr std::size_t kFlashes = 7;
    const auto found = flashes_by_time(film);
    CHECK(found.size() >= kFlashes);
    const auto sound = left_samples(film);
    // A sine's first samples are not loud.
    for (const auto flash : found) CHECK(std::abs(loud_near(sound, flash) - flash) < (is_exact ? 4.0 / 48000 : 0.005));
}

void take_clips(Studio& studio, const Coding& kind) {
    for (int number = 1; number <= 2; ++number) {
        std::vector<int> flashes;
        for (int second = 0; second < 4; ++second) {
            int picture = 0;
            while (shown_at(kind, picture) < second + 0.5) ++picture;
            flashes.push_back(picture);
        }
        studio.clip(fmt::format("clip{}.{}", number, kind.extension), flashing(kind, number, 4, flashes));
    }
    studio.take_in();
    studio.must({"recipe-create", "Parts", "--mode", "all", "--preset", "original"});
    write_file(studio / "list.txt", list_of(kParts));
    studio.must({"recipe-edit", "Parts", "--file", (studio / "list.txt").string()});
}

/// `group`: the pictures in the longest one.
void check_film(const Studio& studio, const Coding& kind, int group) {
    auto film = studio.must({"export", "Parts"});
    film.pop_back();
    check_parts(studio, film, kind, group);
    check_sound(film, std::string(kind.encoder.back()) == "pcm_s16le");
}

}  // namespace

TEST_SUITE_BEGIN("windows");

TEST_CASE("a part of a clip is moved to where its pictures can be cut, and its sound with it") {
    for (const auto& kind : tried(kCut, 4)) {
        CAPTURE(std::string(kind.name));
        Studio studio;
        take_clips(studio, kind);
        check_film(studio, kind, kGroup);
    }
}

TEST_CASE("an open group is not entered where what follows needs what lies before") {
    constexpr int kWhole = 100;
    for (const auto& kind : tried(kOpen, 1)) {
        CAPTURE(std::string(kind.name));
        Studio studio;
        take_clips(studio, kind);
        check_film(studio, kind, kWhole);
    }
}

TEST_CASE("it says by how much a part is moved") {
    Studio studio;
    take_clips(studio, kCut.front());
    const auto plan = studio.json({"export", "Parts", "--dry-run"});
    const auto& moved = plan.at("movedWindows");
    REQUIRE(moved.size() == 4);
    CHECK(moved[0].at("path") == "clip1.mov");
    CHECK(moved[0].at("fromUs").get<int>() == 667333);  // picture 20
    CHECK(moved[0].at("earlierUs").get<int>() == 1300000 - 667333);
    const auto ran = studio.dadcam({"export", "Parts"});
    CHECK(ran.err.find("clip1.mov is shown from 0:00.667 to 0:02.6") != std::string::npos);
    CHECK(ran.err.find(": 0.633 s more at its beginning") != std::string::npos);
    const auto log = studio.must({"export-details", "1", "--logs"});
    CHECK(log.find("0.633 s more at its beginning") != std::string::npos);
}

TEST_CASE("each clip's first seconds end with the next picture that can be the last") {
    Studio studio;
    const auto& kind = kMjpeg;
    take_clips(studio, kind);
    const auto film = studio.film({"--preset", "original", "--max-clip-secs", "0.7"});
    CHECK(pictures_in(film).size() == 42);
    CHECK(studio.json({"export", "Film 1", "--dry-run"}).at("movedWindows").empty());
    const auto longer = studio.film({"--preset", "original", "--max-clip-secs", "0.71"});
    CHECK(pictures_in(longer).size() == 44);
    const auto again = studio / "again";
    studio.must({"export", "Film 2", "--no-cache", "--jobs", "1", "-o", again.string()});
    CHECK(read_file(again) == read_file(longer));
}

TEST_CASE("a clip that an edit list cuts begins with its key picture, with its sound in its place, and that is said") {
    Studio studio;
    const auto& kind = kCut.front();
    studio.clip("whole.mov", flashing(kind, 1, 4, {45, 75, 105}));
    studio.make_clips();
    for (const auto* name : {"clip1", "clip2"})
        output_of("ffmpeg", {"-nostdin", "-v", "error", "-ss", "1.3", "-i", (studio.library / "whole.mov").string(),
                             "-c", "copy", "-metadata", fmt::format("title={}", name),
                             (studio.library / fmt::format("{}.mov", name)).string()});
    const auto whole = pictures_in(studio.library / "whole.mov");
    std::filesystem::remove(studio.library / "whole.mov");
    studio.take_in();
    const auto ran = studio.try_film({"--preset", "original"});
    CHECK(ran.err.find("clip2.mov is shown from -0:00.6") != std::string::npos);
    const std::filesystem::path film = ran.out.substr(0, ran.out.find('\n'));
    constexpr std::ptrdiff_t kKey = 20;
    std::vector<std::string> wanted(whole.begin() + kKey, whole.end());
    wanted.insert(wanted.end(), whole.begin() + kKey, whole.end());
    CHECK(pictures_in(film) == wanted);
    const auto flashes = flashes_by_time(film);
    REQUIRE(flashes.size() == 6);
    CHECK(flashes.front() == doctest::Approx((45 - kKey) * 1.001 / 30).epsilon(0.001));
    const auto sound = left_samples(film);
    for (const auto flash : flashes) CHECK(std::abs(loud_near(sound, flash) - flash) < 0.005);
}

TEST_SUITE_END();

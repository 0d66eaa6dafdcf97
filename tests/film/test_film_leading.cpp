// Clips that begin with a picture that is not shown first, as camcorders' do: what follows it and is shown before it is
// in the film wherever it can be decoded. And clips that begin where nothing can be decoded yet.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

using namespace dadcam::test;

namespace {

/// Three seconds of sound, and of pictures each of which is brighter than the one before.
Words pictures_and_sound() {
    return {"-f", "lavfi", "-i", "color=black:s=64x48:r=25:d=3,format=yuv420p,geq=lum=20+N*2.8:cb=128:cr=128",
            "-f", "lavfi", "-i", "sine=d=3"};
}

void make_clip(const std::filesystem::path& clip, const Words& encoder) {
    Words all{"-nostdin", "-v", "error"};
    for (const auto& words : {pictures_and_sound(), encoder, Words{clip.string()}})
        all.insert(all.end(), words.begin(), words.end());
    output_of("ffmpeg", all);
}

/// Thirteen seconds of an MPEG-TS without its first second, the pictures of which are as wide as a refresh is long.
void make_cut_stream(Studio& studio, const std::string& coding) {
    const auto whole = studio / "whole.ts";
    output_of("ffmpeg", {"-nostdin",
                         "-v",
                         "error",
                         "-f",
                         "lavfi",
                         "-i",
                         "color=black:s=64x16:r=25:d=14,format=yuv420p,geq=lum=20+mod(N*7\\,200):cb=128:cr=128,"
                         "scale=640:32:flags=neighbor,noise=alls=20:allf=t",
                         "-f",
                         "lavfi",
                         "-i",
                         "sine=d=14",
                         "-c:v",
                         "libx264",
                         "-preset",
                         "veryfast",
                         "-x264-params",
                         coding,
                         "-c:a",
                         "mp2",
                         whole.string()});
    constexpr std::size_t kPacket = 188;
    auto bytes = read_file(whole);
    write_file(studio.library / "cut.ts", bytes.substr(bytes.size() / 14 / kPacket * kPacket));
}

/// From the second key picture on of such a clip.
void cut_clip(Studio& studio, const std::string& name, const std::string& groups, const Words& words) {
    const auto whole = studio / (groups + ".ts");
    if (!std::filesystem::exists(whole))
        make_clip(whole,
                  {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                   groups + ":keyint=25:min-keyint=25:scenecut=0:bframes=3:b-adapt=0:log-level=none", "-c:a", "aac"});
    Words all{"-nostdin", "-v", "error", "-ss", "1", "-i", whole.string(), "-map", "0:v", "-map", "0:a", "-c", "copy"};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back((studio.library / name).string());
    output_of("ffmpeg", all);
}

const std::string kClosedGroups = "no-open-gop=1:radl=2", kOpenGroups = "open-gop=1";

/// No more of a picture's brightness than a film's encoder changes.
void check_pictures(const std::vector<double>& found, const std::vector<double>& wanted) {
    REQUIRE(found.size() == wanted.size());
    for (std::size_t picture = 0; picture < wanted.size(); ++picture)
        CHECK(std::abs(found[picture] - wanted[picture]) < 1.5);  // the next one is 3 brighter
}

/// Without those that stand still.
std::vector<double> one_by_one(std::vector<double> pictures) {
    const auto same = [](double one, double other) { return std::abs(one - other) < 1; };
    pictures.erase(std::unique(pictures.begin(), pictures.end(), same), pictures.end());
    return pictures;
}

}  // namespace

TEST_SUITE_BEGIN("leading");

TEST_CASE("pictures that lie behind the first one and are shown before it are in the film, if they can be decoded") {
    const std::vector<std::pair<std::string, Words>> containers{
        {"clip.ts", {}}, {"clip.mkv", {}}, {"clip.mp4", {"-movflags", "negative_cts_offsets", "-use_editlist", "0"}}};
    for (const auto& groups : {kClosedGroups, kOpenGroups}) {
        for (const auto& [name, words] : containers) {
            CAPTURE(groups);
            CAPTURE(name);
            Studio studio;
            cut_clip(studio, name, groups, words);
            const auto own = brightness(studio.library / name);
            CHECK(own.size() == (groups == kClosedGroups ? 52 : 50));
            studio.take_in();
            check_pictures(brightness(studio.film({"--preset", "archive"})), own);
        }
    }
}

TEST_CASE(
    "of an AVI, which does not say when its pictures are shown, the first and the last ones are in the film, too") {
    for (const bool is_cut : {false, true}) {
        CAPTURE(is_cut);
        Studio studio;
        const auto whole = studio / "whole.avi";
        make_clip(whole, {"-c:v", "mpeg4", "-bf", "2", "-g", "25", "-q:v", "2", "-c:a", "mp2"});
        Words copying{"-nostdin", "-v", "error", "-i", whole.string(), "-c", "copy"};
        if (is_cut) copying.insert(copying.begin(), {"-ss", "1.3"});
        copying.push_back((studio.library / "clip.avi").string());
        output_of("ffmpeg", copying);
        const auto own = brightness(studio.library / "clip.avi");
        studio.take_in();
        check_pictures(brightness(studio.film({"--preset", "archive"})), own);
    }
}

TEST_CASE(
    "of a stream that is cut where nothing can be decoded yet, all that can be is in the film, the rest is named") {
    // Renewed bit by bit within two seconds; and key pictures farther apart than ffprobe looks.
    for (const std::string coding : {"intra-refresh=1:keyint=50:scenecut=0", "keyint=225:min-keyint=225:scenecut=0"}) {
        CAPTURE(coding);
        Studio studio;
        make_cut_stream(studio, coding);
        const auto own = brightness(studio.library / "cut.ts");
        REQUIRE(own.size() > 100);
        studio.take_in();
        const auto ran = studio.try_film({"--preset", "archive"});
        CHECK(ran.ended() == "exit code 3");
        CHECK(ran.err.find("Not in the film: cut.ts (") != std::string::npos);
        check_pictures(brightness(ran.out.substr(0, ran.out.find('\n'))), own);
        // A window is entered where its first picture is decoded right.
        studio.must({"recipe-create", "Part", "--mode", "all", "--preset", "archive"});
        write_file(studio / "list.txt", "clip 1 2.6-4\n");
        studio.must({"recipe-edit", "Part", "--file", (studio / "list.txt").string()});
        const auto part = json_lines(studio.dadcam({"export", "Part", "--json"}).out).back();
        check_pictures(brightness(part["outputPath"].get<std::string>()), {own.begin() + 65, own.begin() + 100});
    }
}

TEST_CASE("a clip that was cut between two key pictures begins with the next one, whatever its index says") {
    const Words mpeg4{"-c:v", "mpeg4", "-g", "50", "-sc_threshold", "1000000000", "-q:v", "2", "-c:a", "aac"};
    const Words reordered{"-c:v", "mpeg4", "-g",   "50", "-sc_threshold", "1000000000",
                          "-bf",  "2",     "-q:v", "2",  "-c:a",          "mp2"};
    const Words h264{"-c:v", "libx264", "-preset", "veryfast", "-x264-params", "keyint=50:scenecut=0", "-c:a", "aac"};
    const Words hevc{"-c:v",      "libx265",      "-preset",
                     "ultrafast", "-x265-params", "keyint=50:min-keyint=50:scenecut=0:bframes=0:log-level=none",
                     "-c:a",      "aac"};
    struct Kind {
        std::string name;
        Words encoder;
        int key = 50;  ///< the second key picture
    };
    const std::vector<Kind> kinds{
        {"clip.mp4", mpeg4}, {"clip.avi", reordered, 51}, {"clip.mov", h264}, {"clip.flv", h264}, {"clip.mkv", hevc}};
    for (const auto& [name, encoder, key] : kinds) {
        CAPTURE(name);
        Studio studio;
        const auto whole = studio / ("whole" + std::filesystem::path(name).extension().string());
        make_clip(whole, encoder);
        const auto own = brightness(whole);
        output_of("ffmpeg", {"-nostdin", "-v", "error", "-i", whole.string(), "-ss", "1", "-c", "copy", "-copyinkf",
                             (studio.library / name).string()});
        studio.take_in();
        const auto ran = studio.try_film({"--preset", "archive"});
        CHECK(ran.ended() == "exit code 3");
        CHECK(ran.err.find("Not in the film: " + name + " (") != std::string::npos);
        check_pictures(brightness(ran.out.substr(0, ran.out.find('\n'))), {own.begin() + key, own.end()});
    }
}

TEST_CASE("a clip that is renewed bit by bit and was cut at a recovery point begins where its pictures are right") {
    Studio studio;
    make_cut_stream(studio, "intra-refresh=1:keyint=50:scenecut=0");
    output_of("ffmpeg", {"-nostdin", "-v", "error", "-ss", "4.2", "-i", (studio / "whole.ts").string(), "-c", "copy",
                         (studio.library / "clip.mp4").string()});
    std::filesystem::remove(studio.library / "cut.ts");
    const auto own = brightness(studio.library / "clip.mp4");
    REQUIRE(own.size() > 100);
    studio.take_in();
    const auto ran = studio.try_film({"--preset", "archive"});
    CHECK(ran.ended() == "exit code 3");
    check_pictures(brightness(ran.out.substr(0, ran.out.find('\n'))), own);
}

TEST_CASE("a movie whose edit list hides its beginning is as long as what is shown of it") {
    Studio studio;
    std::vector<double> own;
    int clips = 0;
    for (const std::string reordered : {"0", "2"}) {
        for (const std::string kind : {"mp4", "mov"}) {
            const auto whole = studio / ("whole" + reordered + "." + kind);
            make_clip(whole, {"-c:v", "libx264", "-qp", "2", "-g", "50", "-bf", reordered, "-an"});
            for (const std::string from : {"0.04", "0.32", "0.52", "1.04", "1.6", "2.32"}) {
                const auto clip = studio.library / fmt::format("{:02}.{}", clips++, kind);
                Words cutting{"-nostdin", "-v", "error", "-ss", from, "-i", whole.string(), "-c", "copy"};
                if (from == "0.52") cutting.insert(cutting.end(), {"-t", "1"});
                cutting.push_back(clip.string());
                output_of("ffmpeg", cutting);
                const auto shown = brightness(clip);
                own.insert(own.end(), shown.begin(), shown.end());
            }
        }
    }
    studio.take_in();
    check_pictures(brightness(studio.film({"--preset", "archive"})), own);
}

TEST_CASE("pictures that come at uneven times are all in the film, to the last one") {
    Studio studio;
    int clips = 0;
    for (const std::string kind : {"mp4", "mov", "mkv", "flv"}) {
        for (const std::string chosen :
             {"lt(n,70)+gte(n,72)", "lt(n,30)+not(mod(n,5))", "lt(n,9)+eq(n,30)+eq(n,70)", "not(mod(n,30))"}) {
            for (const std::string reordered : {"0", "2"}) {
                Words words = pictures_and_sound();
                words.insert(words.end(), {"-vf", "select='" + chosen + "'", "-fps_mode", "vfr", "-c:v", "libx264",
                                           "-qp", "2", "-bf", reordered, "-c:a", "aac"});
                studio.clip(fmt::format("{:02}.{}", clips++, kind), words);
            }
        }
    }
    studio.take_in();
    std::vector<double> own;
    for (const auto& clip : studio.json({"clips"})) {
        const auto pictures = brightness(studio.library / clip["path"].get<std::string>());
        own.insert(own.end(), pictures.begin(), pictures.end());
    }
    check_pictures(one_by_one(brightness(studio.film({"--preset", "archive", "--fps", "25"}))), own);
}

TEST_CASE(
    "a Matroska whose header calls its pictures far longer or shorter than they are has all of them in the film") {
    Studio studio;
    const auto whole = studio / "whole.mkv";
    make_clip(whole, {"-c:v", "libx264", "-qp", "2", "-c:a", "aac"});
    const auto own = brightness(whole);
    const auto bytes = read_file(whole);
    constexpr std::string_view kDefaultDuration("\x23\xe3\x83\x84", 4);  // of four bytes, in nanoseconds
    const auto at = bytes.find(kDefaultDuration);
    REQUIRE(at != std::string::npos);
    std::vector<double> wanted;
    for (const std::uint32_t told : {1'000'000U, 16'666'666U, 80'000'000U, 1'000'000'000U}) {
        auto lying = bytes;
        for (std::size_t byte = 0; byte < 4; ++byte)
            lying[at + kDefaultDuration.size() + byte] = static_cast<char>(told >> (24 - 8 * byte));
        write_file(studio.library / fmt::format("{}.mkv", told), lying);
        wanted.insert(wanted.end(), own.begin(), own.end());
    }
    studio.take_in();
    for (const auto& clip : studio.json({"clips"})) CHECK(std::abs(clip["durationMs"].get<int>() - 3000) <= 40);
    check_pictures(brightness(studio.film({"--preset", "archive", "--fps", "25"})), wanted);
}

TEST_CASE("such clips are copied with these pictures") {
    Studio studio;
    cut_clip(studio, "clip1.ts", kClosedGroups, {});
    cut_clip(studio, "clip2.ts", kClosedGroups, {"-metadata", "title=2"});
    const auto own = pictures_in(studio.library / "clip1.ts");
    studio.take_in();
    const auto film = studio.film({"--preset", "original"});
    const auto found = pictures_in(film);
    auto twice = own;
    twice.insert(twice.end(), own.begin(), own.end());
    CHECK(found == twice);
    CHECK(output_of("ffprobe", {"-v", "warning", "-show_entries", "stream=nb_frames", "-select_streams", "v", "-of",
                                "csv=p=0", film.string()}) == fmt::format("{}\n", twice.size()));
}

TEST_SUITE_END();

// Titles, chapters, captions, loudness and music, as the film has them.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <sstream>
#include <tests/film/decode.hpp>
#include <tests/film/exact.hpp>
#include <tests/film/picture.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
namespace fs = std::filesystem;

namespace {

/// A grey clip with a tone of so many dBFS in both channels, which has as many LUFS.
Words toned(double level, double seconds, const std::string& rate = "25") {
    return {"-f",
            "lavfi",
            "-i",
            fmt::format("color=c=gray:s=64x64:r={}:d={}", rate, seconds),
            "-f",
            "lavfi",
            "-i",
            fmt::format("aevalsrc='{0}*sin(2*PI*1000*t)|{0}*sin(2*PI*1000*t)':s=48000:d={1}", std::pow(10, level / 20),
                        seconds),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:a",
            "pcm_s16le"};
}

fs::path noise(const Studio& studio, double seconds) {
    auto file = studio / "noise.wav";
    output_of("ffmpeg", {"-v", "error", "-f", "lavfi", "-i",
                         fmt::format("anoisesrc=d={}:c=pink:r=48000:a=0.2:s=7", seconds), "-ac", "2", file.string()});
    return file;
}

/// What ffmpeg's ebur128 says of a stretch: LUFS and the true peak in dBTP.
struct Measured {
    double loudness;
    double peak;
};
Measured measured(const fs::path& film, double from, double seconds, const std::string& filters = {}) {
    const auto words = output_of(
        "sh", {"-c", "\"$0\" -hide_banner -nostats -ss $2 -t $3 -i \"$1\" -vn -af $4ebur128=peak=true -f null - 2>&1",
               quick_tool("ffmpeg"), film.string(), fmt::format("{}", from), fmt::format("{}", seconds), filters});
    const auto summary = words.substr(words.rfind("Summary:"));
    const auto number = [&](const char* name) {
        return std::stod(summary.substr(summary.find(name) + std::string(name).size()));
    };
    return {number("I:"), number("Peak:")};
}

struct Chapter {
    double start;
    std::string title;
};
std::vector<Chapter> chapters_in(const fs::path& film) {
    const auto found =
        Json::parse(output_of("ffprobe", {"-v", "error", "-show_chapters", "-of", "json", film.string()}));
    std::vector<Chapter> chapters;
    for (const auto& chapter : found["chapters"])
        chapters.push_back({std::stod(chapter["start_time"].get<std::string>()), chapter["tags"]["title"]});
    return chapters;
}

/// The last export's.
Json details(const Studio& studio) {
    return studio.json({"export-details", std::to_string(studio.count("export_runs"))});
}

}  // namespace

TEST_SUITE_BEGIN("finish");

TEST_CASE("twenty clips from -45 to -5 LUFS have -16 in the film, or as much as their limits let them") {
    Studio studio;
    std::vector<double> levels;
    for (int clip = 0; clip < 20; ++clip) {
        levels.push_back(-45 + 40.0 * clip / 19);
        studio.clip(fmt::format("{:02}.mov", clip), toned(levels.back(), 1));
    }
    studio.take_in();
    const auto film = studio.film({"--preset", "archive", "--loudness", "-16"});
    for (std::size_t clip = 0; clip < levels.size(); ++clip) {
        CAPTURE(levels[clip]);
        const auto found = measured(film, static_cast<double>(clip) + 0.1, 0.8);
        CHECK(std::abs(found.loudness - std::min(-16.0, levels[clip] + 15)) <= 1);
    }
    CHECK(measured(film, 0, 20).peak <= -0.9);
    const auto log = studio.must({"export-details", "1", "--logs"});
    CHECK(log.find("00.mov has -45.0 LUFS: it was made louder by 15.0 dB, the most that dadcam does.") !=
          std::string::npos);
    CHECK(log.find("19.mov has") == std::string::npos);
    const auto shared = studio.film({"--loudness", "-16"});
    CHECK(std::abs(measured(shared, 10, 10).loudness + 16) <= 1);
    CHECK(measured(shared, 0, 20).peak <= 0);
}

TEST_CASE("music has its level, sinks under clips that have something to say, and renders no picture anew") {
    Studio studio;
    for (const auto& [name, level] :
         std::map<std::string, double>{{"1 quiet.mov", -90}, {"2 loud.mov", -16}, {"3 quiet.mov", -75}})
        studio.clip(name, toned(level, 8));
    studio.take_in();
    const auto music = noise(studio, 5).string();
    const auto film =
        studio.film({"--preset", "archive", "--loudness", "-16", "--music", music, "--music-level", "-24"});
    CHECK(std::abs(measured(film, 2, 4).loudness + 24) <= 1);
    CHECK(std::abs(measured(film, 18.5, 1.5).loudness + 24) <= 1);
    // The tone is taken out, so that the music under it is heard.
    const std::string without_tone = "bandreject=f=1000:w=200,bandreject=f=1000:w=200,";
    const double above = measured(film, 2, 4, without_tone).loudness,
                 under = measured(film, 10, 4, without_tone).loudness;
    CHECK(std::abs(above - under - 12) <= 1.5);

    const auto recipe = studio.json({"export-history"})[0]["name"].get<std::string>();
    studio.must({"recipe-edit", recipe, "--music-level", "-30", "--chapters", "none"});
    studio.must({"export", recipe});
    CHECK(details(studio)["segmentsReused"] == details(studio)["segmentsTotal"]);
    studio.must({"recipe-edit", recipe, "--music", "", "--loudness", "off"});
    studio.must({"export", recipe});
    CHECK(details(studio)["segmentsReused"] == details(studio)["segmentsTotal"]);

    fs::remove(music);
    const auto missing = studio.dadcam({"export-rerun", "1"});
    CHECK(missing.exit.code == 11);
    CHECK(missing.err.find("noise.wav") != std::string::npos);
}

TEST_CASE("cards, fades and music leave a film exact, and the same however many render it") {
    Studio studio;
    for (int clip = 0; clip < 3; ++clip) studio.clip(fmt::format("{}.mov", clip), toned(-20 - clip, 1.7));
    studio.take_in();
    const auto music = noise(studio, 2).string();
    check_exact(studio, "share", "30000/1001",
                {"--title", "Sommer: 100% \\ 'Ende'", "--cards", "event", "--card-style", "blur", "--captions", "date",
                 "--transition", "crossfade", "--transition-ms", "300", "--music", music});
    std::string first;
    for (const char* jobs : {"1", "2", "5"}) {
        const auto film = (studio / "film.mp4").string();
        studio.must({"export", "Film 1", "--jobs", jobs, "--no-cache", "-o", film, "--force"});
        if (first.empty()) first = read_file(film);
        CHECK((read_file(film) == first));
    }
}

TEST_CASE("a card shows its text over black, or over the next clip's picture, and fades as clips do") {
    Studio studio;
    studio.clip("1.mov", {"-f", "lavfi", "-i", "color=c=white:s=320x180:r=25:d=3", "-c:v", "libx264"});
    studio.take_in();
    for (const std::string style : {"black", "blur"}) {
        const auto film = studio.film({"--title", "Title", "--title-secs", "2", "--card-style", style, "--transition",
                                       "crossfade", "--transition-ms", "400"});
        const auto bright = brightness(film);
        REQUIRE(bright.size() == 115);
        const double behind = style == "black" ? 16 : 16 + 0.45 * 219;
        const auto card = picture_of(film, 5);
        CHECK(card.mean(0.0, 0.0, 0.1, 0.1)[0] == doctest::Approx(behind).epsilon(0.03));
        CHECK(*std::max_element(card.planes[0].begin(), card.planes[0].end()) > 225);  // a text is there
        CHECK(bright[45] > bright[5] + 10);
        CHECK(bright[45] < bright[60] - 10);
        CHECK(bright[60] > 250);
    }
}

TEST_CASE("cards and windows stand at a clip's very end, and at the film's") {
    Studio studio;
    studio.clip("1.mov", toned(-20, 2));
    studio.clip("2.mov", toned(-22, 0.04));
    studio.take_in();
    studio.must({"recipe-create", "Film", "--mode", "all", "--resolution", "64x36", "--fps", "25"});
    const std::vector<std::pair<std::string, int>> lists{{"clip 1\ncard \"last\" 1 blur\n", 75},
                                                         {"clip 1 0-1\ncard \"last\" 1\n", 50},
                                                         {"card \"X\" 1 blur\nclip 1 0:01.96-\n", 26},
                                                         {"card \"X\" 1 blur\nclip 2\nclip 1 0:01.99-\n", 27},
                                                         {"clip 1 1.999-\nclip 1 0-0.001\n", 2}};
    for (const auto& [list, frames] : lists) {
        CAPTURE(list);
        write_file(studio / "list.txt", list);
        studio.must({"recipe-edit", "Film", "--file", (studio / "list.txt").string()});
        const auto made = json_lines(studio.must({"export", "Film", "--json"})).back();
        CHECK(made["framesTotal"] == frames);
        CHECK(brightness(made["outputPath"].get<std::string>()).size() == static_cast<std::size_t>(frames));
    }
}

TEST_CASE("each chapter begins in the first frame of its event, by its name, and a film with 300 of them is made") {
    Studio studio;
    int made = 0;
    for (const std::string event : {"2001 Birthday", "2002 <b>Sea & Sand"})
        for (int clip = 0; clip < 2; ++clip)
            studio.clip(fmt::format("{}/{}.mov", event, clip), toned(-20 - ++made, 1.03));
    studio.take_in();
    const auto film = studio.film({"--fps", "30000/1001", "--chapters", "event", "--captions", "event", "--title",
                                   "T=1;\\#", "--title-secs", "1"});
    const auto chapters = chapters_in(film);
    REQUIRE(chapters.size() == 3);
    CHECK(chapters[0].title == "T=1;\\#");
    CHECK(chapters[1].title == "2001 Birthday");
    CHECK(chapters[2].title == "2002 <b>Sea & Sand");
    // The title has 30 frames, two clips of 26 at 25 a second have 31 each; of a frame's time nothing is before it.
    const auto frame = [](double start) { return static_cast<int>(std::floor(start * 30000 / 1001 + 1e-6)); };
    CHECK(frame(chapters[1].start) == 30);
    CHECK(frame(chapters[2].start) == 92);
    const auto captions = output_of("ffmpeg", {"-v", "error", "-i", film.string(), "-map", "0:s", "-f", "srt", "-"});
    CHECK(captions.find("2001 Birthday") != std::string::npos);
    CHECK(captions.find("Sea & Sand") != std::string::npos);
    const auto tags = Json::parse(output_of("ffprobe", {"-v", "error", "-show_format", "-of", "json", film.string()}));
    CHECK(tags["format"]["tags"]["title"] == "T=1;\\#");
    CHECK(tags["format"]["tags"].contains("creation_time"));

    const std::string longest(150, 'x');
    fs::rename(studio.library / "2001 Birthday/0.mov", studio.library / "2001 Birthday" / (longest + ".mov"));
    studio.must({"ingest", "."});
    std::string list;
    for (int line = 0; line < 300; ++line) list += fmt::format("clip {} 0-0.1\n", 1 + line % 2 * 2);
    write_file(studio / "list.txt", list);
    studio.must({"recipe-create", "Many", "--mode", "all", "--chapters", "clip", "--captions", "event", "--resolution",
                 "64x64"});
    studio.must({"recipe-edit", "Many", "--file", (studio / "list.txt").string()});
    studio.must({"export", "Many", "-o", (studio / "many.mp4").string()});
    const auto many = chapters_in(studio / "many.mp4");
    REQUIRE(many.size() == 300);
    CHECK(many[0].title == longest);
}

TEST_SUITE_END();

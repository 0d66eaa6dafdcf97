// Films of the preset original: every picture is the clip's own, at its own time, and every sound is with its picture.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <libdadcam/render/index.hpp>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

using namespace dadcam::test;

namespace {

constexpr int kCopied = 2;
constexpr int kFlash = 10;  // picture

const Coding kMatroska{"h264 in Matroska", "mkv", "50", {"-c:v", "libx264", "-bf", "2", "-c:a", "ac3"}};
const std::vector<Coding> kCodings{
    {"h264 with B pictures", "mp4", "30000/1001", {"-c:v", "libx264", "-preset", "fast", "-bf", "2", "-c:a", "aac"}},
    {"h264 of a phone", "mp4", "", {"-c:v", "libx264", "-bf", "0", "-enc_time_base:v", "1:600", "-c:a", "aac"}},
    {"mpeg-2 in a stream", "ts", "25", {"-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2"}},
    {"mjpeg", "avi", "15", {"-c:v", "mjpeg", "-c:a", "pcm_u8", "-ar", "11025"}},
    {"h264 in a stream", "ts", "25", {"-c:v", "libx264", "-bf", "2", "-g", "12", "-c:a", "mp2"}},
    kMatroska,
    {"hevc", "mov", "24000/1001", {"-c:v", "libx265", "-x265-params", "log-level=error", "-c:a", "pcm_s24le"}},
    {"prores", "mov", "60000/1001", {"-c:v", "prores_ks", "-c:a", "pcm_s16le", "-ac", "2", "-ar", "48000"}}};

Words made(const Coding& kind, int number) {
    return flashing(kind, number, 1 + 0.1 * number, {kFlash});
}

std::vector<std::string> pictures_of_clips(const Studio& studio, const Coding& kind) {
    std::vector<std::string> pictures;
    for (int number = 1; number <= kCopied; ++number) {
        const auto own = pictures_in(studio.library / fmt::format("clip{}.{}", number, kind.extension));
        pictures.insert(pictures.end(), own.begin(), own.end());
    }
    return pictures;
}

void check_copied(const Studio& studio, const std::filesystem::path& film, const Coding& kind) {
    CHECK(pictures_in(film) == pictures_of_clips(studio, kind));
    const auto flashes = flashes_by_time(film);
    CHECK(flashes.size() == kCopied);
    const auto sound = left_samples(film);
    for (const auto flash : flashes) CHECK(std::abs(loud_near(sound, flash) - flash) < 0.005);
}

}  // namespace

TEST_SUITE_BEGIN("copied");

TEST_CASE("a film of copied pictures has each of its clips', at its time, and the sound at it") {
    for (const auto& kind : tried(kCodings, 4)) {
        CAPTURE(std::string(kind.name));
        Studio studio;
        for (int number = 1; number <= kCopied; ++number)
            studio.clip(fmt::format("clip{}.{}", number, kind.extension), made(kind, number));
        studio.take_in();
        const auto film = studio.film({"--preset", "original"});
        check_copied(studio, film, kind);
        CHECK(studio.count("segments") == 0);
        const auto [times, ticks] = dadcam::render::picture_times(film);
        const auto rate = dadcam::parse_rational(kind.rate).value();
        for (std::size_t picture = 0; *kind.rate != '\0' && picture < times.size(); ++picture) {
            const auto expected = static_cast<double>(picture) / rate * static_cast<double>(ticks);
            REQUIRE(std::abs(static_cast<double>(times[picture]) - expected) <= 0.00051 * static_cast<double>(ticks));
        }
        if (&kind != &kCodings.front()) continue;
        const auto again = studio / "again";
        studio.must({"export", "Film 1", "--no-cache", "--jobs", "1", "-o", again.string()});
        CHECK(read_file(again) == read_file(film));
    }
}

TEST_CASE("a film of copied pictures has no sound if no clip has any, unless it has music") {
    for (const auto& kind : {kCodings[0], kCodings[4]}) {
        CAPTURE(std::string(kind.name));
        Studio studio;
        for (int number = 1; number <= kCopied; ++number) {
            auto silent = made(kind, number);
            silent[1].erase(silent[1].find(";aevalsrc"));
            studio.clip(fmt::format("clip{}.{}", number, kind.extension), silent);
        }
        studio.take_in();
        const auto film = studio.film({"--preset", "original", "--chapters", "clip", "--captions", "event"});
        CHECK(pictures_in(film) == pictures_of_clips(studio, kind));
        const Words contents{"-v",  "error", "-show_chapters", "-show_entries", "stream=codec_type:chapter=id",
                             "-of", "csv",   film.string()};
        CHECK(output_of("ffprobe", contents) ==
              "stream,video\nstream,subtitle\nstream,data\nchapter,0,clip1\nchapter,1,clip2\n");
        const auto bytes = read_file(film);
        studio.must({"export-rerun", "1"});
        CHECK(read_file(studio.library / ".dadcam" / "exports" / "run_2.mp4") == bytes);
        const auto music = (studio / "music.wav").string();
        output_of("ffmpeg", {"-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-ac", "2", music});
        const auto heard = studio.film({"--preset", "original", "--music", music});
        CHECK(pictures_in(heard) == pictures_of_clips(studio, kind));
        CHECK(!left_samples(heard).empty());
    }
}

TEST_CASE("clips of another kind are named, and are left out with --on-error skip") {
    Studio studio;
    const auto& kind = kCodings.front();
    studio.clip("clip1.mp4", made(kind, 1));
    studio.clip("clip2.mp4", made(kind, 2));
    auto other = made(kind, 3);
    other.insert(other.end(), {"-s", "96x48"});
    studio.clip("clip3.mp4", other);
    auto profile = made(kind, 4);
    profile.insert(profile.end(), {"-profile:v", "baseline", "-bf", "0"});
    studio.clip("clip4.mp4", profile);
    studio.clip("clip5.mkv", made(kMatroska, 5));
    studio.take_in();
    const auto refused = studio.try_film({"--preset", "original"});
    CHECK(refused.ended() == "exit code 2");
    for (const char* name :
         {"clip3.mp4: it has 96x48, not 64x48", "clip4.mp4: its decoder needs other parameters", "clip5.mkv: it has "})
        CHECK(refused.err.find(name) != std::string::npos);
    CHECK(refused.err.find("clip1") == std::string::npos);
    const auto skipped = studio.try_film({"--preset", "original"}, {"--on-error", "skip"});
    CHECK(skipped.ended() == "exit code 3");
    CHECK(studio.must({"recipe-show", "Film 1"}).find("clip3.mp4: it has 96x48") != std::string::npos);
    const auto shown = studio.json({"recipe-show", "Film 1"});
    REQUIRE(shown.at("otherKind").size() == 2);
    CHECK(shown.at("otherKind")[0].at("path") == "clip3.mp4");
    CHECK(shown.at("otherKind")[0].at("reason") == "it has 96x48, not 64x48");
    CHECK(shown.at("narrowing") == "");  // they have no cameras, and one folder
    const auto plan = studio.dadcam({"export", "Film 1", "--dry-run", "--on-error", "skip", "--json"});
    CHECK(Json::parse(plan.out).at("leftOut") == Json({"clip3.mp4", "clip4.mp4", "clip5.mkv"}));
}

TEST_CASE("what would change a picture is refused together with the preset original") {
    Studio studio;
    studio.clip("clip1.mp4", made(kCodings.front(), 1));
    studio.take_in();
    const std::vector<Words> changes{
        {"--transition", "crossfade"}, {"--title", "x"}, {"--cards", "day"}, {"--date-overlay"}, {"--fit", "blur"},
        {"--resolution", "64x64"},     {"--fps", "25"}};
    for (const auto& change : changes) {
        Words words{"recipe-create", "No", "--mode", "all", "--preset", "original"};
        words.insert(words.end(), change.begin(), change.end());
        const auto ran = studio.dadcam(words);
        CHECK(ran.ended() == "exit code 2");
        CHECK(ran.err.find(change.front()) != std::string::npos);
    }
}

TEST_SUITE_END();

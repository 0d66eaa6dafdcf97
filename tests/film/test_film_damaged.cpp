// Clips with bytes that a medium lost: what cannot be decoded is not in the film, and that is said.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam::test;

namespace {

/// Six seconds, 30 pictures a second, each another one.
std::filesystem::path make_whole(Studio& studio, const std::string& name) {
    const auto whole = studio / name;
    output_of("ffmpeg",
              {"-nostdin",    "-v",    "error", "-f",       "lavfi", "-i",        "testsrc2=s=320x180:r=30:d=6",
               "-f",          "lavfi", "-i",    "sine=d=6", "-c:v",  "libx264",   "-preset",
               "veryfast",    "-g",    "60",    "-c:a",     "aac",   "-movflags", "+faststart",
               whole.string()});
    return whole;
}

/// Pictures that are as the one before.
std::size_t standing_in(const std::filesystem::path& film) {
    const auto pictures = pictures_in(film);
    std::size_t standing = 0;
    for (std::size_t at = 1; at < pictures.size(); ++at)
        if (pictures[at] == pictures[at - 1]) ++standing;
    return standing;
}

/// The longest silence, in seconds.
double silent_in(const std::filesystem::path& film) {
    std::size_t longest = 0, run = 0;
    for (const auto sample : left_samples(film)) {
        run = std::abs(sample) < 16 ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return static_cast<double>(longest) / 48'000;
}

struct Named {
    double pictures = 0, sound = 0;  ///< seconds
};

std::filesystem::path film_of(const Ran& ran) {
    return ran.out.substr(0, ran.out.find('\n'));
}

/// All that is named as not in the film.
Named named_in(const std::string& words) {
    Named named;
    const auto begin = words.find("Not in the film: ");
    if (begin == std::string::npos) return named;
    const auto line = words.substr(begin, words.find('\n', begin) - begin);
    for (auto at = line.find(" ("); at != std::string::npos; at = line.find(" (", at + 1)) {
        const auto text = line.substr(at, line.find(')', at) - at);
        (contains(text, " of sound ") ? named.sound : named.pictures) += std::atof(text.c_str() + 2);
    }
    return named;
}

}  // namespace

TEST_SUITE_BEGIN("damaged");

TEST_CASE("where pictures and sound cannot be decoded, a film stands still and is silent, and says so each time") {
    for (const std::string name : {"clip.mp4", "clip.mkv", "clip.flv", "clip.ts"}) {
        CAPTURE(name);
        Studio studio;
        auto bytes = read_file(make_whole(studio, name));
        for (std::size_t at = bytes.size() * 45 / 100; at < bytes.size() * 57 / 100; ++at) bytes[at] = '\0';
        write_file(studio.library / name, bytes);
        studio.take_in();
        for (const bool is_second : {false, true}) {  // made of the first one's segments
            CAPTURE(is_second);
            const auto ran = studio.try_film({"--preset", "archive"});
            CHECK(ran.ended() == "exit code 3");
            const auto film = film_of(ran);
            CHECK(pictures_in(film).size() == 180);
            const auto standing = static_cast<double>(standing_in(film)) / 30;
            CHECK(standing > 0.5);
            const auto named = named_in(ran.err);
            CHECK(std::abs(named.pictures - standing) < 0.11);
            CHECK(std::abs(named.sound - silent_in(film)) < 0.1);  // the packets at both ends are half of them there
        }
    }
}

TEST_CASE("of a few pictures that a clip lost as a whole each is named, also where ffmpeg only warns of it") {
    const std::vector<std::pair<std::string, std::string>> clips{{"clip.mxf", "mpeg2video"}, {"clip.nut", "mpeg4"}};
    for (const auto& [name, codec] : clips) {
        for (const std::size_t kilobytes : {8U, 20U, 40U}) {
            CAPTURE(name);
            CAPTURE(kilobytes);
            Studio studio;
            const auto whole = studio / name;
            output_of("ffmpeg", {"-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=6", "-c:v",
                                 codec, "-bf", "0", "-q:v", "2", whole.string()});
            auto bytes = read_file(whole);
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), kilobytes * 1024, '\0');
            write_file(studio.library / name, bytes);
            studio.take_in();
            const auto ran = studio.try_film({"--preset", "archive"});
            CHECK(ran.ended() == "exit code 3");
            const auto film = film_of(ran);
            CHECK(pictures_in(film).size() == 180);
            const auto standing = static_cast<double>(standing_in(film)) / 30;
            CHECK(standing > 0);
            CHECK(std::abs(named_in(ran.err).pictures - standing) < 0.05);
        }
    }
}

TEST_CASE("sound alone that cannot be decoded is named, also where the pictures are copied; silence is not") {
    for (const bool is_whole : {false, true}) {
        CAPTURE(is_whole);
        Studio studio;
        auto bytes = read_file(make_whole(studio, "clip.mp4"));
        const auto packets = nlohmann::json::parse(
            output_of("ffprobe", {"-v", "error", "-of", "json", "-select_streams", "a", "-show_entries",
                                  "packet=pts_time,pos,size", (studio / "clip.mp4").string()}))["packets"];
        for (const auto& packet : packets) {
            const auto text = [&](const char* field) { return packet.at(field).get<std::string>(); };
            const auto time = std::atof(text("pts_time").c_str());
            if (is_whole || time < 2 || time >= 3.5) continue;
            std::fill_n(bytes.begin() + std::atol(text("pos").c_str()), std::atol(text("size").c_str()), '\xff');
        }
        write_file(studio.library / "clip.mp4", bytes);
        studio.take_in();
        for (const std::string preset : {"archive", "original"}) {
            CAPTURE(preset);
            const auto ran = studio.try_film({"--preset", preset});
            CHECK(ran.ended() == (is_whole ? "exit code 0" : "exit code 3"));
            const auto named = named_in(ran.err);
            CHECK(named.pictures == 0);
            CHECK(std::abs(named.sound - (is_whole ? 0 : 1.5)) < 0.05);
        }
    }
}

TEST_CASE("a movie that lost less than a second of its end is as long as what there is of it") {
    for (const std::size_t percent : {88U, 96U, 99U}) {
        CAPTURE(percent);
        Studio studio;
        const auto bytes = read_file(make_whole(studio, "clip.mp4"));
        write_file(studio.library / "clip.mp4", bytes.substr(0, bytes.size() * percent / 100));
        const auto decoded = pictures_in(studio.library / "clip.mp4").size();
        studio.take_in();
        const auto ran = studio.try_film({"--preset", "archive"});
        const auto film = film_of(ran);
        const auto standing = standing_in(film);
        CHECK(standing < 5);  // before the last one that there is, some that would follow it in the file are missing
        CHECK(ran.ended() == (named_in(ran.err).pictures > 0 ? "exit code 3" : "exit code 0"));
        CHECK(pictures_in(film).size() == decoded + standing);
    }
}

TEST_CASE("a clip that was cut off is shorter than its header says, in any container whose header says it") {
    const std::vector<std::pair<std::string, std::string>> kinds{
        {"clip.mxf", "mpeg2video"}, {"clip.rm", "rv20"}, {"clip.mkv", "mpeg4"}, {"clip.avi", "mpeg4"}};
    for (const auto& [name, codec] : kinds) {
        CAPTURE(name);
        Studio studio;
        const auto source = make_whole(studio, "clip.mp4").string();
        output_of("ffmpeg", {"-nostdin", "-v", "error", "-i", source, "-b:v", "1M", "-c:v", codec, "-c:a",
                             name == "clip.mxf" ? "pcm_s16le" : "ac3", "-ar", "48000", (studio / name).string()});
        const auto bytes = read_file(studio / name);
        write_file(studio.library / name, bytes.substr(0, bytes.size() * 6 / 10));
        studio.dadcam({"init"});
        const auto said = studio.dadcam({"ingest", "."}).err;
        CHECK(contains(said, "shorter than its header says: " + name + ": 3."));
        CHECK(contains(said, " s of 6."));
    }
}

TEST_CASE("fragments of a movie that cannot be found are named, when it is taken in and in each film") {
    Studio studio;
    studio.take_in();
    const auto whole = studio / "whole.mp4";
    output_of("ffmpeg", {"-nostdin", "-v", "error", "-i", make_whole(studio, "clip.mp4").string(), "-c", "copy",
                         "-movflags", "frag_keyframe+empty_moov+default_base_moof", whole.string()});
    const auto bytes = read_file(whole);
    const auto first = bytes.find("moof"), second = bytes.find("moof", first + 1);  // one each two seconds
    REQUIRE(second != std::string::npos);
    struct Damage {
        std::size_t at, count;
        std::string_view taken_in, in_film;
        std::size_t pictures;
    };
    for (const auto& [at, count, taken_in, in_film, pictures] :
         {Damage{second - 4, 8, "damaged: clip.mp4: what comes at 2.00 s cannot be read",
                 "Not in the film: clip.mp4 (what comes at 2.00 s)", 60},
          Damage{second + 4, 60, "damaged: clip.mp4: 2.00 s at 2.00 s cannot be read",
                 "Not in the film: clip.mp4 (2.00 s at 2.00 s)", 180}}) {
        CAPTURE(at);
        auto damaged = bytes;
        std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(at), count, '\0');
        write_file(studio.library / "clip.mp4", damaged);
        CHECK(contains(studio.dadcam({"ingest", "."}).err, taken_in));
        for (const std::string preset : {"archive", "original"}) {
            CAPTURE(preset);
            const auto ran = studio.try_film({"--preset", preset});
            CHECK(ran.ended() == "exit code 3");
            CHECK(contains(ran.err, in_film));
            if (preset == "archive") CHECK(pictures_in(film_of(ran)).size() == pictures);
        }
    }
}

TEST_SUITE_END();

// Clips with bytes that a medium lost: what cannot be decoded is not in the film, and that is said.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

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

/// All seconds that are named as not in the film.
double named_seconds(const std::string& words) {
    const auto begin = words.find("Not in the film: ");
    if (begin == std::string::npos) return 0;
    const auto line = words.substr(begin, words.find('\n', begin) - begin);
    double sum = 0;
    for (auto at = line.find(" ("); at != std::string::npos; at = line.find(" (", at + 1))
        sum += std::atof(line.c_str() + at + 2);
    return sum;
}

}  // namespace

TEST_SUITE_BEGIN("damaged");

TEST_CASE("where pictures cannot be decoded the film stands still, and says so, each time that it is made") {
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
            const auto film = ran.out.substr(0, ran.out.find('\n'));
            CHECK(pictures_in(film).size() == 180);
            const auto standing = static_cast<double>(standing_in(film)) / 30;
            CHECK(standing > 0.5);
            CHECK(std::abs(named_seconds(ran.err) - standing) < 0.11);
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
        const auto film = ran.out.substr(0, ran.out.find('\n'));
        const auto standing = standing_in(film);
        CHECK(standing < 5);  // before the last one that there is, some that would follow it in the file are missing
        CHECK(ran.ended() == (named_seconds(ran.err) > 0 ? "exit code 3" : "exit code 0"));
        CHECK(pictures_in(film).size() == decoded + standing);
    }
}

TEST_SUITE_END();

// What a header says of a length, and what there is: clips of which it says too little, too much, or nothing.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>
#include <tests/support/scripts.hpp>

using namespace dadcam::test;
namespace fs = std::filesystem;

TEST_SUITE_BEGIN("lengths");

namespace {

/// Pictures that become brighter by two steps each, and a tone of another length.
Words rising(int pictures, double sound_seconds) {
    return {
        "-f", "lavfi",
        "-i", fmt::format("nullsrc=s=64x48:r=25:d={},format=yuv420p,geq=lum='20+2*N':cb=128:cr=128", pictures / 25.0),
        "-f", "lavfi",
        "-i", fmt::format("sine=r=48000:d={}", sound_seconds)};
}

/// Each of so many pictures, once.
void check_rising(const fs::path& film, std::size_t pictures) {
    const auto grey = brightness(film);
    REQUIRE(grey.size() == pictures);
    int not_brighter = 0;
    for (std::size_t i = 1; i < grey.size(); ++i) {
        if (grey[i] <= grey[i - 1] + 1) ++not_brighter;
    }
    CHECK(not_brighter == 0);
}

void check_clip(
    const std::string& name, const Words& encoding, double sound_seconds,
    const std::function<void(std::string&)>& change = [](std::string&) {}) {
    CAPTURE(name);
    constexpr int kPictures = 75;
    Studio studio;
    auto words = rising(kPictures, sound_seconds);
    words.insert(words.end(), encoding.begin(), encoding.end());
    studio.clip(name, words);
    studio.make_clips();
    auto bytes = read_file(studio.library / name);
    change(bytes);
    write_file(studio.library / name, bytes);
    studio.take_in();
    check_rising(studio.film({"--fps", "25", "--resolution", "64x48", "--preset", "archive"}), kPictures);
}

/// Writes bytes over those behind a name, at a distance.
std::function<void(std::string&)> with(const std::string& after, std::size_t distance, const std::string& bytes) {
    return [=](std::string& file) {
        const auto found = file.find(after);
        REQUIRE(found != std::string::npos);
        file.replace(found + after.size() + distance, bytes.size(), bytes);
    };
}

const Words kX264{"-c:v", "libx264", "-preset", "ultrafast", "-qp", "10"};

Words encoded(const Words& more) {
    auto words = kX264;
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

}  // namespace

TEST_CASE("a clip whose sound is longer or shorter than its pictures has all of these, and no other") {
    for (const double sound : {1.5, 6.0}) {
        check_clip("a.flv", encoded({"-c:a", "aac", "-f", "flv"}), sound);
        check_clip("a.mkv", encoded({"-c:a", "aac", "-f", "matroska"}), sound);
        check_clip("a.wmv", {"-c:v", "mpeg4", "-q:v", "2", "-c:a", "wmav2", "-f", "asf"}, sound);
        check_clip("a.nut", encoded({"-c:a", "aac", "-f", "nut"}), sound);
    }
}

TEST_CASE("a header that says too little or too much of a length hides no picture") {
    const Words mjpeg{"-c:v", "mjpeg", "-q:v", "2", "-c:a", "pcm_s16le", "-f", "avi"};
    // The number of pictures in an AVI's stream header (32 bits, the lowest byte first).
    for (const auto& length : std::vector{std::string("\x19\0\0\0", 4), std::string("\0\x10\0\0", 4)})
        check_clip("a.avi", mjpeg, 3, with("strh", 4 + 32, length));
    // An AVI that was cut before its index.
    check_clip("cut.avi", mjpeg, 3, [](std::string& file) { file.resize(file.rfind("idx1")); });
    // The duration of MP4's first track, of which its table of pictures tells otherwise.
    check_clip("a.mp4", encoded({"-c:a", "aac"}), 3, with("mdhd", 16, std::string("\0\0\4\0", 4)));
    // Matroska: 64-bit floating point, milliseconds; the streams' own lengths are not written.
    const auto live = encoded({"-c:a", "aac", "-write_crc32", "0", "-fflags", "+bitexact", "-f", "matroska"});
    for (const auto& length :
         std::vector{std::string("\x40\x8f\x40\0\0\0\0\0", 8), std::string("\x41\x2e\x84\x80\0\0\0\0", 8)})
        check_clip("a.mkv", live, 3, [&](std::string& file) {
            for (auto at = file.find("DURATION"); at != std::string::npos; at = file.find("DURATION")) file[at] = 'X';
            with(std::string("\x44\x89\x88", 3), 0, length)(file);
        });
}

TEST_CASE("a raw stream is counted, and each picture is where it belongs") {
    check_clip("a.h264", encoded({"-bf", "2", "-map", "0:v", "-f", "h264"}), 1);
    check_clip("a.m2v", {"-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-map", "0:v", "-f", "mpeg2video"}, 1);
    check_clip("b.m2v", {"-c:v", "mpeg2video", "-q:v", "2", "-map", "0:v", "-f", "mpeg2video"}, 1);
    check_clip("a.m4v", {"-c:v", "mpeg4", "-q:v", "2", "-map", "0:v", "-f", "m4v"}, 1);
}

TEST_CASE("a clock that comes to the end of its 33 bits goes on") {
    // Noise: in MPEG-PS a picture that is smaller than a packet has no time of its own.
    check_clip("a.mts", encoded({"-c:a", "aac", "-output_ts_offset", "95440.5", "-f", "mpegts"}), 3);
    check_clip("a.vob",
               {"-vf", "noise=alls=25:allf=t", "-c:v", "mpeg2video", "-q:v", "2", "-g", "5", "-c:a", "mp2",
                "-output_ts_offset", "95442", "-f", "vob"},
               3);
}

TEST_CASE("a large thumbnail beside the recording is not the clip, where no header counts the pictures") {
    Studio studio;
    auto words = rising(75, 3);
    words.insert(words.begin(), {"-f", "lavfi", "-t", "0.04", "-i", "testsrc2=s=320x240:r=25"});
    words.insert(words.end(), {"-map", "0:v", "-map", "1:v", "-map", "2:a", "-c:v:0", "mjpeg", "-c:v:1", "libx264",
                               "-qp:v:1", "10", "-c:a", "aac", "-f", "matroska"});
    studio.clip("a.mkv", words);
    studio.take_in();
    check_rising(studio.film({"--fps", "25", "--resolution", "64x48", "--preset", "archive"}), 75);
}

TEST_SUITE_END();

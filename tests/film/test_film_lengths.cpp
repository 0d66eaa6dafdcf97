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

constexpr int kPictures = 75;

using Change = std::function<void(std::string&)>;

/// Clips whose pictures become brighter, each by as much as the one before it; and a tone.
class Clips {
public:
    void add(const std::string& name, const Words& encoding, double sound_seconds = 3, Change change = {}) {
        Words words{
            "-f",
            "lavfi",
            "-i",
            fmt::format("nullsrc=s=64x48:r=25:d={},format=yuv420p,geq=lum='20+2*N':cb=128:cr=128", kPictures / 25.0),
            "-f",
            "lavfi",
            "-i",
            fmt::format("sine=r=48000:f={}:d={}", 300 + 10 * names_.size(), sound_seconds)};
        words.insert(words.end(), encoding.begin(), encoding.end());
        studio_.clip(name, words);
        names_.push_back(name);
        if (change) changes_.emplace_back(name, std::move(change));
    }

    /// Their film has each picture of each of them, once, and its export ends so.
    Ran check(const std::string& ended = "exit code 0") {
        studio_.make_clips();
        for (const auto& [name, change] : changes_) {
            auto bytes = read_file(studio_.library / name);
            change(bytes);
            write_file(studio_.library / name, bytes);
        }
        studio_.take_in();
        auto ran = studio_.try_film({"--fps", "25", "--resolution", "64x48", "--preset", "archive"});
        CHECK(ran.ended() == ended);
        const auto grey = brightness(ran.out.substr(0, ran.out.find('\n')));
        REQUIRE(grey.size() == names_.size() * kPictures);
        for (std::size_t clip = 0; clip < names_.size(); ++clip) {
            int not_brighter = 0;
            for (std::size_t i = clip * kPictures + 1; i < (clip + 1) * kPictures; ++i) {
                if (grey[i] <= grey[i - 1]) ++not_brighter;
            }
            CAPTURE(names_[clip]);
            CHECK(not_brighter == 0);
        }
        return ran;
    }

private:
    Studio studio_;
    std::vector<std::string> names_;
    std::vector<std::pair<std::string, Change>> changes_;
};

/// Writes bytes over those behind a name, at a distance.
Change with(const std::string& after, std::size_t distance, const std::string& bytes) {
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
    Clips clips;
    for (const double sound : {1.5, 6.0}) {
        const auto name = fmt::format("sound of {}", sound);
        clips.add(name + ".flv", encoded({"-c:a", "aac", "-f", "flv"}), sound);
        clips.add(name + ".mkv", encoded({"-c:a", "aac", "-f", "matroska"}), sound);
        clips.add(name + ".wmv", {"-c:v", "mpeg4", "-q:v", "2", "-c:a", "wmav2", "-f", "asf"}, sound);
        clips.add(name + ".nut", encoded({"-c:a", "aac", "-f", "nut"}), sound);
    }
    clips.check();
}

TEST_CASE("a header that says too little or too much of a length hides no picture") {
    Clips clips;
    const Words mjpeg{"-c:v", "mjpeg", "-q:v", "2", "-c:a", "pcm_s16le", "-f", "avi"};
    // The number of pictures in an AVI's stream header (32 bits, the lowest byte first).
    clips.add("little.avi", mjpeg, 3, with("strh", 4 + 32, std::string("\x19\0\0\0", 4)));
    clips.add("much.avi", mjpeg, 3, with("strh", 4 + 32, std::string("\0\x10\0\0", 4)));
    // An AVI that was cut before its index.
    clips.add("cut.avi", mjpeg, 3, [](std::string& file) { file.resize(file.rfind("idx1")); });
    // The duration of MP4's first track, of which its table of pictures tells otherwise.
    clips.add("a.mp4", encoded({"-c:a", "aac"}), 3, with("mdhd", 16, std::string("\0\0\4\0", 4)));
    // Matroska: 64-bit floating point, milliseconds; the streams' own lengths are made illegible.
    const auto matroska = encoded({"-c:a", "aac", "-write_crc32", "0", "-fflags", "+bitexact", "-f", "matroska"});
    const auto claims = [](const std::string& length) {
        return [length](std::string& file) {
            for (auto at = file.find("DURATION"); at != std::string::npos; at = file.find("DURATION")) file[at] = 'X';
            with("\x44\x89\x88", 0, length)(file);
        };
    };
    clips.add("second.mkv", matroska, 3, claims(std::string("\x40\x8f\x40\0\0\0\0\0", 8)));
    clips.add("quarter.mkv", matroska, 3, claims(std::string("\x41\x2e\x84\x80\0\0\0\0", 8)));
    clips.check();
}

TEST_CASE("where the clock begins anew in a container that cannot be entered there, the film ends, and says so") {
    const auto twice = [](std::string& bytes) { bytes += bytes; };
    Clips clips;
    clips.add("a.mkv", encoded({"-c:a", "aac", "-f", "matroska"}), 3, twice);
    clips.add("a.webm", {"-c:v", "libvpx", "-deadline", "realtime", "-q:v", "2", "-c:a", "libvorbis", "-f", "webm"}, 3,
              twice);
    clips.add("a.mp4", encoded({"-an", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"}), 3,
              twice);
    const auto ran = clips.check("exit code 3");
    for (const std::string name : {"a.mkv", "a.webm", "a.mp4"}) {
        CAPTURE(ran.err);
        CHECK(ran.err.find(name + " (what comes at 3.0") != std::string::npos);
    }
}

TEST_CASE("a clip of which each picture is shown for seconds begins with its first one") {
    constexpr int kSlow = 6, kSeconds = 4;
    Studio studio;
    const std::vector<std::string> names{"a.mkv", "a.nut", "a.mp4", "a.flv"};
    for (const auto& name : names) {
        studio.clip(name, {"-f", "lavfi", "-i",
                           fmt::format("nullsrc=s=64x48:r=1/{}:d={},format=yuv420p,geq=lum='40+30*N':cb=128:cr=128",
                                       kSeconds, kSeconds * kSlow),
                           "-c:v", "libx264", "-qp", "2"});
    }
    studio.take_in();
    const auto grey = brightness(studio.film({"--fps", "1", "--resolution", "64x48", "--preset", "archive"}));
    REQUIRE(grey.size() == names.size() * kSlow * kSeconds);
    for (std::size_t at = 0; at < grey.size(); ++at) {
        CAPTURE(at);
        const double luma = 40 + 30 * static_cast<double>(at / kSeconds % kSlow);
        CHECK(std::abs(grey[at] - (luma - 16) * 255 / 219) < 10);
    }
}

TEST_CASE("an AVI whose ticks are finer than its pictures has the last ones, too") {
    for (const Words& codec : {encoded({"-bf", "3"}), Words{"-c:v", "mpeg4", "-q:v", "2", "-bf", "2"}}) {
        CAPTURE(codec[1]);
        Studio studio;
        Words words{"-f", "lavfi", "-i", "nullsrc=s=64x48:r=25:d=3,format=yuv420p,geq=lum='20+2*N':cb=128:cr=128"};
        words.insert(words.end(), codec.begin(), codec.end());
        words.insert(words.end(), {"-fps_mode", "passthrough", "-enc_time_base", "1:50"});
        studio.clip("a.avi", words);
        studio.take_in();
        const auto grey = brightness(studio.film({"--preset", "archive", "--resolution", "64x48"}));
        int brighter = 1;
        for (std::size_t i = 1; i < grey.size(); ++i)
            if (grey[i] > grey[i - 1]) ++brighter;
        CHECK(grey.size() == 2 * kPictures);
        CHECK(brighter == kPictures);
    }
}

TEST_CASE("a raw stream is counted, and each picture is where it belongs") {
    Clips clips;
    clips.add("a.h264", encoded({"-bf", "2", "-map", "0:v", "-f", "h264"}));
    clips.add("a.m2v", {"-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-map", "0:v", "-f", "mpeg2video"});
    clips.add("b.m2v", {"-c:v", "mpeg2video", "-q:v", "2", "-map", "0:v", "-f", "mpeg2video"});
    clips.add("a.m4v", {"-c:v", "mpeg4", "-q:v", "2", "-map", "0:v", "-f", "m4v"});
    clips.check();
}

TEST_CASE("a clock that comes to the end of its 33 bits goes on") {
    Clips clips;
    clips.add("a.mts", encoded({"-c:a", "aac", "-output_ts_offset", "95440.5", "-f", "mpegts"}));
    // Noise: in MPEG-PS a picture that is smaller than a packet has no time of its own.
    clips.add("a.vob", {"-vf", "noise=alls=25:allf=t", "-c:v", "mpeg2video", "-q:v", "2", "-g", "5", "-c:a", "mp2",
                        "-output_ts_offset", "95442", "-f", "vob"});
    clips.check();
}

TEST_CASE("a large thumbnail beside the recording is not the clip, where no header counts the pictures") {
    Clips clips;
    clips.add("a.mkv", {"-f",     "lavfi", "-t",     "0.04",    "-i",      "testsrc2=s=320x240:r=25",
                        "-map",   "2:v",   "-map",   "0:v",     "-map",    "1:a",
                        "-c:v:0", "mjpeg", "-c:v:1", "libx264", "-qp:v:1", "10",
                        "-c:a",   "aac",   "-f",     "matroska"});
    clips.check();
}

TEST_SUITE_END();

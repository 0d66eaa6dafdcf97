// A tape that was read as one file is cut inside, where nothing but dadcam wants a boundary.

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <tests/film/compare.hpp>

using namespace dadcam::test;

namespace {

/// Two boundaries inside: at 60 and at 120 seconds.
constexpr const char* kSeconds = "141";

std::string noise_and_sweep(int rate) {
    return fmt::format(";aevalsrc=.3*sin(2*PI*(200+3*t)*t)|.5*random(0)-.25:s={}", rate);
}

Words x264_with_b_frames(const Words& more) {
    Words all{"-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-g", "50", "-crf", "30", "-pix_fmt", "yuv420p"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

Words generated(const std::string& picture, int sample_rate, const Words& encoders) {
    Words all{"-lavfi", picture + noise_and_sweep(sample_rate), "-t", kSeconds};
    all.insert(all.end(), encoders.begin(), encoders.end());
    return all;
}

const Words kPlainAac{"-c:a", "aac", "-aac_pns", "0", "-b:a", "96k"};  // without noise made up by the decoder

void ask_for_digital_clips(Studio& studio) {
    studio.clip("cfr.mp4", generated("testsrc2=s=64x48:r=30000/1001", 44100, x264_with_b_frames(kPlainAac)));
    auto uneven = x264_with_b_frames(kPlainAac);
    uneven.insert(uneven.end(),
                  {"-fps_mode", "passthrough", "-enc_time_base:v", "1:600", "-video_track_timescale", "600"});
    studio.clip("vfr.mp4",
                generated("testsrc2=s=64x48:r=30,settb=1/600,setpts=20*(N+floor(N/3)+2*floor(N/11))+mod(7*N\\,5)",
                          48000, uneven));
    studio.clip("camera.avi", generated("testsrc2=s=64x48:r=30,format=yuvj422p", 22050,
                                        {"-c:v", "mjpeg", "-q:v", "8", "-c:a", "pcm_s16le"}));
    studio.clip("editor.mov", generated("testsrc2=s=64x48:r=50", 44100, x264_with_b_frames({"-c:a", "pcm_s16le"})));
}

void ask_for_streams(Studio& studio) {
    studio.clip("disc.mpg", generated("testsrc2=s=64x64:r=50,format=yuv420p,tinterlace=interleave_top", 48000,
                                      {"-f", "vob", "-c:v", "mpeg2video", "-flags:v", "+ildct+ilme", "-bf", "2", "-q:v",
                                       "8", "-c:a", "mp2", "-b:a", "256k"}));
    studio.clip("stream.ts", generated("testsrc2=s=64x48:r=25,setpts=PTS+.12/TB", 48000,
                                       x264_with_b_frames({"-c:a", "ac3", "-b:a", "384k"})));
}

Words archive_at(const Words& rate_and_more) {
    Words options{"--preset", "archive", "--resolution", "64x48", "--fps"};
    options.insert(options.end(), rate_and_more.begin(), rate_and_more.end());
    return options;
}

const Words kHardCuts{"25"};
const Words kCrossfades{"30000/1001", "--transition", "crossfade", "--transition-ms", "700"};
const Words kTrims{"30", "--max-clip-secs", "100.01"};

}  // namespace

TEST_SUITE_BEGIN("long_clips");

TEST_CASE("cuts inside files with an index do not show") {
    Studio studio;
    ask_for_digital_clips(studio);
    studio.take_in();
    for (const auto& film : {kCrossfades, kTrims}) {
        INFO(fmt::format("{}", fmt::join(film, " ")));
        check_segments_do_not_show(studio, studio.film(archive_at(film)));
    }
}

TEST_CASE("cuts inside streams do not show") {
    Studio studio;
    ask_for_streams(studio);
    studio.take_in();
    for (const auto& film : {kHardCuts, kCrossfades}) {
        INFO(fmt::format("{}", fmt::join(film, " ")));
        check_segments_hardly_show(studio, studio.film(archive_at(film)));
    }
}

TEST_SUITE_END();

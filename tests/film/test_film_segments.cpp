// A film that was cut into segments is the film that was rendered as one.

#include <doctest/doctest.h>

#include <tests/film/compare.hpp>

using namespace dadcam::test;

namespace {

/// Every kind of footage that has tried to differ at a cut: fields, odd time stamps, B frames, sound out of step.
const Words kTricky{"1998-07 Italy holiday/tape 1.avi", "2003-12-24 Christmas/tree.dv",  "2005 Wedding/camera.mpg",
                    "AVCHD/BDMV/STREAM/00000.MTS",      "2002 Kodak/DSCN0012.AVI",       "DCIM/100GOPRO/GOPR0042.MP4",
                    "2012 Birthday/late sound.mp4",     "2012 Birthday/short sound.mp4", "2012 Birthday/no sound.mp4",
                    "Phones/Anna/IMG_0101.MOV",         "Phones/Anna/IMG_0102.MOV"};

void check_at(const std::string& rate, const Words& options) {
    Studio studio;
    studio.take_clips(kTricky);
    studio.take_in();
    Words all{"--preset", "archive", "--resolution", "160x120", "--fps", rate};
    all.insert(all.end(), options.begin(), options.end());
    check_segments_do_not_show(studio, studio.film(all));
}

}  // namespace

TEST_SUITE_BEGIN("segments");

TEST_CASE("with hard cuts at 25") {
    check_at("25", {});
}

TEST_CASE("with crossfades and trims at 30000/1001") {
    // Two clips that are trimmed keep two seconds of their own, and so a segment of their own: where shorter ones are
    // cut follows from their content, and that of the sample library is another one with each version of ffmpeg.
    check_at("30000/1001", {"--transition", "crossfade", "--transition-ms", "400", "--max-clip-secs", "2.5"});
}

TEST_CASE("with crossfades longer than the clips at 30") {
    check_at("30", {"--transition", "crossfade", "--transition-ms", "3000"});
}

TEST_SUITE_END();

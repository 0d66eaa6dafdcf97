// A film that was cut into segments is the film that was rendered as one.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tests/film/decode.hpp>
#include <tests/film/studio.hpp>

using namespace dadcam::test;

namespace {

/// Every kind of footage that has tried to differ at a cut: fields, odd time stamps, B frames, sound out of step.
const Words kTricky{"1998-07 Italy holiday/tape 1.avi", "2003-12-24 Christmas/tree.dv",
                    "2005 Wedding/camera.mpg",          "AVCHD/BDMV/STREAM/00000.MTS",
                    "2002 Kodak/DSCN0012.AVI",          "DCIM/100GOPRO/GOPR0042.MP4",
                    "2012 Birthday/late sound.mp4",     "2012 Birthday/short sound.mp4",
                    "2012 Birthday/no sound.mp4",       "Phones/Anna/IMG_0101.MOV",
                    "Phones/Anna/IMG_0102.MOV"};

/// Compares the last film with the same one rendered as one segment.
void check_segments_do_not_show(Studio& studio, const std::filesystem::path& film) {
    const auto whole = studio.one_segment();
    const auto cut_pictures = picture_hashes(film);
    const auto pictures = picture_hashes(whole);
    REQUIRE(cut_pictures.size() == pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        INFO("picture " << i << " of " << pictures.size());
        REQUIRE(cut_pictures[i] == pictures[i]);
    }
    const auto cut_sound = samples(film);
    const auto sound = samples(whole);
    CHECK(cut_sound.size() == sound.size());
    CHECK(first_difference(cut_sound, sound) == -1);
}


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
    check_at("30000/1001", {"--transition", "crossfade", "--transition-ms", "400", "--max-clip-secs", "1.7"});
}

TEST_CASE("with crossfades longer than the clips at 30") {
    check_at("30", {"--transition", "crossfade", "--transition-ms", "3000"});
}

TEST_SUITE_END();

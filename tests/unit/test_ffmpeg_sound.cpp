#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/sound.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;
using test::contains;

namespace {

std::string chain_of(int channels) {
    auto facts = test::facts_of();
    facts.sound->channels = channels;
    return sound_chain(facts, {{0}, {48000}}, 0);
}

}  // namespace

TEST_CASE("mono is heard on both sides at its own level, anything else is mixed by ffmpeg") {
    CHECK(contains(chain_of(1), "channelmap=map=0-FL|0-FR:channel_layout=stereo,"));
    CHECK_FALSE(contains(chain_of(2), "channelmap"));
    CHECK_FALSE(contains(chain_of(6), "channelmap"));
    CHECK(contains(chain_of(6), "aformat=sample_fmts=s16:channel_layouts=stereo"));
}

TEST_CASE("sound is shifted as the picture is, in its own samples") {
    auto facts = test::facts_of();
    facts.time_base = {1, 90000};
    facts.start_pts = 9000;
    facts.sound->sample_rate = 44100;
    CHECK(sound_chain(facts, {{0}, {48000}}, 0).starts_with("asetpts=PTS-(4410),"));
    facts.start_pts = -9000;
    CHECK(sound_chain(facts, {{0}, {48000}}, 0).starts_with("asetpts=PTS-(-4410),"));
}

TEST_CASE("gaps are filled at the clip's own rate, from the second that is counted from") {
    auto facts = test::facts_of();
    facts.sound->sample_rate = 32000;
    const auto text = sound_chain(facts, {{10 * 48000}, {48000}}, 9);
    CHECK(contains(text, "aresample=32000:async=1:"));
    CHECK(contains(text, ":first_pts=288000,"));
    CHECK(contains(text, "aresample=48000,"));
}

TEST_CASE("a window is cut out by its samples, and silence fills what is missing") {
    const auto text = sound_chain(test::facts_of(), {{480'500}, {1601}}, 9);
    CHECK(text.ends_with("apad,atrim=start_sample=48500:end_sample=50101,asetpts=N"));
}

TEST_CASE("silence is as long as it is asked for") {
    CHECK(silence({1602}) == "anullsrc=r=48000:cl=stereo,aformat=sample_fmts=s16,atrim=end_sample=1602,asetpts=N");
}

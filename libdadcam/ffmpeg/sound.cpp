#include <fmt/format.h>

#include <libdadcam/ffmpeg/sound.hpp>

namespace dadcam::ffmpeg {
namespace {

/// Time stamps that drift further than this from the samples' own count are a gap or an overlap in the recording.
constexpr double kGapSeconds = 0.04;

/// The same where the recording is known to jump now and then only: a frame of sound too many is as short as 21 ms, and
/// every one of them makes it later.
constexpr double kSpliceSeconds = 0.004;

/// Of so many channels each version of ffmpeg knows where they are heard.
constexpr int kMostGuessed = 8;

/// Channels of which nobody knows where they belong: a recorder's tracks. The odd ones are heard on the left, the even
/// ones on the right, all equally loud, and never too loud together.
std::string spread(int channels) {
    std::string left, right;
    for (int channel = 0; channel < channels; ++channel) {
        auto& side = channel % 2 == 0 ? left : right;
        side += fmt::format("{}c{}", side.empty() ? "" : "+", channel);
    }
    return fmt::format(",pan=stereo|FL<{}|FR<{}", left, right);
}

}  // namespace

std::string sound_chain(const footage::Facts& facts, SampleWindow window, std::int64_t first_second, bool is_spliced) {
    const auto& sound = *facts.sound;
    const std::int64_t picture_start =
        rounded_product(facts.start_pts * facts.time_base.num, sound.sample_rate, facts.time_base.den);
    // Gaps are filled at the clip's own rate, from a whole second on, where source and film samples coincide.
    std::string chain =
        fmt::format("asetpts=PTS-({}),aresample={}:async=1:min_hard_comp={}:first_pts={}", picture_start,
                    sound.sample_rate, is_spliced ? kSpliceSeconds : kGapSeconds, first_second * sound.sample_rate);
    // ffmpeg would make mono quieter in both channels of stereo.
    if (sound.channels == 1) chain += ",channelmap=map=0-FL|0-FR:channel_layout=stereo";
    if (sound.channels > kMostGuessed && sound.layout.empty()) chain += spread(sound.channels);
    const std::int64_t first = window.from.count - first_second * kSampleRate;
    return chain + fmt::format(
                       ",aresample={},aformat=sample_fmts=s16:channel_layouts=stereo,apad,"
                       "atrim=start_sample={}:end_sample={},asetpts=N",
                       kSampleRate, first, first + window.samples.count);
}

std::string silence(Samples samples) {
    return fmt::format("anullsrc=r={}:cl=stereo,aformat=sample_fmts=s16,atrim=end_sample={},asetpts=N", kSampleRate,
                       samples.count);
}

}  // namespace dadcam::ffmpeg

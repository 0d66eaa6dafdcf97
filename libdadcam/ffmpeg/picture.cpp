#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/ffmpeg/picture.hpp>

namespace dadcam::ffmpeg {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// The sound needs half a second before the window for its resampler, whole seconds, and its decoder a lead-in before
/// that. MPEG streams have no index: they are entered between key frames, which are a second apart at the most.
std::int64_t lead_us(const footage::Facts& facts) {
    return (facts.container.rfind("mpeg", 0) == 0 ? 3 : 2) * kSecond;
}

/// One field after the other where the film has more pictures a second than the clip has frames.
std::string deinterlacing(const footage::Facts& facts, Rational rate) {
    if (!footage::interlaced(facts)) return {};
    const bool fields = facts.rate.positive() && rate.value() > facts.rate.value() * 1.01;
    const bool top_first = facts.field_order == "tt" || facts.field_order == "bt";
    return fmt::format("bwdif=mode={}:parity={}:deint=all,", fields ? "send_field" : "send_frame",
                       top_first ? "tff" : "bff");
}

bool full_range(const footage::Facts& facts) {
    return facts.color_range == "pc" || facts.pixel_format.rfind("yuvj", 0) == 0;
}

bool rgb(const footage::Facts& facts) {
    return facts.color_space == "gbr" || facts.pixel_format.find("rgb") != std::string::npos ||
           facts.pixel_format.find("bgr") != std::string::npos || facts.pixel_format == "pal8";
}

/// zscale's name of the clip's YUV matrix. A stream that does not say has the one of its time: BT.601 up to standard
/// definition, BT.709 above (ITU-R BT.601 and BT.709; what players do).
std::string matrix(const footage::Facts& facts) {
    const std::string& said = facts.color_space;
    if (said == "bt709") return "709";
    if (said == "bt470bg") return "470bg";
    if (said == "smpte170m") return "170m";
    if (said == "smpte240m") return "240m";
    if (said == "fcc") return "fcc";
    if (said == "bt2020nc") return "2020_ncl";
    if (said == "bt2020c") return "2020_cl";
    if (said == "ycgco") return "ycgco";
    return facts.width >= 1280 || facts.height > 576 ? "709" : "170m";
}

int even(double side, int most) {
    return std::clamp(static_cast<int>(std::lround(side / 2)) * 2, 2, most);
}

/// Fits the picture into the frame with bars, in square pixels and BT.709 limited range. RGB input becomes YUV by
/// ffmpeg's own conversion first (BT.601, limited).
std::string framing(const footage::Facts& facts, const timeline::FilmFormat& format, const std::string& pixel_format) {
    const auto shown = footage::display_size(facts);
    const double scale = std::min(static_cast<double>(format.size.width) / shown.width,
                                  static_cast<double>(format.size.height) / shown.height);
    const int width = even(shown.width * scale, format.size.width);
    const int height = even(shown.height * scale, format.size.height);
    const std::string to_yuv = rgb(facts) ? "format=yuv444p," : "";
    return fmt::format("{}zscale=w={}:h={}:f=bicubic:min={}:rin={}:m=709:r=limited,format={},setsar=1,pad={}:{}:{}:{},",
                       to_yuv, width, height, rgb(facts) ? "170m" : matrix(facts),
                       !rgb(facts) && full_range(facts) ? "full" : "limited", pixel_format, format.size.width,
                       format.size.height, (format.size.width - width) / 4 * 2, (format.size.height - height) / 4 * 2);
}

/// Shifts the clip's first picture to zero and puts the rest onto the film's grid. A second is a whole number of ticks,
/// and a grid second is a whole number of frames, so nothing is rounded but the pictures' own times.
std::string onto_grid(const footage::Facts& facts, std::int64_t grid_seconds, Rational rate) {
    const std::int64_t halves = footage::interlaced(facts) ? 2 : 1;  // a field's time is half a tick
    return fmt::format("settb=1/{},setpts=PTS-({}),fps={}:start_time={}:round=near,", facts.time_base.den * halves,
                       facts.start_pts * facts.time_base.num * halves, to_string(rate), grid_seconds);
}

}  // namespace

Seek seek_for(const footage::Facts& facts, Window window, Rational rate) {
    const std::int64_t from_us = microseconds_at(window.from, rate);
    const std::int64_t read_us = std::max<std::int64_t>(0, from_us - lead_us(facts));
    Seek seek;
    // rate.den seconds are rate.num frames: the only seconds that lie on the grid of an NTSC rate.
    seek.grid_seconds = from_us / kSecond / rate.den * rate.den;
    seek.sound_seconds = std::max<std::int64_t>(0, from_us - kSecond / 2) / kSecond;
    const std::int64_t input_us = facts.start_us - facts.container_start_us + read_us;
    if (read_us > 0 && input_us > 0) seek.input_us = input_us;
    return seek;
}

std::string picture_chain(const footage::Facts& facts, Window window, const timeline::FilmFormat& format,
                          const std::string& pixel_format) {
    const std::string grid = onto_grid(facts, seek_for(facts, window, format.rate).grid_seconds, format.rate);
    const std::string frame = framing(facts, format, pixel_format);
    // Pictures are dropped before they are scaled, and repeated after it.
    const bool drops = facts.rate.positive() && facts.rate.value() > format.rate.value();
    const Frames end = window.from + window.frames;
    return deinterlacing(facts, format.rate) + (drops ? grid + frame : frame + grid) +
           fmt::format("tpad=stop=-1:stop_mode=clone,trim=start_pts={}:end_pts={},setpts=PTS-{}", window.from.count,
                       end.count, window.from.count);
}

}  // namespace dadcam::ffmpeg

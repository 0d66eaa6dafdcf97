#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/ffmpeg/colour.hpp>
#include <libdadcam/ffmpeg/framing.hpp>

namespace dadcam::ffmpeg {
namespace {

using footage::Size;

int even(double side) {
    return std::max(2, static_cast<int>(std::lround(side / 2)) * 2);
}

/// The picture's size when it just covers the frame.
Size covering(Size shown, Size frame) {
    const double scale =
        std::max(static_cast<double>(frame.width) / shown.width, static_cast<double>(frame.height) / shown.height);
    return {std::max(frame.width, even(shown.width * scale)), std::max(frame.height, even(shown.height * scale))};
}

/// Even, so that chroma stays where it is.
int middle(int outer, int inner) {
    return (outer - inner) / 4 * 2;
}

std::string cut_out(Size from, Size frame) {
    return fmt::format("crop={}:{}:{}:{}", frame.width, frame.height, middle(from.width, frame.width),
                       middle(from.height, frame.height));
}

/// Over a copy of itself that fills the frame, small, blurred and large again: what is blurred needs no detail.
std::string over_blur(const footage::Facts& facts, Size shown, Size frame, const Look& look,
                      const std::string& pixel_format, const std::string& label) {
    constexpr int kSmaller = 8;
    const Size part{frame.width / kSmaller, frame.height / kSmaller};
    const Size small{even(part.width), even(part.height)};
    const Size cover = covering(shown, small);
    const Size fit = inside(shown, frame);
    return fmt::format(
        "split[{0}s][{0}f];[{0}s]{1},{2},gblur=sigma=4,zscale=w={3}:h={4}:f=bicubic[{0}b];[{0}f]{5}[{0}p];"
        "[{0}b][{0}p]overlay=x={6}:y={7}:format=auto,format={8},setsar=1",
        label, to_bt709(facts, cover, look, pixel_format), cut_out(cover, small), frame.width, frame.height,
        to_bt709(facts, fit, look, pixel_format), middle(frame.width, fit.width), middle(frame.height, fit.height),
        pixel_format);
}

}  // namespace

Size inside(Size shown, Size frame) {
    const double scale =
        std::min(static_cast<double>(frame.width) / shown.width, static_cast<double>(frame.height) / shown.height);
    return {std::min(frame.width, even(shown.width * scale)), std::min(frame.height, even(shown.height * scale))};
}

bool over_itself(const footage::Facts& facts, Size frame, const Look& look) {
    return look.fit == recipe::Fit::blur && inside(footage::display_size(facts), frame) != frame;
}

std::string framing(const footage::Facts& facts, Size frame, const Look& look, const std::string& pixel_format,
                    const std::string& label) {
    const Size shown = footage::display_size(facts);
    const Size fit = inside(shown, frame);
    if (fit == frame) return to_bt709(facts, frame, look, pixel_format);
    if (look.fit == recipe::Fit::crop) {
        const Size cover = covering(shown, frame);
        return to_bt709(facts, cover, look, pixel_format) + "," + cut_out(cover, frame);
    }
    if (over_itself(facts, frame, look)) return over_blur(facts, shown, frame, look, pixel_format, label);
    return to_bt709(facts, fit, look, pixel_format) + fmt::format(",pad={}:{}:{}:{}", frame.width, frame.height,
                                                                  middle(frame.width, fit.width),
                                                                  middle(frame.height, fit.height));
}

}  // namespace dadcam::ffmpeg

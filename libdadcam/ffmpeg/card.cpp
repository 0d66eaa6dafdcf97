#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/ffmpeg/card.hpp>
#include <libdadcam/ffmpeg/picture.hpp>

namespace dadcam::ffmpeg {
namespace {

/// Each line's baseline lies where its box has it, whatever letters it has.
std::string written(std::span<const CardLine> lines, const std::string& font_file, bool bordered) {
    std::string filters;
    for (const auto& [text, size, y] : lines) {
        filters += fmt::format(
            ",drawtext=fontfile={}:expansion=none:text={}:fontsize={}:fontcolor=white:x=(w-tw)/2:y={}-ascent",
            escaped(font_file), escaped(text), size, y + size);
        if (bordered) filters += fmt::format(":borderw={}:bordercolor=black", std::max(1, size / 16));
    }
    return filters;
}

/// One picture, as often as it is wanted, from this number on. Not by tpad: up to 5.1 that puts its first picture at
/// the time of the stream's last one where that came out of another tpad.
std::string repeated(Frames first, Frames frames, Rational rate) {
    return fmt::format(",loop=loop={}:size=1:start=0,setpts=N+{},fps={},trim=start_pts={}:end_pts={}", frames.count,
                       first.count, to_string(rate), first.count, first.count + frames.count);
}

}  // namespace

std::string black_card(std::span<const CardLine> lines, Frames frames, const timeline::FilmFormat& format,
                       const std::string& font_file, const std::string& pixel_format) {
    // Through zscale, as the clips' pictures are: so that its colours are told the same way.
    return fmt::format(
               "color=c=black:s={}x{}:r={},trim=end_frame=1,format=gbrp,zscale=min=gbr:rin=full:m=709:r=limited,"
               "format={},setsar=1",
               format.size.width, format.size.height, to_string(format.rate), pixel_format) +
           written(lines, font_file, false) + repeated({}, frames, format.rate);
}

std::string blurred_card(std::span<const CardLine> lines, Frames frames, const footage::Clip& clip, Frames behind,
                         const timeline::FilmFormat& format, const Look& look, const std::string& pixel_format,
                         const std::string& label) {
    constexpr int kBlur = 36;  // of the frame's height is the blur's reach
    auto without_date = look;
    without_date.date_overlay.reset();
    return picture_chain(clip, {behind, {1}}, format, without_date, pixel_format, label) +
           fmt::format(",gblur=sigma={},lutyuv=y=minval+(val-minval)*0.45", std::max(1, format.size.height / kBlur)) +
           written(lines, look.font_file, true) + repeated(behind, frames, format.rate);
}

}  // namespace dadcam::ffmpeg

#include <fmt/format.h>

#include <algorithm>
#include <libdadcam/ffmpeg/framing.hpp>
#include <libdadcam/ffmpeg/picture.hpp>

namespace dadcam::ffmpeg {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// The sound needs half a second before the window for its resampler, whole seconds, and its decoder a lead-in before
/// that. MPEG streams have no index: they are entered between key frames, which are a second apart at the most. Where
/// an index calls pictures key pictures that are none, it takes longer.
std::int64_t lead_us(const footage::Facts& facts) {
    return (facts.container.rfind("mpeg", 0) == 0 ? 3 : 2) * kSecond + facts.recovery_us.value_or(0);
}

/// One field after the other where the film has more pictures a second than the clip has frames.
std::string deinterlacing(const footage::Facts& facts, Rational rate) {
    if (!footage::interlaced(facts)) return {};
    const bool fields = facts.rate.positive() && rate.value() > facts.rate.value() * 1.01;
    return fmt::format("bwdif=mode={}:parity={}:deint=all,", fields ? "send_field" : "send_frame",
                       footage::top_field_first(facts) ? "tff" : "bff");
}

/// Where the clock goes back, fps would take what comes then for the last picture before it.
std::string only_forward(const footage::Facts& facts) {
    return footage::is_end_lost(facts) ? "select=isnan(prev_selected_t)+gt(t\\,prev_selected_t)," : "";
}

/// Shifts the clip's first picture to zero and puts the rest onto the film's grid. A second is a whole number of ticks,
/// and a grid second is a whole number of frames, so nothing is rounded but the pictures' own times.
std::string onto_grid(const footage::Facts& facts, std::int64_t grid_seconds, Rational rate) {
    const std::int64_t halves = footage::interlaced(facts) ? 2 : 1;  // a field's time is half a tick
    // fps passes over a last picture that ends before half of one of its own.
    return fmt::format("settb=1/{},setpts=PTS-({}),fps={}:start_time={}:round=near{}", facts.time_base.den * halves,
                       facts.start_pts * facts.time_base.num * halves, to_string(rate), grid_seconds,
                       facts.is_last_short ? ":eof_action=pass" : "");
}

/// The recorded date in a corner, from the clip's first frame on.
std::string dated(const footage::Clip& clip, const recipe::DateOverlay& overlay, const std::string& font_file,
                  const timeline::FilmFormat& format) {
    const int size = std::max(12, format.size.height / 22);
    const int margin = size;
    // Snapshots of before there were zones hold only instants, and show them in UTC.
    const auto& shown = clip.recorded.local.empty() ? clip.recorded.time : clip.recorded.local;
    const bool left = overlay.corner == recipe::Corner::top_left || overlay.corner == recipe::Corner::bottom_left;
    const bool top = overlay.corner == recipe::Corner::top_left || overlay.corner == recipe::Corner::top_right;
    std::string filter = fmt::format(
        ",drawtext=fontfile={}:expansion=none:text={}:fontsize={}:fontcolor=white:borderw={}:bordercolor=black:x={}:y={"
        "}",
        escaped(font_file), escaped(recipe::overlay_text(overlay, shown)), size, std::max(1, size / 12),
        left ? fmt::format("{}", margin) : fmt::format("w-tw-{}", margin),
        top ? fmt::format("{}", margin) : fmt::format("h-th-{}", margin));
    if (overlay.milliseconds) {
        // Half a frame before the first one without it, so that no rounding decides.
        const auto frames = frames_in(*overlay.milliseconds * 1000, format.rate).count;
        filter += fmt::format(":enable=lt(t\\,{}/{})", (2 * frames - 1) * format.rate.den, 2 * format.rate.num);
    }
    return filter;
}

}  // namespace

std::int64_t lead_in_us(const footage::Facts& facts) {
    return facts.start_us - facts.container_start_us;
}

Seek seek_for(const footage::Facts& facts, Window window, Rational rate) {
    const std::int64_t from_us = microseconds_at(window.from, rate);
    const std::int64_t read_us = std::max<std::int64_t>(0, from_us - lead_us(facts));
    Seek seek;
    // rate.den seconds are rate.num frames: the only seconds that lie on the grid of an NTSC rate.
    seek.grid_seconds = from_us / kSecond / rate.den * rate.den;
    // Copied pictures may begin before what an edit list shows: there is no sound with those, but time.
    seek.sound_seconds =
        from_us < 0 ? -((kSecond - 1 - from_us) / kSecond) : std::max<std::int64_t>(0, from_us - kSecond / 2) / kSecond;
    const std::int64_t input_us = lead_in_us(facts) + read_us;
    // A raw stream has no times to find a place by: it is read from its beginning.
    if (read_us > 0 && input_us > 0 && facts.has_start) seek.input_us = input_us;
    return seek;
}

std::string picture_chain(const footage::Clip& clip, Window window, const timeline::FilmFormat& format,
                          const Look& look, const std::string& pixel_format, const std::string& label) {
    const auto& facts = clip.facts;
    const Rational rate = format.rate;
    const std::string grid = onto_grid(facts, seek_for(facts, window, rate).grid_seconds, rate);
    const std::string frame = framing(facts, format.size, look, pixel_format, label);
    const std::string cut = fmt::format("tpad=stop={}:stop_mode=clone,trim=start_pts={}:end_pts={}",
                                        frames_in(kMissingSeconds * kSecond, rate).count, window.from.count,
                                        (window.from + window.frames).count);
    // Pictures are dropped before they are scaled, and repeated after it.
    const bool drops = facts.rate.positive() && facts.rate.value() > rate.value();
    std::string chain = only_forward(facts) + deinterlacing(facts, rate);
    if (over_itself(facts, format.size, look)) {
        // Up to 5.1 a stream's end comes out of overlay at the time of its last picture, not behind it: fps would leave
        // that picture out, and tpad add one at its time. So pictures are counted before.
        chain += fmt::format("{},{},{}", grid, cut, frame);
    } else {
        chain += fmt::format("{},{},{}", drops ? grid : frame, drops ? frame : grid, cut);
    }
    if (look.date_overlay) chain += dated(clip, *look.date_overlay, look.font_file, format);
    return chain;
}

}  // namespace dadcam::ffmpeg

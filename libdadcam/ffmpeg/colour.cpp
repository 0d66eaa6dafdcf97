#include <fmt/format.h>

#include <libdadcam/ffmpeg/colour.hpp>

namespace dadcam::ffmpeg {
namespace {

/// The white of a diffuse surface in HDR, and the brightest that is kept apart (ITU-R BT.2408): nits.
constexpr int kReferenceWhite = 203;
constexpr int kPeak = 1000;

bool full_range(const footage::Facts& facts) {
    return facts.color_range == "pc" || facts.pixel_format.rfind("yuvj", 0) == 0;
}

bool rgb(const footage::Facts& facts) {
    const auto has = [&](const char* word) { return facts.pixel_format.find(word) != std::string::npos; };
    return facts.color_space == "gbr" || has("rgb") || has("bgr") || has("gbr") || facts.pixel_format == "pal8";
}

/// zscale's name of a curve that has to be tone-mapped.
std::string hdr_transfer(const footage::Facts& facts) {
    if (facts.color_transfer == "smpte2084" || facts.color_transfer == "arib-std-b67") return facts.color_transfer;
    return {};
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
    if (!hdr_transfer(facts).empty()) return "2020_ncl";
    return facts.width >= 1280 || facts.height > 576 ? "709" : "170m";
}

/// zscale wants whole samples of colour: where a picture of an odd size has a half one at its edge, it gets one for
/// each pixel first. The colours themselves stay as they are. Empty where nothing is halved.
std::string whole_samples(const footage::Facts& facts) {
    const auto& format = facts.pixel_format;
    const auto has = [&](const char* word) { return format.find(word) != std::string::npos; };
    const bool quartered = has("411") || has("410");
    const bool halved = has("420") || has("422") || has("440") || has("nv12") || has("nv21") || has("nv16") ||
                        has("p010") || has("p210") || has("yuyv") || has("uyvy");
    const int samples = quartered ? 4 : halved ? 2 : 1;
    if (facts.width % samples == 0 && facts.height % samples == 0) return {};
    const char* depth = has("p010") || has("p210") || has("p10") ? "p10"
                        : has("p12")                             ? "p12"
                        : has("p14") || has("p16")               ? "p16"
                                                                 : "p";
    const char* range = full_range(facts) ? "full" : "limited";
    return fmt::format("scale=in_range={0}:out_range={0}:flags=bicubic+accurate_rnd+full_chroma_int,format=yuv444{1},",
                       range, depth);
}

/// Linear light, BT.2020 to BT.709 primaries, and everything above the reference white bent under it.
std::string tone_mapped(const footage::Facts& facts, footage::Size size) {
    return fmt::format(
        "zscale=w={}:h={}:f=bicubic:min={}:rin={}:pin=2020:tin={}:m=gbr:r=full:p=2020:t=linear:npl={},format=gbrpf32le,"
        "zscale=min=gbr:tin=linear:pin=2020:m=gbr:t=linear:p=709,tonemap=tonemap=mobius:desat=0:peak={:.3f},"
        "zscale=min=gbr:rin=full:tin=linear:pin=709:m=709:r=limited:t=709:p=709",
        size.width, size.height, matrix(facts), full_range(facts) ? "full" : "limited", hdr_transfer(facts),
        kReferenceWhite, static_cast<double>(kPeak) / kReferenceWhite);
}

/// RGB becomes YUV by ffmpeg's own conversion first (BT.601, limited).
std::string converted(const footage::Facts& facts, footage::Size size) {
    if (rgb(facts)) {
        return fmt::format(
            "scale=out_color_matrix=bt601:out_range=tv,format=yuv444p,"
            "zscale=w={}:h={}:f=bicubic:min=170m:rin=limited:m=709:r=limited",
            size.width, size.height);
    }
    return fmt::format("zscale=w={}:h={}:f=bicubic:min={}:rin={}:m=709:r=limited", size.width, size.height,
                       matrix(facts), full_range(facts) ? "full" : "limited");
}

std::string graded(const std::string& lut_file, const std::string& pixel_format) {
    return fmt::format(
        ",format={},zscale=min=709:rin=limited:m=gbr:r=full,format=gbrp12le,"
        "lut3d=file={}:interp=tetrahedral,zscale=min=gbr:rin=full:m=709:r=limited",
        pixel_format, escaped(lut_file));
}

}  // namespace

std::string to_bt709(const footage::Facts& facts, footage::Size size, const Look& look,
                     const std::string& pixel_format) {
    std::string chain = whole_samples(facts);
    chain += hdr_transfer(facts).empty() ? converted(facts, size) : tone_mapped(facts, size);
    if (look.lut_file) chain += graded(*look.lut_file, pixel_format);
    return chain + fmt::format(",format={},setsar=1", pixel_format);
}

}  // namespace dadcam::ffmpeg

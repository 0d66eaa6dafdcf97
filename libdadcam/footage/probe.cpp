#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <libdadcam/error.hpp>
#include <libdadcam/footage/first_packets.hpp>
#include <libdadcam/footage/probe.hpp>
#include <libdadcam/footage/probe_stream.hpp>
#include <libdadcam/process/input.hpp>
#include <libdadcam/process/process.hpp>
#include <limits>
#include <nlohmann/json.hpp>

namespace dadcam::footage {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostOutput = 8 << 20;
constexpr std::chrono::seconds kPatience{120};

/// A picture's side beyond this is refused: libx264 and the filters cannot take it.
constexpr std::int64_t kLargestSide = 16384;

constexpr double kHighestSampleRate = 1e6;  // hertz
constexpr std::int64_t kMostChannels = 1024;

/// To ffmpeg a rate or a time base is two 32-bit numbers. In ticks, and even in half ones, a start within
/// kFarthestStart then fits into 64 bits.
constexpr std::int64_t kLargestTerm = std::numeric_limits<std::int32_t>::max();
constexpr double kHighestRational = 1e6;  // beyond it parse_rational does not read back what to_string wrote

constexpr double kShortestDuration = 1e-6;  // seconds: less would be stored as none
constexpr double kLongestDuration = 1e7;

[[noreturn]] void refuse(const std::string& reason, const std::string& detail = {}) {
    throw Error(Category::input_not_found, reason, {}, detail);
}

/// A rate, a time base or an aspect; 0/1 when there is none or it is not believable.
Rational rational(const Json& object, const char* field) {
    const Rational value = parse_rational(text_of(object, field));
    const bool believable = value.num <= kLargestTerm && value.den <= kLargestTerm && value.value() <= kHighestRational;
    return believable ? value : Rational{};
}

std::int64_t microseconds(double value) {
    return std::llround(value * 1e6);
}

/// The container's own number of a stream, "0x1e0".
std::string stream_id(const Json& stream) {
    auto id = text_of(stream, "id");
    return is_stream_id(id) ? id : std::string();
}

/// Degrees clockwise for display, from the display matrix (which counts counter-clockwise).
int rotation(const Json& stream) {
    const auto list = stream.find("side_data_list");
    if (list == stream.end()) return 0;
    for (const Json& data : *list) {
        const auto found = data.find("rotation");
        if (found == data.end() || !found->is_number()) continue;
        const double degrees = -found->get<double>();
        if (!std::isfinite(degrees)) continue;
        const int quarter = static_cast<int>(std::lround(std::fmod(degrees, 360.0) / 90.0));
        return ((quarter % 4) + 4) % 4 * 90;
    }
    return 0;
}

void check_start(double start) {
    if (std::abs(start) > kFarthestStart)
        refuse(fmt::format("its start time of {:.0f} seconds cannot be right", start));
}

/// Of a stream or of the file.
std::int64_t start_us(const Json& object) {
    const double start = seconds_in(text_of(object, "start_time")).value_or(0);
    check_start(start);
    return microseconds(start);
}

std::int64_t duration_us(const Json& stream, const Json& format) {
    auto value = duration_of(stream);
    if (!value) value = seconds_in(text_of(format, "duration"));
    const bool believable = value && *value >= kShortestDuration && *value <= kLongestDuration;
    return believable ? microseconds(*value) : 0;
}

/// The first of these tags that the file or the stream has; no more than a name is long.
std::optional<std::string> tag(const Json& format, const Json& stream, std::initializer_list<const char*> names) {
    constexpr std::size_t kLongestTag = 100;
    for (const Json* object : {&format, &stream}) {
        const auto tags = object->find("tags");
        if (tags == object->end() || !tags->is_object()) continue;
        for (const char* name : names)
            if (auto value = text_of(*tags, name); !value.empty() && value.size() <= kLongestTag) return value;
    }
    return {};
}

/// Make and model as phones and camcorders write them. GoPro's have only the name of their encoder.
Camera camera(const Json& format, const Json& stream) {
    Camera camera;
    camera.make = tag(format, stream, {"com.apple.quicktime.make", "com.android.manufacturer", "make"}).value_or("");
    camera.model = tag(format, stream, {"com.apple.quicktime.model", "com.android.model", "model"}).value_or("");
    camera.serial = tag(format, stream, {"com.apple.proapps.serialno", "serial_number"}).value_or("");
    camera.firmware = tag(format, stream, {"firmware"}).value_or("");
    const auto handler = tag(format, stream, {"handler_name"}).value_or("");
    if (camera.make.empty() && handler.find("GoPro ") != std::string::npos) camera.make = "GoPro";
    return camera;
}

/// ffprobe does not say it for DV; standard-definition DV is always interlaced, bottom field first (IEC 61834).
std::string field_order(const Json& stream) {
    const std::string said = text_of(stream, "field_order", "unknown");
    const bool tape = text_of(stream, "codec_name") == "dvvideo" && integer_of(stream, "width") == 720;
    return said == "unknown" && tape ? "bb" : said;
}

Sound read_sound(const Json& stream) {
    Sound sound;
    sound.stream = static_cast<int>(integer_of(stream, "index"));
    sound.codec = text_of(stream, "codec_name");
    const double rate = seconds_in(text_of(stream, "sample_rate")).value_or(0);
    sound.sample_rate = rate > 0 && rate <= kHighestSampleRate ? static_cast<std::int64_t>(rate) : 0;
    const auto channels = integer_of(stream, "channels");
    sound.channels = channels > 0 && channels <= kMostChannels ? static_cast<int>(channels) : 0;
    sound.stream_id = stream_id(stream);
    sound.layout = text_of(stream, "channel_layout");
    sound.start_us = start_us(stream);
    if (const auto length = duration_us(stream, Json::object()); length > 0) {
        // Matroska's tag of it counts from the file's beginning.
        const bool is_tag = !stream.contains("duration");
        sound.end_us = is_tag ? length : sound.start_us + length;
    }
    return sound;
}

/// The pictures of an AVI have no times: they are shown at the rate in its header. Where that is no camera's, and the
/// sound goes on when all of them have been shown, it is damage, and most of them would be lost.
void check_rate(const Facts& facts, const Json& audio) {
    constexpr double kFastest = 500, kLonger = 4;
    const double pictures = static_cast<double>(facts.duration_us) / 1e6;
    const double sound = seconds_in(text_of(audio, "duration")).value_or(0);
    if (facts.container != "avi" || facts.rate.value() <= kFastest || sound <= kLonger * pictures) return;
    refuse(fmt::format(
        "its header says {:.0f} pictures a second, so that they end after {:.1f} s, its sound after {:.1f} s",
        facts.rate.value(), pictures, sound));
}

Facts read_streams(const Json& document) {
    const auto streams = document.find("streams");
    if (streams == document.end() || !streams->is_array()) refuse("it is not a video");
    const Json* video = choose_stream(*streams, "video");
    if (video == nullptr) refuse(std::string(kNoVideoStream));
    const Json format = document.value("format", Json::object());

    Facts facts;
    facts.container = text_of(format, "format_name");
    facts.stream = static_cast<int>(integer_of(*video, "index"));
    facts.stream_id = stream_id(*video);
    facts.codec = text_of(*video, "codec_name");
    facts.tracks = tracks_beside(*streams, *video);
    const auto width = integer_of(*video, "width"), height = integer_of(*video, "height");
    if (width <= 0 || height <= 0) refuse("its picture has no size");
    if (width > kLargestSide || height > kLargestSide) {
        refuse(fmt::format("its picture is too large ({}x{})", width, height));
    }
    facts.width = static_cast<int>(width);
    facts.height = static_cast<int>(height);
    const Rational aspect = rational(*video, "sample_aspect_ratio");
    facts.sample_aspect = is_believable_aspect(aspect) ? aspect : Rational{1, 1};
    facts.rotation = rotation(*video);
    facts.pixel_format = text_of(*video, "pix_fmt", "unknown");
    facts.field_order = field_order(*video);
    facts.color_range = text_of(*video, "color_range", "unknown");
    facts.color_space = text_of(*video, "color_space", "unknown");
    facts.color_primaries = text_of(*video, "color_primaries", "unknown");
    facts.color_transfer = text_of(*video, "color_transfer", "unknown");
    facts.rate = rational(*video, "avg_frame_rate");
    if (!facts.rate.positive()) facts.rate = rational(*video, "r_frame_rate");
    facts.time_base = rational(*video, "time_base");
    if (!facts.time_base.positive()) refuse("it has no time base");
    facts.has_start = video->contains("start_pts");
    facts.start_pts = integer_of(*video, "start_pts");
    check_start(static_cast<double>(facts.start_pts) * facts.time_base.value());
    facts.start_us = start_us(*video);
    facts.container_start_us = start_us(format);
    facts.duration_us = duration_us(*video, format);
    facts.pictures = count_of(*video, "nb_frames");
    if (const Json* audio = choose_stream(*streams, "audio")) {
        Sound sound = read_sound(*audio);
        sound.tracks = tracks_beside(*streams, *audio);
        if (sound.sample_rate > 0 && sound.channels > 0) facts.sound = sound;
        check_rate(facts, *audio);
    }
    facts.creation_time = tag(format, *video, {"creation_time"});
    facts.creation_date = tag(format, *video, {"com.apple.quicktime.creationdate"});
    facts.date_recorded = tag(format, *video, {"DATE_RECORDED", "DATE_DIGITIZED"});
    facts.camera = camera(format, *video);
    const auto pictures = first_pictures(document, facts.stream);
    if (const auto start = true_start(pictures, facts.start_pts); start && facts.has_start) {
        check_start(static_cast<double>(*start) * facts.time_base.value());
        facts.start_pts = *start;
        facts.start_us = microseconds(static_cast<double>(*start) * facts.time_base.value());
    }
    facts.leading = leading_in(pictures, facts.time_base);
    facts.is_begin_doubtful = is_begin_doubtful(pictures, facts.codec);
    facts.is_last_short = is_any_short(pictures, facts.rate, facts.time_base);
    if (!pictures.empty()) facts.first_picture = pictures.front().bytes;
    constexpr std::int64_t kMostReordered = 16;  // no codec has more
    facts.reordered = static_cast<int>(std::clamp<std::int64_t>(integer_of(*video, "has_b_frames"), 0, kMostReordered));
    return facts;
}

/// How ffprobe is asked.
enum class Asking { as_usual, counting_packets, looking_farther };

/// What ffprobe says of an input.
std::string ask(const std::string& ffprobe, const process::Input& input, Asking how, const process::Stop& stop) {
    std::vector<std::string> arguments{"-v", "quiet", "-print_format", "json", "-show_format", "-show_streams"};
    // The first packets, too; but with them alone it would count no others.
    if (how == Asking::counting_packets)
        arguments.push_back("-count_packets");
    else
        arguments.insert(arguments.end(), {"-read_intervals", "%+#40", "-show_entries",
                                           "packet=stream_index,pts,duration,pos,flags,size"});
    if (how == Asking::looking_farther)  // 30 s, 256 MB
        arguments.insert(arguments.end(), {"-analyzeduration", "30000000", "-probesize", "268435456"});
    arguments.insert(arguments.end(), input.held.begin(), input.held.end());
    arguments.push_back(input.name);
    auto captured =
        process::capture({ffprobe, std::move(arguments)}, process::Stream::out, kMostOutput, kPatience, stop);
    if (captured.finished.ended == process::Ended::stopped) throw Error(Category::cancelled, "Stopped.");
    if (captured.finished.ended == process::Ended::given_up) {
        throw Error(Category::timeout, fmt::format("ffprobe did not finish within {} s", kPatience.count()));
    }
    if (!captured.finished.exit.success()) refuse("it is not a video that ffmpeg can read");
    return std::move(captured.output);
}

Json parsed(const std::string& said) {
    return Json::parse(said, nullptr, false);
}

Facts facts_in(const Json& document) {
    if (!document.is_object()) refuse("ffprobe's answer cannot be read");
    try {
        return read_streams(document);
    } catch (const Json::exception& error) {
        refuse("ffprobe's answer is not as expected", error.what());
    }
}

}  // namespace

Facts read_probe(std::string_view json) {
    return facts_in(parsed(std::string(json)));
}

Facts probe(const std::string& ffprobe, const process::Input& input, const process::Stop& stop) {
    auto document = parsed(ask(ffprobe, input, Asking::as_usual, stop));
    if (document.is_object() && is_key_farther(document))
        document = parsed(ask(ffprobe, input, Asking::looking_farther, stop));
    const bool again = document.is_object() && has_to_be_counted(document);
    return facts_in(again ? parsed(ask(ffprobe, input, Asking::counting_packets, stop)) : document);
}

std::optional<Sound> probe_sound(const std::string& ffprobe, const process::Input& input, const process::Stop& stop) {
    const auto document = parsed(ask(ffprobe, input, Asking::as_usual, stop));
    try {
        const Json* audio = choose_stream(document.at("streams"), "audio");
        if (audio == nullptr) return std::nullopt;
        auto sound = read_sound(*audio);
        return sound.sample_rate > 0 && sound.channels > 0 ? std::optional(std::move(sound)) : std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

}  // namespace dadcam::footage

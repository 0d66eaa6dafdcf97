#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <libdadcam/footage/probe_stream.hpp>
#include <nlohmann/json.hpp>
#include <utility>

namespace dadcam::footage {
namespace {

using Json = nlohmann::json;

/// Matroska has a stream's duration only as a tag: "00:01:02.003000000".
std::optional<double> tagged_duration(const Json& stream) {
    const auto tags = stream.find("tags");
    if (tags == stream.end() || !tags->is_object()) return {};
    int hours = 0, minutes = 0;
    double rest = 0;
    if (std::sscanf(text_of(*tags, "DURATION").c_str(), "%d:%d:%lf", &hours, &minutes, &rest) != 3) return {};
    return hours * 3600.0 + minutes * 60.0 + rest;
}

bool is_cover_picture(const Json& stream) {
    const auto disposition = stream.find("disposition");
    return disposition != stream.end() && integer_of(*disposition, "attached_pic") != 0;
}

bool is_default(const Json& stream) {
    const auto disposition = stream.find("disposition");
    return disposition != stream.end() && integer_of(*disposition, "default") != 0;
}

/// A table of streams may name sound of which nothing was ever sent.
bool is_heard(const Json& stream) {
    return integer_of(stream, "channels") > 0 && seconds_in(text_of(stream, "sample_rate")).value_or(0) > 0;
}

/// How much a stream holds. Of pictures: pixels times pictures, as counted, else as its header tells; of sound:
/// seconds, 0 where nothing says it.
double amount(const Json& stream) {
    if (text_of(stream, "codec_type") == "audio") return duration_of(stream).value_or(0);
    const auto pixels =
        static_cast<double>(integer_of(stream, "width")) * static_cast<double>(integer_of(stream, "height"));
    const auto counted = count_of(stream, "nb_read_packets"), told = count_of(stream, "nb_frames");
    return pixels * static_cast<double>(std::max<std::int64_t>(1, counted > 0 ? counted : told));
}

bool is_recording(const Json& stream, const std::string& kind) {
    return text_of(stream, "codec_type") == kind && !is_cover_picture(stream) &&
           text_of(stream, "codec_name", "unknown") != "unknown" && (kind != "audio" || is_heard(stream));
}

}  // namespace

std::string text_of(const Json& object, const char* field, const std::string& otherwise) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

std::int64_t integer_of(const Json& object, const char* field, std::int64_t otherwise) {
    const auto found = object.find(field);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

std::optional<double> seconds_in(const std::string& value) {
    double result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size() || !std::isfinite(result))
        return {};
    return result;
}

std::int64_t count_of(const Json& stream, const char* field) {
    constexpr double kMost = 1e12;
    const double count = seconds_in(text_of(stream, field)).value_or(0);
    return count > 0 && count < kMost ? static_cast<std::int64_t>(count) : 0;
}

std::optional<double> duration_of(const Json& stream) {
    if (const auto own = seconds_in(text_of(stream, "duration"))) return own;
    return tagged_duration(stream);
}

bool has_to_be_counted(const Json& document) {
    const auto streams = document.find("streams");
    if (streams == document.end() || !streams->is_array()) return false;
    const auto of_pictures = [](const Json& stream) { return is_recording(stream, "video"); };
    return std::count_if(streams->begin(), streams->end(), of_pictures) > 1 &&
           std::any_of(streams->begin(), streams->end(),
                       [&](const Json& stream) { return of_pictures(stream) && count_of(stream, "nb_frames") == 0; });
}

const Json* choose_stream(const Json& streams, const std::string& kind) {
    double most = 0;
    for (const Json& stream : streams)
        if (is_recording(stream, kind)) most = std::max(most, amount(stream));
    const bool is_sound = kind == "audio";
    // Sounds end a little apart, and are all the same as long as one is not much shorter.
    const auto rank = [&](const Json& one) {
        const double held = amount(one);
        return std::pair(is_sound && held >= most / 2 ? most : held, is_default(one));
    };
    const Json* chosen = nullptr;
    for (const Json& stream : streams)
        if (is_recording(stream, kind) && (chosen == nullptr || rank(stream) > rank(*chosen))) chosen = &stream;
    return chosen;
}

int tracks_beside(const Json& streams, const Json& chosen) {
    const auto kind = text_of(chosen, "codec_type");
    const bool is_sound = kind == "audio";
    return static_cast<int>(std::count_if(streams.begin(), streams.end(), [&](const Json& stream) {
        return is_recording(stream, kind) && (is_sound || amount(stream) >= amount(chosen) / 2);
    }));
}

bool is_key_farther(const Json& document) {
    const auto streams = document.find("streams"), format = document.find("format");
    if (streams == document.end() || !streams->is_array() || format == document.end()) return false;
    const auto container = text_of(*format, "format_name");
    const Json* video = choose_stream(*streams, "video");
    return (container == "mpegts" || container == "mpeg") && video != nullptr && integer_of(*video, "width") == 0;
}

}  // namespace dadcam::footage

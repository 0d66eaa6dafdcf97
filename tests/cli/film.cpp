#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tests/cli/film.hpp>
#include <tests/support/scripts.hpp>
#include <vector>

namespace dadcam::test {
namespace {

constexpr std::size_t kMostOutput = 64 << 20;
constexpr std::chrono::minutes kPatience{10};

std::string output_of(const std::string& program, const std::vector<std::string>& arguments, process::Stream stream) {
    const process::Stop stop;
    const auto captured = process::capture({quick_tool(program), arguments}, stream, kMostOutput, kPatience, stop);
    CHECK(process::describe(captured.finished.exit) == "exit code 0");
    return captured.output;
}

/// A stream as its packets tell it: times in its own base, in the order of presentation.
struct Track {
    Rational base;
    std::int64_t packets = 0;
    std::vector<std::int64_t> times;
    std::int64_t end = 0;
    double end_seconds() const {
        return static_cast<double>(end) * static_cast<double>(base.num) / static_cast<double>(base.den);
    }
};

Track track(const std::filesystem::path& film, const std::string& which) {
    const auto document =
        nlohmann::json::parse(output_of("ffprobe",
                                        {"-v", "error", "-count_packets", "-select_streams", which, "-show_packets",
                                         "-show_streams", "-of", "json", film.string()},
                                        process::Stream::out));
    Track track;
    REQUIRE(document.at("streams").size() == 1);
    const auto& stream = document.at("streams")[0];
    track.base = parse_rational(stream.at("time_base").get<std::string>());
    track.packets = std::stoll(stream.at("nb_read_packets").get<std::string>());
    for (const auto& packet : document.at("packets")) {
        const auto time = packet.at("pts").get<std::int64_t>();
        track.times.push_back(time);
        track.end = std::max(track.end, time + packet.at("duration").get<std::int64_t>());
    }
    std::sort(track.times.begin(), track.times.end());
    return track;
}

void check_even_steps(const Track& pictures, Rational rate) {
    std::set<std::int64_t> steps;
    for (std::size_t i = 1; i < pictures.times.size(); ++i) steps.insert(pictures.times[i] - pictures.times[i - 1]);
    REQUIRE(steps.size() == 1);
    // One step in seconds is 1/rate, exactly.
    CHECK(*steps.begin() * pictures.base.num * rate.num == pictures.base.den * rate.den);
    CHECK(pictures.times.front() == 0);
}

/// The names of an MP4's outermost boxes: 32 bits of size and a name; size 1: 64 more bits of size.
std::vector<std::string> boxes(const std::string& bytes) {
    const auto number = [&](std::size_t at, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i) value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
        return value;
    };
    std::vector<std::string> names;
    for (std::size_t at = 0; at < bytes.size();) {
        names.push_back(bytes.substr(at + 4, 4));
        const auto size = number(at, 4) == 1 ? number(at + 8, 8) : number(at, 4);
        REQUIRE(size >= 8);
        at += size;
    }
    return names;
}

void check_bytes(const std::string& bytes) {
    for (const char* trace : {"Lavf", "Lavc", "x264", "libx", "Lavu"}) {
        CAPTURE(std::string(trace));
        CHECK(bytes.find(trace) == std::string::npos);
    }
    const auto names = boxes(bytes);
    const auto index = std::find(names.begin(), names.end(), "moov");
    REQUIRE(index != names.end());
    CHECK(std::find(names.begin(), index, "mdat") == index);
}

}  // namespace

void check_film(const std::filesystem::path& film, std::int64_t frames, Rational rate) {
    const auto pictures = track(film, "v");
    const auto sound = track(film, "a");
    CHECK(pictures.packets == frames);
    check_even_steps(pictures, rate);
    CHECK(pictures.end_seconds() == doctest::Approx(static_cast<double>(frames) / rate.value()));
    const double frame = 1 / rate.value();
    CHECK(sound.end_seconds() <= pictures.end_seconds() + frame);
    CHECK(sound.end_seconds() >= pictures.end_seconds() - frame);
    CHECK(output_of("ffmpeg",
                    {"-nostdin", "-hide_banner", "-v", "warning", "-xerror", "-i", film.string(), "-f", "null", "-"},
                    process::Stream::err)
              .empty());
    check_bytes(read_file(film));
}

}  // namespace dadcam::test

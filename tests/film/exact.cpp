#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <libdadcam/timeline/timeline.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tests/film/exact.hpp>

namespace dadcam::test {
namespace {

/// The times of a film's pictures in its own time base, in the order of presentation, and where its streams end.
struct Times {
    Rational base;
    std::vector<std::int64_t> pictures;
    double picture_end = 0;
    double sound_end = 0;
};

Times times_of(const std::filesystem::path& film) {
    const auto streams = nlohmann::json::parse(output_of(
        "ffprobe",
        {"-v", "error", "-show_entries", "stream=codec_type,time_base,duration_ts", "-of", "json", film.string()}));
    Times times;
    for (const auto& stream : streams.at("streams")) {
        const auto base = parse_rational(stream.at("time_base").get<std::string>());
        const double end = static_cast<double>(stream.at("duration_ts").get<std::int64_t>()) * base.value();
        const bool is_picture = stream.at("codec_type") == "video";
        if (is_picture) times.picture_end = end;
        if (is_picture) times.base = base;
        if (stream.at("codec_type") == "audio") times.sound_end = end;
    }
    std::istringstream lines(output_of("ffprobe", {"-v", "error", "-select_streams", "v", "-show_entries", "packet=pts",
                                                   "-of", "csv=p=0", film.string()}));
    for (std::string line; std::getline(lines, line);) times.pictures.push_back(std::stoll(line));
    std::sort(times.pictures.begin(), times.pictures.end());
    return times;
}

}  // namespace

void check_exact(Studio& studio, const std::string& preset, const std::string& rate_text, const Words& more) {
    Words options{"--preset", preset, "--fps", rate_text, "--resolution", "64x36"};
    options.insert(options.end(), more.begin(), more.end());
    INFO(fmt::format("{}", fmt::join(options, " ")));
    const auto rate = parse_rational(rate_text);
    const auto times = times_of(studio.film(options));
    auto opened = studio.database();
    const auto total = opened.execAndGet("SELECT frames_total FROM export_runs ORDER BY id DESC LIMIT 1").getInt64();
    CHECK(std::ssize(times.pictures) == total);
    int uneven = 0;
    for (std::size_t i = 0; i < times.pictures.size(); ++i) {
        // picture i is at i / rate, exactly
        const auto position = static_cast<std::int64_t>(i);
        if (times.pictures[i] * times.base.num * rate.num != position * rate.den * times.base.den) ++uneven;
    }
    CHECK(uneven == 0);
    CHECK(times.picture_end == doctest::Approx(static_cast<double>(total) / rate.value()).epsilon(1e-9));
    CHECK(std::abs(times.sound_end - times.picture_end) <= 1 / rate.value());
}

}  // namespace dadcam::test

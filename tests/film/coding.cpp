#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstdlib>
#include <libdadcam/render/index.hpp>
#include <tests/film/coding.hpp>
#include <tests/film/decode.hpp>

namespace dadcam::test {
namespace {

constexpr double kPhoneTicks = 600;

bool is_variable(const Coding& coding) {
    return *coding.rate == '\0';
}

}  // namespace

std::span<const Coding> tried(const std::vector<Coding>& codings, std::size_t always) {
    return std::getenv("DADCAM_TEST_ALL") != nullptr ? codings : std::span(codings).first(always);
}

double shown_at(const Coding& coding, int number) {
    if (is_variable(coding)) return (20 * number + 7 * number % 5) / kPhoneTicks;
    return number / parse_rational(coding.rate).value();
}

Words flashing(const Coding& coding, int number, double seconds, const std::vector<int>& flashes) {
    const std::string name = coding.name, rate = is_variable(coding) ? "30" : coding.rate;
    std::vector<std::string> lights, beeps;
    for (const auto flash : flashes) {
        lights.push_back(fmt::format("between(n,{},{})", flash, flash + 2));
        beeps.push_back(fmt::format("sin(2*PI*1000*(t-{0}))*between(t,{0},{0}+.05)", shown_at(coding, flash)));
    }
    const auto pictures = fmt::format(
        "color=black:s=64x48:r={},noise=alls=20:allf=t:all_seed={},drawbox=c=white:t=fill:enable='{}'{}", rate, number,
        fmt::join(lights, "+"), is_variable(coding) ? ",settb=1/600,setpts='20*N+mod(7*N,5)'" : "");
    const auto sound = fmt::format("aevalsrc='.5*({})|.5*({})':s=48000", fmt::join(beeps, "+"), fmt::join(beeps, "+"));
    Words words{"-lavfi",    pictures + ";" + sound, "-t",      fmt::format("{}", seconds),
                "-fps_mode", "passthrough",          "-pix_fmt"};
    words.push_back(name == "prores" ? "yuv422p10le" : name == "mjpeg" ? "yuvj420p" : "yuv420p");
    words.insert(words.end(), coding.encoder.begin(), coding.encoder.end());
    return words;
}

std::vector<std::string> pictures_in(const std::filesystem::path& film) {
    auto lines = picture_hashes(film);
    for (auto& line : lines) line.erase(0, line.rfind(' ') + 1);
    return lines;
}

std::vector<double> flashes_by_time(const std::filesystem::path& film) {
    const auto [times, ticks] = render::picture_times(film);
    std::vector<double> flashes;
    for (const auto picture : flashes_in(film))
        flashes.push_back(static_cast<double>(times.at(static_cast<std::size_t>(picture))) /
                          static_cast<double>(ticks));
    return flashes;
}

double loud_near(const std::vector<std::int16_t>& sound, double time) {
    constexpr int kRate = 48000, kLoud = 4096;
    for (auto at = std::llround((time - 0.25) * kRate); at < std::llround((time + 0.25) * kRate); ++at)
        if (at >= 0 && at < std::ssize(sound) && std::abs(sound[static_cast<std::size_t>(at)]) >= kLoud)
            return static_cast<double>(at) / kRate;
    return std::nan("");
}

}  // namespace dadcam::test

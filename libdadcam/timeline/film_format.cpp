#include <algorithm>
#include <array>
#include <cmath>
#include <libdadcam/error.hpp>
#include <libdadcam/recipe/preset.hpp>
#include <libdadcam/timeline/film_format.hpp>
#include <libdadcam/whole_number.hpp>
#include <vector>

namespace dadcam::timeline {
namespace {

/// Ascending.
constexpr std::array<Rational, 8> kRates{Rational{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1},
                                         {60000, 1001},         {60, 1}};

/// A clock is not exact, and an average less so: 30.0003, 30.02. Of the rates this near it is the nearest one.
constexpr double kNear = 0.005;

constexpr int kLargestSide = 8192;  // of a film: what H.264 can have

Rational standard_rate(Rational rate) {
    if (!rate.positive()) return kRates[4];
    for (const double multiple : {1.0, 2.0, 0.5}) {  // 12 and 15 fps are shown in 24 and 30, 120 fps in 60
        const auto distance = [&](Rational candidate) {
            return std::abs(rate.value() * multiple / candidate.value() - 1);
        };
        const auto nearest =
            std::min_element(kRates.begin(), kRates.end(), [&](auto a, auto b) { return distance(a) < distance(b); });
        if (distance(*nearest) < kNear) return *nearest;
    }
    const auto above = std::find_if(kRates.begin(), kRates.end(),
                                    [&](Rational candidate) { return candidate.value() > rate.value(); });
    return above != kRates.end() ? *above : kRates.back();
}

int even(int side) {
    return std::clamp((side + 1) / 2 * 2, 16, kLargestSide);
}

/// The value that most microseconds of the footage have; of equals the one met first.
template <typename Key, typename Of>
Key most_of(std::span<const footage::Clip> clips, Of of) {
    std::vector<std::pair<Key, std::int64_t>> totals;
    for (const auto& clip : clips) {
        const Key key = of(clip.facts);
        const auto found =
            std::find_if(totals.begin(), totals.end(), [&](const auto& row) { return row.first == key; });
        if (found == totals.end())
            totals.emplace_back(key, clip.facts.duration_us);
        else
            found->second += clip.facts.duration_us;
    }
    return std::max_element(totals.begin(), totals.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

footage::Size even_display_size(const footage::Facts& facts) {
    const auto size = footage::display_size(facts);
    return {even(size.width), even(size.height)};
}

/// A draft has as many lines as the eye needs to judge a cut; but no more than the film.
footage::Size of_draft(footage::Size film) {
    constexpr int kLines = 360;
    const int lines = std::min(film.width, film.height);
    if (lines <= kLines) return film;
    const auto scaled = [&](int side) { return even(static_cast<int>(std::lround(side * double{kLines} / lines))); };
    return {scaled(film.width), scaled(film.height)};
}

}  // namespace

FilmFormat choose_format(const recipe::Recipe& recipe, std::span<const footage::Clip> clips) {
    if (clips.empty()) throw Error(Category::usage, "No clips: there is nothing to make a film from.");
    const auto size = recipe.resolution ? *recipe.resolution : most_of<footage::Size>(clips, even_display_size);
    return {recipe.preset == recipe::kDraft ? of_draft(size) : size,
            recipe.rate ? *recipe.rate
                        : most_of<Rational>(clips, [](const auto& facts) { return standard_rate(facts.rate); })};
}

void to_json(nlohmann::json& json, const FilmFormat& format) {
    json = {{"width", format.size.width},
            {"height", format.size.height},
            {"fps", to_string(format.rate)},
            {"sampleRate", kSampleRate},
            {"channels", 2}};
}

void from_json(const nlohmann::json& json, FilmFormat& format) {
    whole_number(json.at("width")).get_to(format.size.width);
    whole_number(json.at("height")).get_to(format.size.height);
    format.rate = parse_rational(json.at("fps").get<std::string>());
    constexpr int kLargestSaid = 65536;
    const auto fits = [](int side) { return side > 0 && side <= kLargestSaid; };
    if (!format.rate.positive() || format.rate.value() > 1000 || format.rate.num > 1'000'000'000 ||
        !fits(format.size.width) || !fits(format.size.height)) {
        throw Error(Category::general, "The run's snapshot does not say what film to make.");
    }
}

}  // namespace dadcam::timeline

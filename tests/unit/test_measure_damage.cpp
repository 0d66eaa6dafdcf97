#include <doctest/doctest.h>

#include <libdadcam/measure/damage.hpp>

using namespace dadcam::footage;
using namespace dadcam::measure;

namespace {

constexpr std::int64_t kPicture = 40'000;
constexpr Shown kFifty{0, 50 * kPicture};

/// 50 pictures, but for some.
std::vector<std::int64_t> but(std::int64_t first, std::int64_t end) {
    std::vector<std::int64_t> times;
    for (std::int64_t picture = 0; picture < 50; ++picture)
        if (picture < first || picture >= end) times.push_back(picture * kPicture);
    return times;
}

std::vector<Lost> lost_of(const std::vector<std::int64_t>& decoded, const std::vector<std::int64_t>& coded,
                          Shown shown = kFifty, std::ptrdiff_t few = 0) {
    std::vector<Shown> pictures;
    for (const auto time : decoded) pictures.push_back({time, time + kPicture});
    return undecoded(gaps_in(pictures, shown, kPicture / 2), coded, kPicture / 2, few);
}

}  // namespace

TEST_CASE("of pictures that lie in the file and are not decoded, every stretch is found, wherever it lies") {
    const auto all = but(0, 0);
    CHECK(lost_of(all, all).empty());
    for (std::int64_t first = 0; first < 50; ++first) {
        for (std::int64_t end = first + 1; end <= 50; ++end) {
            CAPTURE(first);
            CAPTURE(end);
            CHECK(lost_of(but(first, end), all) == std::vector<Lost>{{first * kPicture, (end - first) * kPicture}});
        }
    }
}

TEST_CASE("pictures that are only farther apart are not lost, but for a fifth of a second and more") {
    for (const std::int64_t missing : {1, 2, 4}) CHECK(lost_of(but(20, 20 + missing), but(20, 20 + missing)).empty());
    CHECK(lost_of(but(20, 25), but(20, 25)) == std::vector<Lost>{{20 * kPicture, 5 * kPicture}});
    auto twice = but(20, 21);
    std::erase(twice, 30 * kPicture);
    const std::vector<Lost> both{{20 * kPicture, kPicture}, {30 * kPicture, kPicture}};
    CHECK(lost_of(twice, twice, kFifty, 2) == both);  // they come regularly but for these
    CHECK(lost_of(twice, twice, kFifty, 1).empty());
}

TEST_CASE("only what is shown counts") {
    const auto all = but(0, 0), damaged = but(10, 20);
    CHECK(lost_of(damaged, all, {0, 10 * kPicture}).empty());
    CHECK(lost_of(damaged, all, {20 * kPicture, 50 * kPicture}).empty());
    CHECK(lost_of(damaged, all, {5 * kPicture, 15 * kPicture}) == std::vector<Lost>{{10 * kPicture, 5 * kPicture}});
    CHECK(lost_of(damaged, all, {15 * kPicture, 30 * kPicture}) == std::vector<Lost>{{15 * kPicture, 5 * kPicture}});
    CHECK(lost_of({}, all, {0, 10 * kPicture}) == std::vector<Lost>{{0, 10 * kPicture}});
}

TEST_CASE(
    "of sound, what lies before the first or behind the last one counts only where more than a tenth is recorded") {
    constexpr std::int64_t kMost = 100'000, kPacket = 20'000;
    std::vector<std::int64_t> coded;
    for (std::int64_t at = 0; at < 100; ++at) coded.push_back(at * kPacket);
    const std::vector<Shown> decoded{{200'000, 600'000}, {900'000, 1'800'000}};
    const auto within = [&](std::vector<Lost> gaps) { return within_sound(std::move(gaps), decoded, coded); };
    const auto gaps = gaps_in(decoded, {0, 2'000'000}, kPacket / 2);
    CHECK(gaps == std::vector<Lost>{{0, 200'000}, {600'000, 300'000}, {1'800'000, 200'000}});
    CHECK(within(gaps) == gaps);
    CHECK(within_sound(gaps, decoded, {610'000}) == std::vector<Lost>{{600'000, 300'000}});
    CHECK(within_sound(gaps, decoded, {}) == std::vector<Lost>{{600'000, 300'000}});
    CHECK(within({{0, kMost}, {2'000'000 - kMost, kMost}}).empty());
    CHECK(within({{0, kMost + 1}}).size() == 1);
    CHECK(within_sound({{0, kMost + 1}}, {}, coded).size() == 1);  // nothing is decoded
    CHECK(within_sound({{0, kMost + 1}}, {}, {}).empty());
    // Sound that begins late and ends early is whole, whatever its decoder needs before it and behind it.
    const std::vector<Shown> late{{5'000'000, 6'000'000}};
    for (const std::int64_t off : {1, 21'000, 48'000, 99'999}) {
        CHECK(within_sound({{0, 5'000'000}}, late, {5'000'000 - off, 5'500'000}).empty());
        CHECK(within_sound({{6'000'000, 3'000'000}}, late, {5'500'000, 6'000'000 + off}).empty());
    }
    CHECK(within_sound({{0, 5'000'000}}, late, {4'800'000}).size() == 1);
    CHECK(within_sound({{6'000'000, 3'000'000}}, late, {6'200'000}).size() == 1);
}

TEST_CASE("what touches is one stretch") {
    CHECK(merged({}).empty());
    CHECK(merged({{30, 10}, {0, 20}, {20, 5}, {35, 2}}) == std::vector<Lost>{{0, 25}, {30, 10}});
    CHECK(merged({{40, 0}, {0, 40}}) == std::vector<Lost>{{0, 40}, {40, 0}});
}

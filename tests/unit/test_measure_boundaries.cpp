#include <doctest/doctest.h>

#include <libdadcam/measure/boundaries.hpp>

namespace dadcam::measure {
namespace {

std::vector<std::int64_t> times(const std::vector<Boundary>& boundaries) {
    std::vector<std::int64_t> all;
    for (const auto& boundary : boundaries) all.push_back(boundary.time);
    return all;
}

/// By when they are shown; each is decoded one tick after the other.
std::vector<Step> decoded(const std::vector<std::int64_t>& shown, const std::vector<std::size_t>& keys) {
    std::vector<Step> steps;
    for (std::size_t at = 0; at < shown.size(); ++at) steps.push_back({shown[at], static_cast<std::int64_t>(at) - 2});
    for (const auto key : keys) steps[key].is_key = true;
    return steps;
}

using Times = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("where every picture is a key picture, a stream can be cut before each") {
    const auto found = boundaries_of(decoded({0, 1, 2}, {0, 1, 2}), false);
    CHECK(times(found.entries) == Times{0, 1, 2});
    CHECK(times(found.exits) == Times{1, 2});
    CHECK(found.exits[0].dts == -2);
    CHECK(found.entries[1].dts == -1);
}

TEST_CASE("nothing that is decoded before an exit is shown behind it") {
    // I P B B P B B I P
    const auto found = boundaries_of(decoded({0, 3, 1, 2, 6, 4, 5, 7, 8}, {0, 7}), false);
    CHECK(times(found.exits) == Times{1, 4, 7, 8});
    CHECK(times(found.entries) == Times{0, 7});
}

TEST_CASE("an open group is entered only if what refers to the group before it may be left out") {
    // I B B P B B I B B P: the second I has two pictures before it that refer backwards
    const auto steps = decoded({0, 3, 1, 2, 6, 4, 5, 9, 7, 8}, {0, 4});
    CHECK(times(boundaries_of(steps, false).entries) == Times{0});
    const auto found = boundaries_of(steps, true);
    CHECK(times(found.entries) == Times{0, 6});
    CHECK(found.entries[1].dts == 4);  // where the second of the two was decoded
    CHECK(times(found.exits) == Times{1, 4, 7});
}

TEST_CASE("a key picture within a group that is shown on both its sides is no entry") {
    CHECK(times(boundaries_of(decoded({0, 4, 2, 1, 3, 5}, {0, 2}), true).entries) == Times{0});
}

TEST_CASE("a picture that is no key picture is an exit alone") {
    const auto found = boundaries_of(decoded({0, 1, 2}, {0}), true);
    CHECK(times(found.entries) == Times{0});
    CHECK(times(found.exits) == Times{1, 2});
}

}  // namespace dadcam::measure

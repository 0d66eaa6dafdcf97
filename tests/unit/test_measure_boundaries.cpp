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

TEST_CASE("a group is entered without the pictures that refer to the group before it, or with them where none does") {
    // I B B P B B I B B P: the second I has two pictures before it that refer backwards
    const auto steps = decoded({0, 3, 1, 2, 6, 4, 5, 9, 7, 8}, {0, 4});
    CHECK(times(boundaries_of(steps, false).entries) == Times{0, 4});  // nothing refers backwards: both stay
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

TEST_CASE("pictures before the first one in the file belong to a clip's beginning") {
    const auto found = boundaries_of(decoded({2, 0, 1, 5, 3, 4}, {0}), false);
    CHECK(times(found.entries) == Times{0});
    CHECK(found.entries[0].dts == -2);
    CHECK(times(found.exits) == Times{3});
}

TEST_CASE("the two fields of a picture are never parted") {
    // I P B I, each of two fields
    const auto found = boundaries_of(decoded({0, 0, 2, 2, 1, 1, 3, 3}, {0, 6}), false);
    CHECK(times(found.entries) == Times{0, 3});
    CHECK(found.entries[1].dts == 4);
    CHECK(times(found.exits) == Times{1, 3});
    CHECK(found.exits[0].dts == -1);  // of the second field
}

}  // namespace dadcam::measure

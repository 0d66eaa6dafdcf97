#include <doctest/doctest.h>

#include <libdadcam/error.hpp>
#include <libdadcam/recipe/cube.hpp>
#include <string>
#include <tests/support/errors.hpp>

using namespace dadcam;
using recipe::check_cube;

namespace {

std::string rows(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "0 0.5 1e0\n";
    return text;
}

std::string refused(const std::string& text) {
    const auto error = test::error_of([&] { check_cube(text); });
    CHECK(error.category() == Category::usage);
    return error.message();
}

}  // namespace

TEST_CASE("a table with its title, domain, comments and foreign line ends is taken") {
    CHECK(check_cube("# made by hand\r\nTITLE \"warm 3D\"\r\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n\nLUT_3D_SIZE 2\n" +
                     rows(8)) == 2);
    CHECK(check_cube("LUT_3D_SIZE 3\n" + rows(26) + "+0.1 -0.2 3") == 3);
}

TEST_CASE("rows that are missing, or too many, are counted") {
    CHECK(test::contains(refused("LUT_3D_SIZE 2\n" + rows(7)), "7 rows where size 2 needs 8"));
    CHECK(test::contains(refused("LUT_3D_SIZE 2\n" + rows(9)), "line 10: there are more rows"));
}

TEST_CASE("what is no number, or not three of them, is named by its line") {
    CHECK(test::contains(refused("LUT_3D_SIZE 2\n0 0 0\n0 x 0\n"), "line 3: \"x\" is not a number"));
    CHECK(test::contains(refused("LUT_3D_SIZE 2\n0 0\n"), "line 2: three numbers"));
    CHECK(test::contains(refused("LUT_3D_SIZE 2\n0 nan 0\n"), "is not a number"));
    CHECK(test::contains(refused("LUT_3D_SIZE 2\nDOMAIN_MIN 0 0\n"), "three numbers"));
}

TEST_CASE("a size that cannot be, twice, too late or not at all is refused") {
    for (const char* size : {"1", "257", "-3", "x", "", "999999999999"}) {
        CAPTURE(size);
        CHECK(test::contains(refused(std::string("LUT_3D_SIZE ") + size + "\n"), "from 2 to 256"));
    }
    CHECK(test::contains(refused("LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n"), "second LUT_3D_SIZE"));
    CHECK(test::contains(refused("0 0 0\n"), "has to come first"));
    CHECK(test::contains(refused(""), "there is no LUT_3D_SIZE"));
    CHECK(test::contains(refused("LUT_1D_SIZE 2\n"), "1D LUT"));
}

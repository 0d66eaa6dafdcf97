#include <doctest/doctest.h>
#include <fmt/format.h>

#include <libdadcam/footage/field_order.hpp>

using dadcam::footage::read_idet;

namespace {

std::string words(int top, int bottom, int progressive) {
    return fmt::format(
        "[Parsed_idet_0 @ 0x1] Single frame detection: TFF:     9 BFF:     9 Progressive:     9\n"
        "[Parsed_idet_0 @ 0x1] Multi frame detection: TFF: {:5} BFF: {:5} Progressive: {:5} Undetermined: 0\n",
        top, bottom, progressive);
}

}  // namespace

TEST_CASE("idet's majority is the field order") {
    CHECK(read_idet(words(50, 2, 8)) == "tt");
    CHECK(read_idet(words(0, 60, 0)) == "bb");
    CHECK(read_idet(words(0, 0, 60)) == "progressive");
}

TEST_CASE("a few quick movements do not make a clip interlaced") {
    CHECK(read_idet(words(4, 0, 3)) == "progressive");
    CHECK(read_idet(words(20, 0, 40)) == "progressive");
}

TEST_CASE("without a word from idet nothing is known") {
    CHECK(read_idet("") == "unknown");
    CHECK(read_idet(words(0, 0, 0)) == "unknown");
}

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <libdadcam/footage/shape.hpp>
#include <nlohmann/json.hpp>
#include <tests/support/clips.hpp>
#include <tests/support/dates.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::footage;
using test::moi;
using test::write_file;

namespace {

/// The sample aspect of a picture of this size whose header has this one, when it is told to be wide or not.
Rational taken(int width, int height, Rational header, std::optional<bool> wide) {
    auto facts = test::facts_of();
    facts.width = width;
    facts.height = height;
    facts.sample_aspect = header;
    take_shape(facts, wide);
    CHECK(facts.wide == wide);
    const auto once = facts;
    take_shape(facts, wide);
    CHECK(facts == once);
    CHECK(nlohmann::json(facts).get<Facts>() == facts);
    return facts.sample_aspect;
}

}  // namespace

TEST_CASE(
    "a header that says 4:3 of what is 16:9 gets the sample aspect that a right one would have, and the reverse") {
    CHECK(taken(720, 576, {16, 15}, true) == Rational{64, 45});
    CHECK(taken(720, 480, {8, 9}, true) == Rational{32, 27});
    CHECK(taken(704, 576, {12, 11}, true) == Rational{16, 11});
    CHECK(taken(704, 480, {10, 11}, true) == Rational{40, 33});
    CHECK(taken(352, 288, {12, 11}, true) == Rational{16, 11});
    CHECK(taken(1440, 1080, {1, 1}, true) == Rational{4, 3});
    CHECK(taken(720, 576, {64, 45}, false) == Rational{16, 15});
    CHECK(taken(720, 480, {32, 27}, false) == Rational{8, 9});
    CHECK(display_size([] {
              auto facts = test::facts_of();
              facts.width = 720;
              facts.height = 576;
              facts.sample_aspect = {16, 15};
              take_shape(facts, true);
              return facts;
          }()) == Size{1024, 576});
}

TEST_CASE("a header that agrees with the MOI, also as BT.601 counts, is kept as it is, and so is one without a MOI") {
    for (const Rational aspect : {Rational{64, 45}, {16, 11}, {118, 81}})
        CHECK(taken(720, 576, aspect, true) == aspect);
    for (const Rational aspect : {Rational{16, 15}, {12, 11}, {59, 54}})
        CHECK(taken(720, 576, aspect, false) == aspect);
    for (const Rational aspect : {Rational{8, 9}, {10, 11}}) CHECK(taken(720, 480, aspect, false) == aspect);
    for (const Rational aspect : {Rational{16, 15}, {64, 45}, {1, 1}}) CHECK(taken(720, 576, aspect, {}) == aspect);
    CHECK(taken(1440, 1080, {4, 3}, true) == Rational{4, 3});
    CHECK(taken(1920, 1080, {1, 1}, true) == Rational{1, 1});
}

TEST_CASE("no MOI makes a high-definition picture 4:3, nor one of a wild size what no library could read again") {
    CHECK(taken(1920, 1080, {1, 1}, false) == Rational{1, 1});
    CHECK(taken(1440, 1080, {4, 3}, false) == Rational{4, 3});
    CHECK(taken(16, 16384, {1, 1}, true) == Rational{1, 1});
    CHECK(taken(16384, 16, {1, 1}, false) == Rational{1, 1});
}

TEST_CASE(
    "the shape of a MOD and of a TOD stands in the MOI beside it, in large and small letters, and of nothing else") {
    const test::TemporaryFolder folder;
    CHECK_FALSE(wide_beside(folder / "MOV001.MOD"));
    write_file(folder / "MOV001.MOI", moi(0x54));
    write_file(folder / "mov002.moi", moi(0x40));
    for (const char* clip : {"MOV001.MOD", "MOV001.mod", "MOV001.Tod"}) CHECK(wide_beside(folder / clip) == true);
    CHECK(wide_beside(folder / "mov002.MOD") == false);
    for (const char* clip : {"MOV001.mp4", "MOV001", "MOV003.MOD"}) CHECK_FALSE(wide_beside(folder / clip));
}

TEST_CASE("a MOI that is cut off, says no aspect or is no ordinary file says nothing of the shape") {
    const test::TemporaryFolder folder;
    const auto said = [&](const std::string& bytes) {
        return wide_beside(write_file(folder / "a.MOI", bytes).replace_extension(".MOD"));
    };
    CHECK(said(moi(0x54)) == true);
    for (const auto& bytes :
         {std::string(), std::string("V6"), moi(0x54).substr(0, 0x80), moi(0x57), "V7" + moi(0x54).substr(2)}) {
        CAPTURE(bytes.size());
        CHECK_FALSE(said(bytes));
    }
    std::filesystem::create_directories(folder / "b.MOI");
    REQUIRE(::mkfifo((folder / "c.MOI").c_str(), 0600) == 0);
    for (const char* clip : {"b.MOD", "c.MOD"}) CHECK_FALSE(wide_beside(folder / clip));
    write_file(folder / "c.moi", moi(0x54));
    CHECK(wide_beside(folder / "c.MOD") == true);
}

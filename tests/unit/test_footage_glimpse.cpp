#include <doctest/doctest.h>

#include <libdadcam/footage/glimpse.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam::footage;
namespace test = dadcam::test;
namespace fs = std::filesystem;

namespace {

std::optional<std::int64_t> length_of(const std::string& contents) {
    const test::TemporaryFolder folder;
    return told_length_us(test::write_file(folder / "a.mov", contents));
}

bool is_no_video_of(const std::string& contents) {
    const test::TemporaryFolder folder;
    return is_no_video(test::write_file(folder / "a", contents));
}

}  // namespace

TEST_CASE("a movie's header tells its length, in either size of numbers") {
    CHECK(length_of(test::movie_of(2'850)) == 2'850'000);
    const auto long_header = "\1" + std::string(19, '\0') + test::u32(600) + test::big_endian(1'710, 8);
    CHECK(length_of(test::box("moov", test::box("mvhd", long_header + std::string(80, '\0')))) == 2'850'000);
}

TEST_CASE("a header that tells no length, or only that of the first of its fragments, tells none") {
    CHECK_FALSE(length_of(test::movie_of(0)));
    CHECK_FALSE(length_of(test::movie_of(0xffff'ffff)));
    CHECK_FALSE(length_of(test::movie_of(2'000, test::box("mvex", ""))));
}

TEST_CASE("what is no movie, is cut off or lies about its sizes tells no length") {
    const auto whole = test::movie_of(2'000);
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(length_of(whole.substr(0, size)));
    CHECK_FALSE(length_of(test::u32(4) + "moov" + whole));
    CHECK_FALSE(length_of(test::u32(1) + "free" + std::string(8, '\xff') + whole));
    CHECK_FALSE(length_of("Dear Grandma, this is no film at all."));
    CHECK_FALSE(told_length_us("/nowhere/a.mov"));
}

TEST_CASE("a movie that ends before one of its boxes does is cut off") {
    const test::TemporaryFolder folder;
    const auto is_cut_off = [&](const std::string& contents) {
        return is_movie_cut_off(test::write_file(folder / "a.mov", contents));
    };
    const auto whole = test::movie_of(2'000) + test::box("mdat", std::string(100, 'x'));
    CHECK_FALSE(is_cut_off(whole));
    CHECK_FALSE(is_cut_off(whole + std::string(7, '\0')));  // no box is as short
    for (std::size_t size = test::movie_of(2'000).size() + 8; size < whole.size(); ++size)
        CHECK(is_cut_off(whole.substr(0, size)));
    CHECK_FALSE(is_cut_off(test::u32(0) + "mdat" + std::string(100, 'x')));  // up to the end
    CHECK_FALSE(is_movie_cut_off("/nowhere/a.mov"));
}

TEST_CASE("the containers of videos are known by their first bytes, and what begins otherwise is no video") {
    const std::string nothing(200, '\0');
    CHECK_FALSE(is_no_video_of(test::movie_of(1'000)));
    CHECK_FALSE(is_no_video_of("RIFF1234AVI " + nothing));
    CHECK_FALSE(is_no_video_of("G" + std::string(187, 'x') + "G" + nothing));
    CHECK_FALSE(is_no_video_of("1234G" + std::string(191, 'x') + "G"));
    CHECK_FALSE(is_no_video_of(std::string("\0\0\1\xba", 4) + nothing));
    CHECK_FALSE(is_no_video_of("\x1a\x45\xdf\xa3" + nothing));
    CHECK(is_no_video_of("junk"));
    CHECK(is_no_video_of(""));
    CHECK(is_no_video_of("Good day" + nothing));
    CHECK(is_no_video_of("RIFF1234WAVE" + nothing));
}

TEST_CASE("a file that cannot be read may be a video") {
    CHECK_FALSE(is_no_video("/nowhere/a"));
}

#include <doctest/doctest.h>

#include <libdadcam/render/soundtrack.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/stand_in.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

/// Three segments, each with a letter for its sound; the encoder is a shell script that finds its file as $1.
struct Studio {
    test::TemporaryFolder folder;
    process::Stop stop;
    fs::path file = folder / "sound.mov";

    Studio() {
        for (int i = 0; i < 3; ++i)
            test::write_file(segment(i), test::movie(1, std::string(4000, static_cast<char>('a' + i))));
    }
    fs::path segment(int index) const { return folder / ("segment" + std::to_string(index) + ".mov"); }

    Soundtrack soundtrack(const std::string& script, std::chrono::milliseconds patience = std::chrono::hours{1}) {
        auto encoding = test::stand_in(folder / "ffmpeg", script, {file.string()});
        encoding.stall_timeout = patience;
        return {std::move(encoding), file, {{segment(0), {1000}}, {segment(1), {1000}}, {segment(2), {1000}}}, stop};
    }
};

void nothing() {}

void all_there(Soundtrack& sound) {
    for (std::size_t index = 0; index < 3; ++index) sound.there(index);
}

/// Keeps what it reads beside the file, and makes one of 3000 samples.
std::string recording(const fs::path& folder) {
    test::write_file(folder / "made", test::movie(0, std::string(12'000, 's')));
    return "cat > '" + (folder / "read").string() + "'; cp '" + (folder / "made").string() + "' \"$1\"";
}

}  // namespace

TEST_CASE("the sound is fed in the film's order, whatever the order in which segments come") {
    Studio studio;
    auto sound = studio.soundtrack(recording(studio.folder / ""));
    for (const std::size_t index : {2U, 0U, 1U}) sound.there(index);
    CHECK(sound.finish(nothing).empty());
    CHECK_FALSE(sound.failure());
    CHECK((test::read_file(studio.folder / "read") ==
           std::string(4000, 'a') + std::string(4000, 'b') + std::string(4000, 'c')));
}

TEST_CASE("while a segment is awaited, the encoder does not count as stalled") {
    Studio studio;
    auto sound = studio.soundtrack(recording(studio.folder / ""), std::chrono::milliseconds{300});
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < std::chrono::seconds{1}) REQUIRE_FALSE(sound.failure());
}

TEST_CASE("an encoder that does not read is given up") {
    Studio studio;
    test::write_file(studio.segment(0), test::movie(1, std::string(4 << 20, 'a')));
    auto sound = studio.soundtrack("exec tail -f /dev/null", std::chrono::milliseconds{300});
    all_there(sound);
    CHECK(test::error_of([&] { sound.finish(nothing); }).category() == Category::timeout);
}

TEST_CASE("a failure of the encoder is known at once, and one that ends too early is one") {
    for (const auto* script : {"echo no >&2; exit 1", "exit 0"}) {
        Studio studio;
        auto sound = studio.soundtrack(script);
        const auto error = test::error_of([&] { sound.finish(nothing); });
        CHECK(error.category() == Category::encoding_error);
        CHECK(sound.failure());
    }
}

TEST_CASE("a segment whose sound is not as long as it should be is refused") {
    Studio studio;
    test::write_file(studio.segment(1), test::movie(1, std::string(3996, 'b')));
    auto sound = studio.soundtrack(recording(studio.folder / ""));
    all_there(sound);
    const auto error = test::error_of([&] { sound.finish(nothing); });
    CHECK(error.category() == Category::encoding_error);
    CHECK(test::contains(error.detail(), "segment1.mov holds 3996 bytes of sound, not 4000"));
}

TEST_CASE("sound that came out too short is refused") {
    Studio studio;
    test::write_file(studio.folder / "short", test::movie(0, std::string(11'996, 's')));
    auto sound = studio.soundtrack("cat > /dev/null; cp '" + (studio.folder / "short").string() + "' \"$1\"");
    all_there(sound);
    CHECK(test::contains(test::error_of([&] { sound.finish(nothing); }).detail(), "2999 samples, not 3000"));
}

TEST_CASE("waiting for the sound can be ended, and what runs ends with it") {
    Studio studio;
    {
        auto sound = studio.soundtrack("cat > /dev/null");
        CHECK_THROWS_AS(sound.finish([] { throw Error(Category::cancelled, "enough"); }), Error);
    }
    auto stopped = studio.soundtrack("cat > /dev/null");
    studio.stop.request();
    CHECK(test::error_of([&] { stopped.finish(nothing); }).category() == Category::cancelled);
}

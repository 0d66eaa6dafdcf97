#include <doctest/doctest.h>

#include <libdadcam/render/thumbnail.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/stand_in.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

/// The ffmpeg is a shell script that finds its file as $1.
struct ThumbnailStudio {
    test::TemporaryFolder folder;
    process::Stop stop;
    fs::path place = folder / "thumb.jpg";
    fs::path temporary = folder / ".thumb.tmp";

    Thumbnail thumbnail(const std::string& script) {
        return {test::stand_in(folder / "ffmpeg", script, {temporary.string()}), place, temporary, stop};
    }
};

void nothing() {}

constexpr const char* kGoodPicture = "printf picture > \"$1\"";

}  // namespace

TEST_CASE("a picture that is kept stays in its place") {
    ThumbnailStudio studio;
    {
        auto thumbnail = studio.thumbnail(kGoodPicture);
        CHECK(thumbnail.finish(nothing).empty());
        CHECK(test::read_file(studio.place) == "picture");
        thumbnail.keep();
    }
    CHECK(fs::exists(studio.place));
    CHECK_FALSE(fs::exists(studio.temporary));
}

TEST_CASE("a picture whose film did not come to be goes with it") {
    ThumbnailStudio studio;
    CHECK(studio.thumbnail(kGoodPicture).finish(nothing).empty());
    CHECK_FALSE(fs::exists(studio.place));
}

TEST_CASE("why there is no picture is told, and nothing is left") {
    ThumbnailStudio studio;
    CHECK(test::contains(studio.thumbnail("echo broken >&2; printf half > \"$1\"; exit 1").finish(nothing), "broken"));
    CHECK_FALSE(studio.thumbnail("exit 0").finish(nothing).empty());
    CHECK_FALSE(fs::exists(studio.place));
    CHECK_FALSE(fs::exists(studio.temporary));
}

TEST_CASE("a picture that nobody waits for any more is not waited for") {
    ThumbnailStudio studio;
    { const auto dropped = studio.thumbnail("exec tail -f /dev/null"); }
    CHECK_FALSE(fs::exists(studio.temporary));
    auto stopped = studio.thumbnail("exec tail -f /dev/null");
    studio.stop.request();
    CHECK(test::error_of([&] { stopped.finish(nothing); }).category() == Category::cancelled);
}

TEST_CASE("whoever waits for a picture can give it up") {
    ThumbnailStudio studio;
    auto thumbnail = studio.thumbnail("exec tail -f /dev/null");
    CHECK(test::error_of([&] { thumbnail.finish([] { throw cancelled(); }); }).category() == Category::cancelled);
}

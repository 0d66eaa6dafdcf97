#include <doctest/doctest.h>

#include <libdadcam/ffmpeg/classify.hpp>
#include <set>
#include <tests/support/errors.hpp>

using namespace dadcam;
using namespace dadcam::ffmpeg;

namespace {

constexpr std::string_view kOutput = "file:/films/.out.mov.dadcam-run1.tmp";

Category category_of(const std::string& words) {
    return classify(words, kOutput).category;
}

}  // namespace

TEST_CASE("a full disk is a full disk, whichever line says it") {
    CHECK(category_of("av_interleaved_write_frame(): No space left on device\n") == Category::disk_full);
    CHECK(category_of("x: Disk quota exceeded\nConversion failed!\n") == Category::disk_full);
    CHECK(category_of("file:/films/.out.mov.dadcam-run1.tmp: No space left on device\n") == Category::disk_full);
}

TEST_CASE("a line that names the output is about writing") {
    for (const std::string words : {"Permission denied", "Read-only file system", "No such file or directory",
                                    "Input/output error", "File too large"}) {
        CAPTURE(words);
        CHECK(category_of(std::string(kOutput) + ": " + words + "\n") == Category::output_write_error);
        CHECK(category_of("before\n" + std::string(kOutput) + ": " + words) == Category::output_write_error);
    }
}

TEST_CASE("a line that names anything else is about reading") {
    CHECK(category_of("file:/clips/a.mp4: No such file or directory\n") == Category::input_not_found);
    CHECK(category_of("file:/clips/a.mp4: Permission denied\n") == Category::input_not_found);
    CHECK(category_of("file:/clips/a.mp4: No such file or directory\nOutput " + std::string(kOutput) + "\n") ==
          Category::input_not_found);
    CHECK(category_of("file:/clips/a.mp4: Input/output error\n") == Category::encoding_error);
}

TEST_CASE("a later line that names the output is found behind one that does not") {
    CHECK(category_of("file:/clips/a.mp4: Permission denied\n" + std::string(kOutput) + ": Permission denied\n") ==
          Category::output_write_error);
}

TEST_CASE("an ffmpeg that lacks something is a missing tool") {
    CHECK(category_of("Unknown encoder 'libx264'\n") == Category::tool_missing);
    CHECK(category_of("No such filter: 'zscale'\n") == Category::tool_missing);
}

TEST_CASE("missing streams, corrupt data and anything else are encoding errors, each in its own words") {
    const auto streams = classify("Stream specifier ':9' matches no streams.\n", kOutput);
    const auto corrupt = classify("moov atom not found\n", kOutput);
    const auto invalid = classify("Invalid data found when processing input\n", kOutput);
    const auto other = classify("something went wrong\n", kOutput);
    for (const auto& failure : {streams, corrupt, invalid, other}) {
        CHECK(failure.category == Category::encoding_error);
        CHECK_FALSE(failure.advice.empty());
    }
    CHECK(corrupt.message == invalid.message);
    CHECK(std::set<std::string>{streams.message, corrupt.message, other.message}.size() == 3);
    CHECK(classify("", kOutput).message == other.message);
}

TEST_CASE("ffmpeg's own words are the lines that bear its mark") {
    CHECK(own_words("srun: error: [node2] No such file\n[error] a.mp4: No such file or directory\nwaits\n"
                    "0: [mov,mp4 @ 0x5] [fatal] moov atom not found") ==
          "[error] a.mp4: No such file or directory\n0: [mov,mp4 @ 0x5] [fatal] moov atom not found\n");
    CHECK(own_words("") == "");
}

TEST_CASE("the last words are whole lines, no more than was asked for") {
    LastWords words(20);
    words.add("one");
    words.add("two");
    CHECK(words.text() == "one\ntwo\n");
    words.add("three is long");
    CHECK(words.text() == "two\nthree is long\n");
    CHECK(words.lines() == 3);
}

TEST_CASE("the last words stay bounded, whatever is added") {
    LastWords words(100);
    for (int i = 0; i < 1000; ++i) {
        words.add(std::string(static_cast<std::size_t>(i % 150), static_cast<char>('a' + i % 26)));
        REQUIRE(words.text().size() <= 100);
        REQUIRE(words.text().ends_with('\n'));
    }
    CHECK(words.lines() == 1000);
}

TEST_CASE("of a line that is too long by itself the beginning is kept") {
    LastWords words(10);
    words.add("short");
    words.add("a line that is too long");
    CHECK(words.text() == "a line th\n");
    words.add("123456789");
    CHECK(words.text() == "123456789\n");
}

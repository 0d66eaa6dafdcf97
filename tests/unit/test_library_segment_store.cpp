#include <doctest/doctest.h>

#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

const std::string kKey = "blake2b:abcdef";
const std::string kContent = "a segment";

/// A library with a run of two segments, the first of which is in the store with its file.
struct Stored : test::FreshLibrary {
    std::int64_t run = test::add_run(library);
    fs::path file = test::write_file(library.located(segment_path(kKey)), kContent);

    Stored() {
        add_run_segments(library, run, {test::segment_row(kKey, 0, 125), test::segment_row("blake2b:bb", 125, 126)});
        complete_segment(library, run, 0,
                         {kKey, segment_path(kKey), static_cast<std::int64_t>(kContent.size()), 125, 240'000});
    }
};

}  // namespace

TEST_CASE("a segment lies where its key says") {
    CHECK(segment_path("blake2b:abcdef") == ".dadcam/segments/ab/abcdef.mov");
}

TEST_CASE("a segment is found when its row and its file agree") {
    Stored stored;
    const auto found = find_segment(stored.library, kKey);
    REQUIRE(found);
    CHECK(found->key == kKey);
    CHECK(found->path == segment_path(kKey));
    CHECK(found->bytes == 9);
    CHECK(found->frames == 125);
    CHECK(found->samples == 240'000);
    CHECK_FALSE(find_segment(stored.library, "blake2b:bb"));
}

TEST_CASE("a file without a row is no segment") {
    Stored stored;
    test::write_file(stored.library.located(segment_path("blake2b:bb")), kContent);
    CHECK_FALSE(find_segment(stored.library, "blake2b:bb"));
}

TEST_CASE("a row without its file, or with one of another size, is no segment") {
    Stored stored;
    test::write_file(stored.file, kContent + "!");
    CHECK_FALSE(find_segment(stored.library, kKey));
    test::write_file(stored.file, "");
    CHECK_FALSE(find_segment(stored.library, kKey));
    fs::remove(stored.file);
    CHECK_FALSE(find_segment(stored.library, kKey));
    test::write_file(stored.file, kContent);
    CHECK(find_segment(stored.library, kKey));
}

TEST_CASE("a link or a folder in a segment's place is no segment") {
    Stored stored;
    const auto elsewhere = test::write_file(stored.folder / "elsewhere.mov", kContent);
    fs::remove(stored.file);
    fs::create_symlink(elsewhere, stored.file);
    CHECK_FALSE(find_segment(stored.library, kKey));
    fs::remove(stored.file);
    fs::create_directories(stored.file);
    CHECK_FALSE(find_segment(stored.library, kKey));
}

TEST_CASE("a row that names another place than its key's is no segment") {
    Stored stored;
    for (const char* path : {"/etc/passwd", "../outside.mov", ".dadcam/segments/../segments/ab/abcdef.mov"}) {
        execute(stored.library.database(), "UPDATE segments SET path = ?", std::string(path));
        CHECK_FALSE(find_segment(stored.library, kKey));
    }
}

TEST_CASE("a run's segments come back in their order, as they were recorded") {
    Stored stored;
    const auto segments = run_segments(stored.library, stored.run);
    REQUIRE(segments.size() == 2);
    CHECK(segments[0].key == kKey);
    CHECK(segments[0].clip_count == 1);
    CHECK(segments[0].duration_ms == 5000);
    CHECK(segments[0].start_frame == 0);
    CHECK(segments[0].frames_total == 125);
    CHECK(segments[0].samples_total == 240'000);
    CHECK(segments[1].key == "blake2b:bb");
    CHECK(segments[1].start_frame == 125);
    CHECK(run_segments(stored.library, stored.run + 1).empty());
}

TEST_CASE("a segment is pending, rendering and then completed with all its frames") {
    Stored stored;
    CHECK(run_segments(stored.library, stored.run)[1].status == "pending");
    start_segment(stored.library, stored.run, 1);
    CHECK(run_segments(stored.library, stored.run)[1].status == "rendering");
    CHECK(run_segments(stored.library, stored.run)[1].started_at);
    complete_segment(stored.library, stored.run, 1, {"blake2b:bb", segment_path("blake2b:bb"), 7, 126, 0});
    const auto done = run_segments(stored.library, stored.run)[1];
    CHECK(done.status == "completed");
    CHECK(done.frames_completed == 126);
    CHECK(done.completed_at);
    CHECK_FALSE(done.reused);
}

TEST_CASE("a segment that is rendered again replaces its row in the store") {
    Stored stored;
    complete_segment(stored.library, stored.run, 0, {kKey, segment_path(kKey), 3, 125, 240'000});
    CHECK_FALSE(find_segment(stored.library, kKey));
    test::write_file(stored.file, "new");
    CHECK(find_segment(stored.library, kKey));
}

TEST_CASE("a reused segment is completed, marked as such and used today") {
    Stored stored;
    const auto other = test::add_run(stored.library);
    add_run_segments(stored.library, other, {test::segment_row(kKey, 0, 125)});
    execute(stored.library.database(), "UPDATE segments SET last_used_at = '2001-01-01T00:00:00Z'");
    reuse_segment(stored.library, other, 0, kKey);
    const auto segment = run_segments(stored.library, other)[0];
    CHECK(segment.status == "completed");
    CHECK(segment.reused);
    CHECK(segment.frames_completed == 125);
    CHECK(stored.library.database().execAndGet("SELECT last_used_at FROM segments").getString() >
          "2001-01-01T00:00:00Z");
}

TEST_CASE("a failed segment says why") {
    Stored stored;
    start_segment(stored.library, stored.run, 1);
    fail_segment(stored.library, stored.run, 1, "It broke.");
    const auto segment = run_segments(stored.library, stored.run)[1];
    CHECK(segment.status == "failed");
    CHECK(segment.error_message == "It broke.");
}

TEST_CASE("the store outlives the run that filled it") {
    Stored stored;
    delete_run(stored.library, stored.run);
    CHECK(find_segment(stored.library, kKey));
}

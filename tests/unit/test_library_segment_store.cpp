#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

const std::string kKey = "blake2b:abcdef";
const std::string kContent = "a segment";

/// A segment's row for a file that is in its place.
StoredSegment row_for(const Library& library, const std::string& key, std::int64_t frames = 125) {
    const auto file = library.located(segment_path(key));
    const auto state = footage::file_state(file);
    return {key, segment_path(key), state.size_bytes, frames, state.mtime_ns, footage::content_hash(file)};
}

/// A library with a run of two segments, the first of which is in the store with its file.
struct Stored : test::FreshLibrary {
    std::int64_t run = test::add_run(library);
    fs::path file = test::write_file(library.located(segment_path(kKey)), kContent);

    Stored() {
        add_run_segments(library, run, {test::segment_row(kKey, 0, 125), test::segment_row("blake2b:bb", 125, 126)});
        complete_segment(library, run, 0, row_for(library, kKey));
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
    CHECK(found.segment->key == kKey);
    CHECK(found.segment->path == segment_path(kKey));
    CHECK(found.segment->bytes == 9);
    CHECK(found.segment->frames == 125);
    CHECK(found.lost.empty());
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

TEST_CASE("what became of a segment's file is told") {
    Stored stored;
    CHECK(find_segment(stored.library, "blake2b:bb").lost.empty());
    test::write_file(stored.file, "longer than before");
    CHECK(find_segment(stored.library, kKey).lost == "its file has another size");
    fs::remove(stored.file);
    CHECK(find_segment(stored.library, kKey).lost == "its file is gone");
}

TEST_CASE("a file of the same size with other contents is no segment") {
    Stored stored;
    test::write_file(stored.file, "A SEGMENT");
    fs::last_write_time(stored.file, fs::last_write_time(stored.file) + std::chrono::seconds(5));
    CHECK(find_segment(stored.library, kKey).lost == "its file has other contents");
}

TEST_CASE("a file that was only touched is the segment, and is not read a second time") {
    Stored stored;
    fs::last_write_time(stored.file, fs::last_write_time(stored.file) + std::chrono::hours(24));
    CHECK(find_segment(stored.library, kKey));
    CHECK(stored.library.database().execAndGet("SELECT mtime_ns FROM segments").getInt64() ==
          footage::file_state(stored.file).mtime_ns);
}

TEST_CASE("contents that changed under the same time are found when they are asked for") {
    Stored stored;
    const auto time = fs::last_write_time(stored.file);
    test::write_file(stored.file, "A SEGMENT");
    fs::last_write_time(stored.file, time);
    CHECK(find_segment(stored.library, kKey));
    CHECK(find_segment(stored.library, kKey, Check::contents).lost == "its file has other contents");
}

TEST_CASE("a key that would lead out of the store is refused") {
    for (const char* key : {"blake2b:../../../../tmp/x", "blake2b:", "a/b", "blake2b:ABCDEF", ""}) {
        CAPTURE(std::string(key));
        CHECK_THROWS_AS(segment_path(key), Error);
    }
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
    test::write_file(stored.library.located(segment_path("blake2b:bb")), "segment");
    complete_segment(stored.library, stored.run, 1, row_for(stored.library, "blake2b:bb", 126));
    const auto done = run_segments(stored.library, stored.run)[1];
    CHECK(done.status == "completed");
    CHECK(done.frames_completed == 126);
    CHECK(done.completed_at);
    CHECK_FALSE(done.reused);
}

TEST_CASE("a segment that is rendered again replaces its row in the store") {
    Stored stored;
    test::write_file(stored.file, "new");
    CHECK_FALSE(find_segment(stored.library, kKey));
    complete_segment(stored.library, stored.run, 0, row_for(stored.library, kKey));
    CHECK(find_segment(stored.library, kKey).segment->bytes == 3);
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

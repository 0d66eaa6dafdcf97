#include <doctest/doctest.h>

#include <array>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/run_cancel.hpp>
#include <libdadcam/library/run_log.hpp>
#include <libdadcam/library/run_progress.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <set>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::add_run;
using test::FreshLibrary;

namespace {

constexpr std::array kAll{RunStatus::pending, RunStatus::rendering, RunStatus::completed, RunStatus::failed,
                          RunStatus::cancelled};

const std::set<std::pair<RunStatus, RunStatus>> kArrows{
    {RunStatus::pending, RunStatus::rendering}, {RunStatus::pending, RunStatus::failed},
    {RunStatus::pending, RunStatus::cancelled}, {RunStatus::rendering, RunStatus::completed},
    {RunStatus::rendering, RunStatus::failed},  {RunStatus::rendering, RunStatus::cancelled}};

const Error kFailure(Category::encoding_error, "It broke.", "Mend it.", "in detail");
const Error kCancel(Category::cancelled, "Export was cancelled.");

/// A new run that has come to a status in a legal way.
std::int64_t run_in(Library& library, RunStatus status) {
    const auto id = add_run(library);
    if (status == RunStatus::pending) return id;
    start_run(library, id, "host:1");
    if (status == RunStatus::completed) complete_run(library, id, {"film.mp4", 1, 1, {}});
    if (status == RunStatus::failed) end_run(library, id, kFailure);
    if (status == RunStatus::cancelled) end_run(library, id, kCancel);
    REQUIRE(find_run(library, id).status == status);
    return id;
}

std::vector<std::int64_t> ids(const std::vector<Run>& runs) {
    std::vector<std::int64_t> result;
    for (const auto& run : runs) result.push_back(run.id);
    return result;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("statuses have names, and the names lead back") {
    for (const auto status : kAll) CHECK(parse_run_status(name(status)) == status);
    CHECK(name(RunStatus::rendering) == "rendering");
    const auto error = test::error_of([] { parse_run_status("done"); });
    CHECK(error.category() == Category::usage);
    CHECK(test::contains(error.advice(), "pending, rendering, completed, failed, cancelled"));
}

TEST_CASE("the database itself refuses every change of status that is no arrow") {
    FreshLibrary fresh;
    for (const auto from : kAll) {
        for (const auto to : kAll) {
            const auto id = run_in(fresh.library, from);
            CAPTURE(std::string(name(from)));
            CAPTURE(std::string(name(to)));
            const auto change = [&] {
                execute(fresh.library.database(), "UPDATE export_runs SET status = ? WHERE id = ?",
                        std::string(name(to)), id);
            };
            if (kArrows.contains({from, to})) {
                CHECK_NOTHROW(change());
                CHECK(find_run(fresh.library, id).status == to);
            } else {
                CHECK_THROWS_WITH_AS(change(), "an export cannot change its status that way", SQLite::Exception);
                CHECK(find_run(fresh.library, id).status == from);
            }
        }
    }
}

TEST_CASE("a run is only started once, and says so") {
    FreshLibrary fresh;
    const auto id = add_run(fresh.library);
    CHECK(start_run(fresh.library, id, "host:1"));
    const auto run = find_run(fresh.library, id);
    CHECK(run.status == RunStatus::rendering);
    CHECK(run.started_at);
    CHECK(run.last_progress_at);
    CHECK_FALSE(start_run(fresh.library, id, "host:2"));
    CHECK(fresh.library.database().execAndGet("SELECT owner FROM jobs").getString() == "host:1");
}

TEST_CASE("what is final stays as it is, and whoever comes late is told") {
    FreshLibrary fresh;
    for (const auto status : {RunStatus::completed, RunStatus::failed, RunStatus::cancelled}) {
        CAPTURE(std::string(name(status)));
        const auto id = run_in(fresh.library, status);
        CHECK_FALSE(start_run(fresh.library, id, "host:1"));
        CHECK_FALSE(complete_run(fresh.library, id, {"other.mp4", 2, 2, {}}));
        CHECK_FALSE(end_run(fresh.library, id, Error(Category::timeout, "late")));
        record_progress(fresh.library, id, {"late", 7, 7});
        const auto run = find_run(fresh.library, id);
        CHECK(run.status == status);
        CHECK(run.output_path != "other.mp4");
        CHECK(run.error_message != "late");
        CHECK(run.current_operation != "late");
    }
    const auto pending = add_run(fresh.library);
    CHECK_FALSE(complete_run(fresh.library, pending, {"film.mp4", 1, 1, {}}));
}

TEST_CASE("a completed run names its film and is at 100") {
    FreshLibrary fresh;
    const auto id = run_in(fresh.library, RunStatus::rendering);
    CHECK(complete_run(fresh.library, id, {"film.mp4", 123, 10'000, "thumb.jpg"}));
    const auto run = find_run(fresh.library, id);
    CHECK(run.progress == 100);
    CHECK(run.frames_completed == run.frames_total);
    CHECK(run.output_path == "film.mp4");
    CHECK(run.output_size_bytes == 123);
    CHECK(run.output_duration_ms == 10'000);
    CHECK(run.thumbnail_path == "thumb.jpg");
    CHECK(run.completed_at);
}

TEST_CASE("a run that failed says why, and its segments in flight failed with it") {
    FreshLibrary fresh;
    const auto id = run_in(fresh.library, RunStatus::rendering);
    add_run_segments(fresh.library, id,
                     {test::segment_row("blake2b:aa", 0, 125), test::segment_row("blake2b:bb", 125, 125)});
    start_segment(fresh.library, id, 1);
    CHECK(end_run(fresh.library, id, kFailure));
    const auto run = find_run(fresh.library, id);
    CHECK(run.status == RunStatus::failed);
    CHECK(run.error_message == "It broke.");
    CHECK(run.error_category == "encoding_error");
    CHECK(run.error_detail == "in detail");
    CHECK(run.completed_at);
    CHECK(run_segments(fresh.library, id)[0].status == "pending");
    CHECK(run_segments(fresh.library, id)[1].status == "failed");
}

TEST_CASE("a cancel is no failure") {
    FreshLibrary fresh;
    const auto id = add_run(fresh.library);
    CHECK(end_run(fresh.library, id, kCancel));
    CHECK(find_run(fresh.library, id).status == RunStatus::cancelled);
}

TEST_CASE("a run comes back as it was recorded, with its snapshot and items") {
    FreshLibrary fresh;
    const auto clip = test::add_clip(fresh.library, "a.mp4");
    auto asked = test::new_run("Italy");
    asked.wishes = {"/films/out.mp4", true, true};
    asked.resumed_from = add_run(fresh.library);
    asked.contents.items = {{clip, "a.mp4", 0, 100}, {clip + 99, "b.mp4", 100, 150}};
    asked.contents.snapshot.luts = R"({"name":"warm"})";
    const auto id = create_run(fresh.library, asked);
    const auto run = find_run(fresh.library, id);
    CHECK(run.status == RunStatus::pending);
    CHECK(run.name == "Italy");
    CHECK(run.recipe_name == "Italy");
    CHECK(run.output_preset == "share");
    CHECK(run.wishes.path == "/films/out.mp4");
    CHECK(run.wishes.replace);
    CHECK(run.wishes.skip_broken);
    CHECK(run.wished_here);
    CHECK(run.resumed_from == asked.resumed_from);
    CHECK(run.total_clips == 2);
    CHECK(run.total_duration_ms == 10'000);
    CHECK(run.frames_total == 250);
    CHECK(run.progress == 0);
    CHECK_FALSE(run.started_at);
    CHECK(run_snapshot(fresh.library, id).inputs == asked.contents.snapshot.inputs);
    CHECK(run_snapshot(fresh.library, id).recipe == asked.contents.snapshot.recipe);
    CHECK(run_snapshot(fresh.library, id).settings == asked.contents.snapshot.settings);
    CHECK(run_snapshot(fresh.library, id).luts == asked.contents.snapshot.luts);
    const auto items = run_items(fresh.library, id);
    REQUIRE(items.size() == 2);
    CHECK(items[0].clip_id == clip);
    CHECK_FALSE(items[1].clip_id);  // a clip that the library does not have any more
    CHECK(items[1].path == "b.mp4");
    CHECK(items[1].start_frame == 100);
    CHECK(items[1].frames == 150);
}

TEST_CASE("a run that is not there is an error that says so") {
    FreshLibrary fresh;
    for (const auto& error : {test::error_of([&] { find_run(fresh.library, 7); }),
                              test::error_of([&] { run_snapshot(fresh.library, 7); })}) {
        CHECK(error.category() == Category::general);
        CHECK(test::contains(error.message(), "no export 7"));
    }
    CHECK(run_items(fresh.library, 7).empty());
}

TEST_CASE("history comes newest first, in pages") {
    FreshLibrary fresh;
    Ids all;
    for (int i = 0; i < 4; ++i) all.push_back(add_run(fresh.library));
    CHECK(ids(history(fresh.library, {}, 10, 0)) == Ids{all[3], all[2], all[1], all[0]});
    CHECK(ids(history(fresh.library, {}, 2, 0)) == Ids{all[3], all[2]});
    CHECK(ids(history(fresh.library, {}, 2, 1)) == Ids{all[2], all[1]});
    CHECK(history(fresh.library, {}, 10, 4).empty());
    CHECK(history(fresh.library, {}, 0, 0).empty());
}

TEST_CASE("history can be asked for one status") {
    FreshLibrary fresh;
    const auto failed = run_in(fresh.library, RunStatus::failed);
    add_run(fresh.library);
    const auto rendering = run_in(fresh.library, RunStatus::rendering);
    CHECK(ids(history(fresh.library, RunStatus::failed, 10, 0)) == Ids{failed});
    CHECK(history(fresh.library, RunStatus::completed, 10, 0).empty());
    CHECK(ids(rendering_runs(fresh.library)) == Ids{rendering});
}

TEST_CASE("progress is recorded with that of the segments, none of which has more than its frames") {
    FreshLibrary fresh;
    const auto id = run_in(fresh.library, RunStatus::rendering);
    add_run_segments(fresh.library, id,
                     {test::segment_row("blake2b:aa", 0, 125), test::segment_row("blake2b:bb", 125, 125)});
    record_progress(fresh.library, id, {"Encoding clip 1 of 1", 130, 52, {{0, {999}}, {1, {5}}}});
    const auto run = find_run(fresh.library, id);
    CHECK(run.current_operation == "Encoding clip 1 of 1");
    CHECK(run.frames_completed == 130);
    CHECK(run.progress == 52);
    const auto segments = run_segments(fresh.library, id);
    CHECK(segments[0].frames_completed == 125);
    CHECK(segments[1].frames_completed == 5);
}

TEST_CASE("a deleted run leaves no row behind") {
    FreshLibrary fresh;
    const auto id = run_in(fresh.library, RunStatus::failed);
    const auto other = add_run(fresh.library);
    add_run_segments(fresh.library, id, {test::segment_row("blake2b:aa", 0, 125)});
    add_log(fresh.library, id, "info", "text");
    delete_run(fresh.library, id);
    CHECK_THROWS_AS(find_run(fresh.library, id), Error);
    for (const char* table : {"export_run_segments", "job_logs"}) {
        CAPTURE(std::string(table));
        CHECK(fresh.library.database().execAndGet("SELECT count(*) FROM " + std::string(table)).getInt() == 0);
    }
    CHECK(fresh.library.database().execAndGet("SELECT count(*) FROM jobs").getInt() == 1);
    CHECK(find_run(fresh.library, other).id == other);
}

TEST_CASE("the last lines of a log come oldest first") {
    FreshLibrary fresh;
    const auto id = add_run(fresh.library);
    const auto other = add_run(fresh.library);
    for (const char* text : {"one", "two", "three"}) add_log(fresh.library, id, "info", text);
    add_log(fresh.library, other, "error", "elsewhere");
    const auto lines = logs(fresh.library, id, 2);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].message == "two");
    CHECK(lines[1].message == "three");
    CHECK(lines[0].level == "info");
    CHECK(logs(fresh.library, id, 10).size() == 3);
    CHECK(logs(fresh.library, 99, 10).empty());
}

TEST_CASE("of a long message the end is kept, and odd bytes stay") {
    FreshLibrary fresh;
    const auto id = add_run(fresh.library);
    const std::string end = "what ffmpeg said \xff last";
    add_log(fresh.library, id, "error", std::string(100'000, 'x') + end);
    const auto message = logs(fresh.library, id, 1).at(0).message;
    CHECK(message.size() == 16 * 1024);
    CHECK(message.ends_with(end));
    CHECK(message.starts_with("xxx"));
}

TEST_CASE("a place that this person has named is told from one that only a row names") {
    FreshLibrary fresh;
    auto asked = test::new_run();
    asked.wishes.path = "/films/out.mp4";
    const auto id = create_run(fresh.library, asked);
    CHECK(find_run(fresh.library, id).wished_here);
    auto later = Library::open(fresh.library.root());
    CHECK_FALSE(find_run(later, id).wished_here);
    later.note_places_in(fresh.folder / "notes");
    CHECK_FALSE(find_run(later, id).wished_here);
    later.note_place(id, "/films/out.mp4", false);
    auto latest = Library::open(fresh.library.root());
    latest.note_places_in(fresh.folder / "notes");
    CHECK(find_run(latest, id).wished_here);
    execute(latest.database(), "UPDATE export_runs SET requested_path = '/films/other.mp4'");
    CHECK_FALSE(find_run(latest, id).wished_here);
    SUBCASE("a row's leave to replace what is there is not believed without theirs") {
        execute(latest.database(), "UPDATE export_runs SET requested_path = '/films/out.mp4', replace_output = 1");
        CHECK(find_run(latest, id).wished_here);
        CHECK_FALSE(find_run(latest, id).wishes.replace);
        latest.note_place(id, "/films/out.mp4", true);
        CHECK(find_run(latest, id).wishes.replace);
    }
    SUBCASE("copies of a library have the same runs: what is noted for one stays when another is noted") {
        latest.note_place(id, "/films/other.mp4", false);
        execute(latest.database(), "UPDATE export_runs SET requested_path = '/films/out.mp4'");
        CHECK(find_run(latest, id).wished_here);
    }
    SUBCASE("a library that does not say plainly which it is is refused") {
        execute(latest.database(), "UPDATE libraries SET uuid = '../notes'");
        CHECK(test::contains(test::error_of([&] { Library::open(fresh.library.root()); }).message(), "which library"));
    }
}

TEST_CASE("a run whose snapshot is no JSON keeps no other from being listed") {
    FreshLibrary fresh;
    add_run(fresh.library);
    add_run(fresh.library, "Spain");
    execute(fresh.library.database(), "UPDATE export_runs SET recipe_snapshot = 'x' WHERE id = 1");
    CHECK(history(fresh.library, {}, 10, 0).size() == 2);
    CHECK(find_run(fresh.library, 1).recipe_name == "");
}

TEST_CASE("a place that cannot be noted is known as long as the library is open") {
    FreshLibrary fresh;
    fresh.library.note_places_in(test::write_file(fresh.folder / "file", "x") / "notes");
    auto asked = test::new_run();
    asked.wishes.path = "/films/out.mp4";
    CHECK(find_run(fresh.library, create_run(fresh.library, asked)).wished_here);
}

TEST_CASE("a cancel can be asked for only while a run is rendering") {
    FreshLibrary fresh;
    const auto id = add_run(fresh.library);
    CHECK_FALSE(request_cancel(fresh.library, id));
    start_run(fresh.library, id, "host:1");
    CHECK_FALSE(cancel_requested(fresh.library, id));
    CHECK(request_cancel(fresh.library, id));
    CHECK(cancel_requested(fresh.library, id));
    end_run(fresh.library, id, Error(Category::cancelled, "Cancelled."));
    CHECK_FALSE(request_cancel(fresh.library, id));
}

TEST_CASE("the newest run is the one with the highest number, whatever the clock said") {
    FreshLibrary fresh;
    add_run(fresh.library, "first");
    execute(fresh.library.database(), "UPDATE export_runs SET created_at = '2199-01-01T00:00:00Z'");
    add_run(fresh.library, "second");
    CHECK(history(fresh.library, {}, 10, 0).front().name == "second");
}

#include <doctest/doctest.h>

#include <libdadcam/render/disk.hpp>
#include <limits>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;

namespace {

/// Two segments of 300 frames at 1080x1440, 30000/1001, as eight cameras' clips were exported.
struct Job {
    Snapshot snapshot;
    Plan plan;

    explicit Job(const std::string& preset) {
        recipe::Recipe recipe;
        recipe.name = "Job";
        recipe.preset = preset;
        recipe.resolution = footage::Size{1080, 1440};
        recipe.rate = Rational{30000, 1001};
        snapshot = take_snapshot(recipe, {test::clip_of("a.mp4", 20.02)});
        for (int i = 0; i < 2; ++i) plan.segments.push_back({{i * 300LL}, {300}, {{0, {i * 300LL}, {300}}}});
    }
};

}  // namespace

TEST_CASE("what is missing is guessed by what footage has come to") {
    // Eight clips, 1105 frames: 489 MB of ProRes; 15 MB of H.264. Of single clips at most 0.447 and 0.016 bytes a
    // pixel.
    const auto archive = forecast(Job("archive").snapshot, Job("archive").plan, {std::nullopt, std::nullopt});
    CHECK(archive.segments > 236'570'287LL * 600 / 340);
    CHECK(archive.segments < 2 * 236'570'287LL * 600 / 340);
    const auto share = forecast(Job("share").snapshot, Job("share").plan, {std::nullopt, std::nullopt});
    CHECK(share.segments > 9'815'986LL * 600 / 315);
    CHECK(share.segments < 2 * 9'815'986LL * 600 / 315);
    CHECK(share.film == share.segments);
    CHECK(share.total() == 2 * share.segments);
}

TEST_CASE("what is there already tells what the rest will be, and is not written again") {
    const Job job("share");
    const auto half = forecast(job.snapshot, job.plan, {5'000'000, std::nullopt});
    CHECK(half.segments == 5'000'000);
    CHECK(half.film == 10'000'000);
    const auto all = forecast(job.snapshot, job.plan, {5'000'000, 6'000'000});
    CHECK(all.segments == 0);
    CHECK(all.film == 11'000'000);
}

TEST_CASE("on a disk without room that is why a file could not be made, whatever was said of it") {
    constexpr auto kAlways = std::numeric_limits<std::int64_t>::max();
    const test::TemporaryFolder folder;
    for (const auto category : {Category::encoding_error, Category::input_not_found, Category::timeout}) {
        const Error error(category, "A clip is broken.", {}, "moov atom not found");
        CHECK(or_disk_full(error, folder.path(), 0).category() == category);
        const auto full = or_disk_full(error, folder.path(), kAlways);
        CHECK(full.category() == Category::disk_full);
        CHECK(test::contains(full.detail(), "moov atom not found"));
    }
    for (const auto category : {Category::cancelled, Category::tool_missing}) {
        CHECK(or_disk_full(Error(category, "Another matter."), folder.path(), kAlways).category() == category);
    }
}

TEST_CASE("room for segments is looked for on the store's disk, and for the film on its own") {
    test::FreshLibrary fresh;
    const auto film = fresh.library.folder("exports/run_1.mp4");
    const std::filesystem::path elsewhere = "/dev/shm";  // most often in memory, and so another disk
    fresh.library.keep_segments_in(library::StorePlace{elsewhere, "an id"});
    const auto free_there = std::filesystem::space(elsewhere).available;
    const auto segments = room_for(fresh.library, film, {static_cast<std::int64_t>(free_there) * 8, 0});
    CHECK(segments.verdict == Room::Verdict::too_small);
    CHECK(test::contains(segments.text, "to " + elsewhere.string()));
    const auto both = room_for(fresh.library, film, {0, std::numeric_limits<std::int64_t>::max() / 4});
    CHECK(both.verdict == Room::Verdict::too_small);
}

TEST_CASE("room is enough, close or too small, by what is free on the disk") {
    test::FreshLibrary fresh;
    const auto film = fresh.library.folder("exports/run_1.mp4");
    const auto free = room_for(fresh.library, film, {}).free;
    REQUIRE(free > 100'000'000);
    const auto verdict = [&](std::int64_t bytes) {
        return room_for(fresh.library, film, {bytes / 2, bytes / 2}).verdict;
    };
    CHECK(verdict(free / 4) == Room::Verdict::enough);
    CHECK(verdict(free) == Room::Verdict::close);
    CHECK(verdict(2 * free) == Room::Verdict::close);
    CHECK(verdict(8 * free) == Room::Verdict::too_small);
}

#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/libraries.hpp>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

/// A store with segments of 7 bytes each; nobody else works in it.
struct Store : test::FreshLibrary {
    const std::int64_t run = test::add_run(library);
    const WorkLock lock = WorkLock::acquire(library, Work::rendering).value();

    explicit Store(const std::vector<std::string>& keys) {
        std::vector<RunSegment> rows;
        for (const auto& key : keys) rows.push_back(test::segment_row(key, 0, 25));
        add_run_segments(library, run, rows);
        for (std::size_t index = 0; index < keys.size(); ++index) {
            test::write_file(file(keys[index]), "segment");
            complete_segment(library, run, index, {keys[index], segment_path(keys[index]), 7, 25, 48'000});
        }
    }
    fs::path file(const std::string& key) const { return library.located(segment_path(key)); }
    void finish_run() {
        start_run(library, run, "test");
        complete_run(library, run, {".dadcam/exports/run_1.mp4", 1, 1, {}, "blake2b:aa"});
    }
    std::int64_t kept() { return cache_use(library).segments; }
};

}  // namespace

TEST_CASE("segments that are dropped lose their row and their file, the others keep both") {
    Store store({"blake2b:aa01", "blake2b:aa02", "blake2b:bb03"});
    store.finish_run();
    const auto gone = drop_segments(store.library, store.lock, {"blake2b:aa01", "blake2b:bb03", "blake2b:never"});
    CHECK(gone.segments == 2);
    CHECK(gone.bytes == 14);
    CHECK_FALSE(fs::exists(store.file("blake2b:aa01")));
    CHECK(fs::exists(store.file("blake2b:aa02")));
    CHECK_FALSE(fs::exists(store.file("blake2b:bb03")));
    CHECK(store.kept() == 1);
    CHECK(drop_segments(store.library, store.lock, {}).segments == 0);
}

TEST_CASE("segments of a run that is not finished are not dropped") {
    Store store({"blake2b:aa01"});
    CHECK(drop_segments(store.library, store.lock, {"blake2b:aa01"}).segments == 0);
    CHECK(fs::exists(store.file("blake2b:aa01")));
    CHECK(store.kept() == 1);
}

TEST_CASE("segments of a run that failed go once its recipe has made its film") {
    Store store({"blake2b:aa01"});
    end_run(store.library, store.run, Error(Category::disk_full, "Full."));
    CHECK(cache_use(store.library).held_bytes == 7);
    CHECK(trim_cache(store.library, store.lock, 0).segments == 0);
    const auto later = test::add_run(store.library);
    start_run(store.library, later, "test");
    CHECK(trim_cache(store.library, store.lock, 0).segments == 0);
    complete_run(store.library, later, {"film.mp4", 1, 1, {}, "blake2b:aa"});
    CHECK(cache_use(store.library).held_bytes == 0);
    CHECK(trim_cache(store.library, store.lock, 0).segments == 1);
    CHECK_FALSE(fs::exists(store.file("blake2b:aa01")));
}

TEST_CASE("the store is trimmed from what was used the longest ago, and no further than needed") {
    Store store({"blake2b:aa01", "blake2b:aa02", "blake2b:bb03"});
    store.finish_run();
    execute(store.library.database(), "UPDATE segments SET last_used_at = substr(key, -2)");
    CHECK(trim_cache(store.library, store.lock, 21).segments == 0);
    CHECK(trim_cache(store.library, store.lock, 8).segments == 2);
    CHECK(fs::exists(store.file("blake2b:bb03")));
    CHECK_FALSE(fs::exists(store.file("blake2b:aa02")));
}

TEST_CASE("a folder of the store that is a link to somewhere else is not followed") {
    Store store({"blake2b:aa01"});
    store.finish_run();
    fs::rename(store.library.folder("segments/aa"), store.folder / "elsewhere");
    fs::create_directory_symlink(store.folder / "elsewhere", store.library.folder("segments/aa"));
    CHECK(trim_cache(store.library, store.lock, 0).segments == 1);
    CHECK(store.kept() == 0);
    CHECK(test::read_file(store.folder / "elsewhere/aa01.mov") == "segment");
}

}  // namespace dadcam::library

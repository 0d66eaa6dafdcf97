#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/footage/names.hpp>
#include <libdadcam/library/segment_cache.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

const std::string kElsewhereKey = "blake2b:abcdef";

/// A library whose segments lie on another disk, which can be pulled out: what stays is its mount point, empty.
struct LibraryElsewhere : test::FreshLibrary {
    fs::path disk = made(folder / "disk");
    StorePlace place = make_store_place(disk);
    fs::path in_store = disk / library.uuid() / "ab/abcdef.mov";
    fs::path in_library = library.folder("segments/ab/abcdef.mov");

    LibraryElsewhere() { library.keep_segments_in(place); }

    static fs::path made(const fs::path& folder) {
        fs::create_directories(folder);
        return folder;
    }
    void pull_out() const {
        fs::rename(disk, folder / "pulled out");
        fs::create_directory(disk);
    }
    /// A finished segment, whose row is that of this file.
    std::int64_t record(const fs::path& file) {
        const auto run = test::add_run(library);
        const auto state = footage::file_state(file);
        add_run_segments(library, run, {test::segment_row(kElsewhereKey, 0, 25)});
        complete_segment(library, run, 0,
                         {kElsewhereKey, segment_path(kElsewhereKey), state.size_bytes, 25, state.mtime_ns,
                          footage::content_hash(file)});
        return run;
    }
};

Category thrown_by(const std::function<void()>& action) {
    return test::error_of(action).category();
}

}  // namespace

TEST_CASE("a folder becomes a store once, and stays the one that it is") {
    const test::TemporaryFolder folder;
    const auto place = make_store_place(folder.path());
    CHECK(place.folder == folder.path());
    CHECK_FALSE(why_away(place));
    CHECK(make_store_place(folder.path()).id == place.id);
    CHECK_NOTHROW(require_there(place));
    CHECK_NOTHROW(require_there(std::nullopt));
}

TEST_CASE("an empty mount point is no store, another disk is another one, and a link marks nothing") {
    const LibraryElsewhere elsewhere;
    const auto mark = elsewhere.disk / footage::kStoreMark;
    elsewhere.pull_out();
    CHECK(test::contains(why_away(elsewhere.place)->message(), "is not there: is its disk mounted?"));
    fs::create_symlink(elsewhere.folder / "pulled out" / footage::kStoreMark, mark);
    CHECK(why_away(elsewhere.place));
    make_store_place(elsewhere.disk);  // the link goes, not what it leads to
    CHECK(test::contains(why_away(elsewhere.place)->message(), "a different store"));
    CHECK_FALSE(why_away({elsewhere.folder / "pulled out", elsewhere.place.id}));
    fs::remove_all(elsewhere.disk);
    CHECK(why_away(elsewhere.place)->category() == Category::output_write_error);
}

TEST_CASE("a mark that is damaged is written anew, and a folder that cannot be written is no store") {
    const test::TemporaryFolder folder;
    test::write_file(folder / footage::kStoreMark, "");
    CHECK_FALSE(why_away(make_store_place(folder.path())));
    CHECK(thrown_by([] { make_store_place("/proc"); }) == Category::output_write_error);
    fs::remove(folder / footage::kStoreMark);
    fs::create_directories(folder / footage::kStoreMark / "x");
    CHECK(thrown_by([&] { make_store_place(folder.path()); }) == Category::output_write_error);
}

TEST_CASE("what failed because the store is gone says so; a cancel stays a cancel") {
    const LibraryElsewhere elsewhere;
    const Error error(Category::input_not_found, "A clip is broken.", "Mend it.", "moov atom not found");
    CHECK(or_store_away(error, elsewhere.place).message() == "A clip is broken.");
    CHECK(or_store_away(error, std::nullopt).message() == "A clip is broken.");
    elsewhere.pull_out();
    const auto told = or_store_away(error, elsewhere.place);
    CHECK(told.category() == Category::output_write_error);
    CHECK(test::contains(told.detail(), "A clip is broken.\nmoov atom not found"));
    CHECK(or_store_away(Error(Category::cancelled, "Enough."), elsewhere.place).category() == Category::cancelled);
}

TEST_CASE("segments of each library have a folder of their own in the store, and rows do not name it") {
    const LibraryElsewhere elsewhere;
    CHECK(elsewhere.library.segments() == elsewhere.disk / elsewhere.library.uuid());
    CHECK(elsewhere.library.segments_disk() == elsewhere.disk);
    CHECK(segment_file(elsewhere.library, kElsewhereKey) == elsewhere.in_store);
    CHECK(segment_path(kElsewhereKey) == ".dadcam/segments/ab/abcdef.mov");
    CHECK(segment_folders(elsewhere.library) ==
          std::vector<fs::path>{elsewhere.library.segments(), elsewhere.library.folder("segments")});
    const test::FreshLibrary plain;
    CHECK(plain.library.segments() == plain.library.folder("segments"));
    CHECK(segment_folders(plain.library).size() == 1);
}

TEST_CASE("a segment in the library's own folder is found until there is one in the store") {
    LibraryElsewhere elsewhere;
    test::write_file(elsewhere.in_library, "a segment");
    elsewhere.record(elsewhere.in_library);
    CHECK(find_segment(elsewhere.library, kElsewhereKey));
    CHECK(segment_file(elsewhere.library, kElsewhereKey) == elsewhere.in_library);
    test::write_file(elsewhere.in_store, "damaged");
    CHECK(segment_file(elsewhere.library, kElsewhereKey) == elsewhere.in_store);
    CHECK(find_segment(elsewhere.library, kElsewhereKey).lost == "its file has another size");
}

TEST_CASE("a library whose path no list can name has segments in the store alone") {
    const test::TemporaryFolder folder;
    auto library = Library::init(folder / "two\nlines", "Family");
    fs::create_directories(folder / "disk");
    library.keep_segments_in(make_store_place(folder / "disk"));
    test::write_file(library.folder("segments/ab/abcdef.mov"), "a segment");
    CHECK(segment_file(library, kElsewhereKey) == library.segments() / "ab/abcdef.mov");
}

TEST_CASE("folders are made in the store, but through no link below it, and none in an empty mount point") {
    const LibraryElsewhere elsewhere;
    elsewhere.library.make_own_folder(elsewhere.in_store.parent_path());
    CHECK(fs::is_directory(elsewhere.in_store.parent_path()));
    elsewhere.library.make_own_folder(elsewhere.library.folder("exports"));
    const auto refused = [&](const fs::path& folder) {
        return thrown_by([&] { elsewhere.library.make_own_folder(folder); }) == Category::output_write_error;
    };
    CHECK(refused(elsewhere.disk / "somebody else's"));
    const auto precious = LibraryElsewhere::made(elsewhere.folder / "precious");
    fs::create_directory_symlink(precious, elsewhere.library.segments() / "cd");
    CHECK(refused(elsewhere.library.segments() / "cd"));
    fs::rename(elsewhere.library.segments(), elsewhere.folder / "moved");
    fs::create_directory_symlink(precious, elsewhere.library.segments());
    CHECK(refused(elsewhere.in_store.parent_path()));
    CHECK(fs::is_empty(precious));

    elsewhere.pull_out();
    CHECK(refused(elsewhere.in_store.parent_path()));
    CHECK(refused(elsewhere.library.segments()));
    CHECK(fs::is_empty(elsewhere.disk));
    elsewhere.library.make_own_folder(elsewhere.library.folder("luts"));
}

TEST_CASE("a copy of a library that shares its store renders after it; other libraries need not wait") {
    LibraryElsewhere elsewhere;
    elsewhere.library.database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
    fs::copy(elsewhere.library.root(), elsewhere.folder / "copy", fs::copy_options::recursive);
    auto copy = Library::open(elsewhere.folder / "copy");
    test::FreshLibrary other;
    {
        const auto held = WorkLock::acquire(elsewhere.library, Work::rendering);
        REQUIRE(held);
        CHECK(WorkLock::acquire(copy, Work::rendering));  // its segments lie in itself
        copy.keep_segments_in(elsewhere.place);
        other.library.keep_segments_in(elsewhere.place);
        CHECK_FALSE(WorkLock::acquire(copy, Work::rendering));
        CHECK(WorkLock::acquire(copy, Work::copying));
        CHECK(WorkLock::acquire(other.library, Work::rendering));
    }
    CHECK(WorkLock::acquire(copy, Work::rendering));
    elsewhere.pull_out();
    CHECK(thrown_by([&] { WorkLock::acquire(copy, Work::rendering); }) == Category::output_write_error);
    CHECK(fs::is_empty(elsewhere.disk));
}

TEST_CASE("what is trimmed, and what no row names, goes in the store and in the library's own folder") {
    LibraryElsewhere elsewhere;
    auto& library = elsewhere.library;
    const std::string digits(64, 'a');
    for (const auto& file : {elsewhere.in_store, elsewhere.in_library, library.segments() / "aa" / (digits + ".mov"),
                             library.folder("segments/aa") / (digits + ".mov")})
        test::write_file(file, "segment");
    const auto run = elsewhere.record(elsewhere.in_store);
    start_run(library, run, "test");
    complete_run(library, run, {".dadcam/exports/run_1.mp4", 1, 1, {}, "blake2b:aa"});
    const auto lock = WorkLock::acquire(library, Work::rendering).value();
    CHECK(cache_limit(library) > 0);
    CHECK(trim_cache(library, lock, 0).segments == 1);
    CHECK(drop_strays(library, lock).segments == 2);
    for (const auto& folder : segment_folders(library)) {
        CHECK(fs::is_empty(folder / "ab"));
        CHECK(fs::is_empty(folder / "aa"));
    }
}

TEST_CASE("no row goes while the store is not there") {
    LibraryElsewhere elsewhere;
    test::write_file(elsewhere.in_store, "segment");
    const auto run = elsewhere.record(elsewhere.in_store);
    start_run(elsewhere.library, run, "test");
    complete_run(elsewhere.library, run, {".dadcam/exports/run_1.mp4", 1, 1, {}, "blake2b:aa"});
    const auto lock = WorkLock::acquire(elsewhere.library, Work::rendering).value();
    elsewhere.pull_out();
    CHECK_THROWS_AS(trim_cache(elsewhere.library, lock, 0), Error);
    CHECK_THROWS_AS(drop_strays(elsewhere.library, lock), Error);
    CHECK(cache_use(elsewhere.library).segments == 1);
    CHECK(fs::is_empty(elsewhere.disk));
}

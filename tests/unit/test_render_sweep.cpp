#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/film_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/sweep.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;
using test::FreshLibrary;
namespace fs = std::filesystem;

namespace {

std::vector<Swept> sweep(library::Library& library) {
    const auto lock = library::WorkLock::acquire(library, library::Work::rendering);
    REQUIRE(lock);
    return sweep_interrupted(library, *lock);
}

/// A run that crashed after it had announced its film: `-o` and the film's name.
struct Crashed : FreshLibrary {
    std::int64_t id = 0;
    fs::path film;

    explicit Crashed(bool elsewhere = false) {
        auto asked = test::new_run();
        if (elsewhere) asked.wishes.path = (folder / "out.mp4").string();
        id = library::create_run(library, asked);
        library::start_run(library, id, "host:1");
        film = film_place(library, run());
        const auto written = test::write_file(folder / "written", "a film");
        library::announce_film(library, id, {"", 6, 10'000, std::nullopt, footage::content_identity(written)});
    }
    library::Run run() { return library::find_run(library, id); }
};

}  // namespace

TEST_CASE("a run whose film is in its place was only not recorded: it is completed") {
    for (const bool elsewhere : {false, true}) {
        Crashed crashed(elsewhere);
        test::write_file(crashed.film, "a film");
        const auto swept = sweep(crashed.library);
        REQUIRE(swept.size() == 1);
        CHECK(swept[0].completed);
        const auto run = crashed.run();
        CHECK(run.status == library::RunStatus::completed);
        CHECK(run.output_path == crashed.library.stored(crashed.film));
        CHECK(run.output_size_bytes == 6);
        CHECK(run.progress == 100);
    }
}

TEST_CASE("a run whose film did not come into its place was interrupted") {
    Crashed crashed;
    SUBCASE("nothing is there") {}
    SUBCASE("another file is there") {
        test::write_file(crashed.film, "b film");
    }
    SUBCASE("a link to such a file is there") {
        const auto other = test::write_file(crashed.folder / "other", "a film");
        fs::create_directories(crashed.film.parent_path());
        fs::create_symlink(other, crashed.film);
    }
    CHECK_FALSE(sweep(crashed.library).front().completed);
    CHECK(crashed.run().status == library::RunStatus::failed);
    CHECK(crashed.run().error_category == "interrupted");
    CHECK_FALSE(crashed.run().output_size_bytes);
}

TEST_CASE("nothing is looked at or removed at a place that this person has not named") {
    Crashed crashed(true);
    test::write_file(crashed.film, "a film");
    const auto temporary = test::write_file(film_temporary(crashed.library, crashed.run()), "x");
    crashed.library = library::Library::open(crashed.library.root());  // somebody else's eyes
    CHECK_FALSE(sweep(crashed.library).front().completed);
    CHECK(fs::exists(temporary));
    CHECK(fs::exists(crashed.film));
}

TEST_CASE("a library whose own folder is a link to somewhere else is not swept") {
    Crashed crashed;
    fs::create_directories(crashed.folder / "precious");
    fs::create_directory_symlink(crashed.folder / "precious", crashed.library.folder("exports"));
    const auto error = test::error_of([&] { sweep(crashed.library); });
    CHECK(error.category() == Category::output_write_error);
    CHECK(crashed.run().status == library::RunStatus::rendering);
}

TEST_CASE("what a crash left behind is swept up, and nothing else") {
    FreshLibrary fresh;
    auto& library = fresh.library;
    for (int i = 0; i < 10; ++i) test::add_run(library);
    library::start_run(library, 1, "host:1");
    library::add_run_segments(library, 1,
                              {test::segment_row("blake2b:aa", 0, 125), test::segment_row("blake2b:bb", 125, 125)});
    library::start_segment(library, 1, 0);
    const auto run = library::find_run(library, 1);
    std::vector<fs::path> leftovers{film_temporary(library, run), thumbnail_temporary(library, 1),
                                    list_place(library.segments(), 1),
                                    beside(library, segment_place(library, "blake2b:aa"), 1)};
    std::vector<fs::path> others{film_temporary(library, library::find_run(library, 10)),
                                 list_place(library.segments(), 10),
                                 beside(library, segment_place(library, "blake2b:aa"), 10),
                                 segment_place(library, "blake2b:aa"), film_place(library, run)};
    for (const auto& file : leftovers) test::write_file(file, "x");
    for (const auto& file : others) test::write_file(file, "x");

    sweep(library);

    for (const auto& file : leftovers) CHECK_FALSE(fs::exists(file));
    for (const auto& file : others) CHECK(fs::exists(file));
    const auto swept = library::find_run(library, 1);
    CHECK(swept.status == library::RunStatus::failed);
    CHECK(swept.error_category == "interrupted");
    CHECK(library::run_segments(library, 1)[0].status == "failed");
    CHECK(library::find_run(library, 2).status == library::RunStatus::pending);
}

TEST_CASE("a store elsewhere is swept with the library's own folder, and only while it is there") {
    Crashed crashed;
    auto& library = crashed.library;
    library::add_run_segments(library, crashed.id, {test::segment_row("blake2b:aa", 0, 125)});
    fs::create_directories(crashed.folder / "disk");
    library.keep_segments_in(library::make_store_place(crashed.folder / "disk"));
    std::vector<fs::path> leftovers;
    for (const auto& segments : library::segment_folders(library)) {
        leftovers.push_back(test::write_file(list_place(segments, crashed.id), "x"));
        leftovers.push_back(test::write_file(sound_place(segments, crashed.id) / "0.aac", "x"));
        leftovers.push_back(test::write_file(beside(library, segments / "aa/aa.mov", crashed.id), "x"));
    }
    {
        const auto lock = library::WorkLock::acquire(library, library::Work::rendering);
        fs::rename(crashed.folder / "disk", crashed.folder / "pulled out");
        CHECK(test::error_of([&] { sweep_interrupted(library, *lock); }).category() == Category::output_write_error);
        CHECK(crashed.run().status == library::RunStatus::rendering);
        fs::rename(crashed.folder / "pulled out", crashed.folder / "disk");
    }
    sweep(library);
    CHECK(crashed.run().status == library::RunStatus::failed);
    for (const auto& file : leftovers) CHECK_FALSE(fs::exists(file));

    // A run that failed because the disk was gone is no longer swept: whoever goes on with it clears up.
    for (const auto& file : leftovers) test::write_file(file, "x");
    CHECK(sweep(library).empty());
    CHECK(fs::exists(leftovers.front()));
    clear_up_after(library, crashed.id, *library::WorkLock::acquire(library, library::Work::rendering));
    for (const auto& file : leftovers) CHECK_FALSE(fs::exists(file));
}

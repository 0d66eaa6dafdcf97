#include <doctest/doctest.h>

#include <libdadcam/footage/identity.hpp>
#include <libdadcam/library/segment_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <libdadcam/render/places.hpp>
#include <libdadcam/render/remove.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

const std::string kFilm = "a film";

/// A completed run with its film and thumbnail in place.
struct Exported : test::FreshLibrary {
    std::int64_t id = 0;
    fs::path film;

    explicit Exported(const std::optional<std::string>& requested = {}) {
        auto asked = test::new_run();
        if (requested) asked.wishes.path = (folder / *requested).string();
        id = library::create_run(library, asked);
        library::start_run(library, id, "host:1");
        film = test::write_file(film_place(library, run()), kFilm);
        test::write_file(thumbnail_place(library, id), "a picture");
        library::complete_run(library, id,
                              {library.stored(film), static_cast<std::int64_t>(kFilm.size()), 10'000,
                               library.stored(thumbnail_place(library, id)), footage::content_identity(film)});
    }

    library::Run run() { return library::find_run(library, id); }
    void set(const char* column, const std::string& value) {
        library::execute(library.database(), "UPDATE export_runs SET " + std::string(column) + " = ?", value);
    }
    bool has_row() { return !library::history(library, {}, 10, 0).empty(); }

    /// Removing must be refused, with everything still there.
    std::string refused() {
        const auto error = test::error_of([&] { remove_run(library, run()); });
        CHECK(error.category() == Category::general);
        CHECK_THROWS_AS(check_removable(library, run()), Error);
        CHECK(has_row());
        CHECK(fs::exists(thumbnail_place(library, id)));
        return error.message();
    }
};

}  // namespace

TEST_CASE("an export is removed with its film, its thumbnail and its row") {
    Exported exported;
    const auto thumbnail = thumbnail_place(exported.library, exported.id);
    CHECK(remove_run(exported.library, exported.run()) == std::vector<fs::path>{exported.film, thumbnail});
    CHECK_FALSE(fs::exists(exported.film));
    CHECK_FALSE(fs::exists(thumbnail));
    CHECK_FALSE(exported.has_row());
}

TEST_CASE("a film that -o put elsewhere is removed, too, when it is the one that was written") {
    Exported exported("out.mp4");
    CHECK(remove_run(exported.library, exported.run()).front() == exported.folder / "out.mp4");
    CHECK_FALSE(fs::exists(exported.folder / "out.mp4"));
}

TEST_CASE("whatever else begins with the same name stays, and so does the segment store") {
    Exported exported;
    const auto neighbour = test::write_file(exported.library.folder("exports/run_10.mp4"), "run 10");
    const auto longer = test::write_file(exported.library.folder("exports/run_1.mp4.bak"), "mine");
    const auto segment = test::write_file(segment_place(exported.library, "blake2b:aa"), "segment");
    remove_run(exported.library, exported.run());
    for (const auto& file : {neighbour, longer, segment}) CHECK(fs::exists(file));
}

TEST_CASE("an export whose film is gone already is removed") {
    Exported exported;
    fs::remove(exported.film);
    CHECK(remove_run(exported.library, exported.run()).size() == 1);
    CHECK_FALSE(exported.has_row());
}

TEST_CASE("an export that failed has only its row") {
    test::FreshLibrary fresh;
    const auto id = test::add_run(fresh.library);
    library::end_run(fresh.library, id, Error(Category::encoding_error, "It broke."));
    CHECK(remove_run(fresh.library, library::find_run(fresh.library, id)).empty());
    CHECK(library::history(fresh.library, {}, 10, 0).empty());
}

TEST_CASE("a row that names any other file than its run's own deletes nothing") {
    Exported exported;
    const auto precious = test::write_file(exported.folder / "precious.mp4", kFilm);
    const auto inside = test::write_file(exported.library.root() / "original.mp4", kFilm);
    const auto neighbour = test::write_file(exported.library.folder("exports/run_10.mp4"), kFilm);
    for (const auto& path :
         {precious.string(), std::string("../precious.mp4"), std::string("original.mp4"),
          std::string(".dadcam/exports/../../original.mp4"), std::string(".dadcam/exports/run_10.mp4"),
          std::string(".dadcam/dadcam.db"), std::string("."), std::string("/")}) {
        CAPTURE(path);
        exported.set("output_path", path);
        CHECK(test::contains(exported.refused(), "did not make"));
        for (const auto& file : {precious, inside, neighbour, exported.film, exported.library.folder("dadcam.db")})
            CHECK(fs::exists(file));
    }
}

TEST_CASE("a row that claims a file by both its paths is not believed when the content differs") {
    Exported exported;
    const auto precious = test::write_file(exported.folder / "precious.mp4", "not a film of ours");
    exported.set("output_path", precious.string());
    const auto place = (exported.folder / "films/../precious.mp4").string();
    exported.library.note_place(exported.run().id, place, false);
    exported.set("requested_path", place);
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(precious));
}

TEST_CASE("a film that a newer export made again at the same place stays with that one") {
    Exported exported("out.mp4");
    auto again = test::new_run();
    again.wishes.path = (exported.folder / "out.mp4").string();
    again.owner = "host:1";
    const auto newer = library::create_run(exported.library, again);
    library::complete_run(exported.library, newer,
                          {again.wishes.path.value(), static_cast<std::int64_t>(kFilm.size()), 10'000, std::nullopt,
                           footage::content_identity(exported.film)});
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(exported.film));
    remove_run(exported.library, library::find_run(exported.library, newer));
    CHECK_FALSE(fs::exists(exported.film));
}

TEST_CASE("no row makes a clip a film that can be removed") {
    Exported exported("films/a.mp4");
    test::add_clip(exported.library, "a.mp4");
    exported.set("output_path", "a.mp4");
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(exported.film));
}

TEST_CASE("a film that was replaced since stays, and its run can be deleted all the same") {
    Exported exported("out.mp4");
    test::write_file(exported.film, std::string(kFilm.rbegin(), kFilm.rend()));
    CHECK(exported.run().output_size_bytes == static_cast<std::int64_t>(kFilm.size()));
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(exported.film));
    CHECK_FALSE(exported.has_row());
}

TEST_CASE("a link in the film's place is never followed, nor removed") {
    for (const char* requested : {"out.mp4", ""}) {
        Exported exported(*requested != 0 ? std::optional<std::string>(requested) : std::nullopt);
        const auto precious = test::write_file(exported.folder / "precious.mp4", kFilm);
        fs::remove(exported.film);
        fs::create_symlink(precious, exported.film);
        remove_run(exported.library, exported.run());
        CHECK(fs::is_symlink(exported.film));
        CHECK(test::read_file(precious) == kFilm);
    }
}

TEST_CASE("a folder in the film's place stays") {
    Exported exported;
    fs::remove(exported.film);
    test::write_file(exported.film / "inside", "x");
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(exported.film / "inside"));
}

TEST_CASE("an export that is being rendered is busy; one that was interrupted is not") {
    test::FreshLibrary fresh;
    const auto id = test::add_run(fresh.library);
    library::start_run(fresh.library, id, "host:1");
    const auto run = library::find_run(fresh.library, id);
    {
        const auto lock = library::WorkLock::acquire(fresh.library, library::Work::rendering);
        CHECK(test::error_of([&] { check_removable(fresh.library, run); }).category() == Category::busy);
        CHECK(test::error_of([&] { remove_run(fresh.library, run); }).category() == Category::busy);
    }
    CHECK_NOTHROW(check_removable(fresh.library, run));
    remove_run(fresh.library, run);
    CHECK(library::history(fresh.library, {}, 10, 0).empty());
}

TEST_CASE("a film at a place that this person has not named is not ours to remove") {
    Exported exported("out.mp4");
    exported.library = library::Library::open(exported.library.root());  // somebody else's eyes
    remove_run(exported.library, exported.run());
    CHECK(fs::exists(exported.film));
    CHECK_FALSE(exported.has_row());
}

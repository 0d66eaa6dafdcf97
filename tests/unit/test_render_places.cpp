#include <doctest/doctest.h>

#include <libdadcam/render/places.hpp>
#include <set>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::render;

namespace {

library::Run run_of(std::int64_t id, const std::string& preset = "share") {
    library::Run run;
    run.id = id;
    run.output_preset = preset;
    run.output_extension = preset == "archive" ? "mov" : "mp4";
    return run;
}

}  // namespace

TEST_CASE("a film lies among the exports under its run's number, or where -o put it") {
    const test::FreshLibrary fresh;
    auto run = run_of(1);
    CHECK(film_place(fresh.library, run) == fresh.library.folder("exports/run_1.mp4"));
    CHECK(film_place(fresh.library, run_of(1, "archive")) == fresh.library.folder("exports/run_1.mov"));
    CHECK(film_place(fresh.library, run_of(1, "draft")) == fresh.library.folder("exports/run_1_draft.mp4"));
    run.wishes.path = "/films/out.mp4";
    run.wished_here = true;
    CHECK(film_place(fresh.library, run) == "/films/out.mp4");
}

TEST_CASE("a temporary file lies hidden beside its destination and names its run") {
    const test::FreshLibrary fresh;
    auto run = run_of(7);
    run.wishes.path = "/films/out.mp4";
    run.wished_here = true;
    CHECK(film_temporary(fresh.library, run) ==
          "/films/.out.mp4.dadcam-" + fresh.library.uuid().substr(0, 8) + "-run7.tmp");
    CHECK(thumbnail_temporary(fresh.library, 7) ==
          fresh.library.folder("exports/.run_7_thumb.jpg.dadcam-" + fresh.library.uuid().substr(0, 8) + "-run7.tmp"));
    CHECK(beside(fresh.library, segment_place(fresh.library, "blake2b:abcd"), 7) ==
          fresh.library.folder("segments/ab/.abcd.mov.dadcam-" + fresh.library.uuid().substr(0, 8) + "-run7.tmp"));
    CHECK(segment_place(fresh.library, "blake2b:abcd") == fresh.library.folder("segments/ab/abcd.mov"));
    CHECK(list_place(fresh.library.segments(), 7) == fresh.library.folder("segments/run_7.ffconcat"));
}

TEST_CASE("no two runs share a name, not even 1 and 10") {
    const test::FreshLibrary fresh;
    std::set<std::filesystem::path> names;
    for (const std::int64_t id : {1, 10, 11}) {
        for (const auto& name : {film_place(fresh.library, run_of(id)), film_temporary(fresh.library, run_of(id)),
                                 thumbnail_place(fresh.library, id), thumbnail_temporary(fresh.library, id),
                                 list_place(fresh.library.segments(), id),
                                 beside(fresh.library, segment_place(fresh.library, "blake2b:abcd"), id)})
            names.insert(name);
    }
    CHECK(names.size() == 18);
}

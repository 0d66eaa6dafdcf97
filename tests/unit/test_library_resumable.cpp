#include <doctest/doctest.h>

#include <libdadcam/library/run_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::add_run;
using test::FreshLibrary;

TEST_CASE("the newest run that failed or was cancelled is resumed, unless another one continued it") {
    FreshLibrary fresh;
    auto& library = fresh.library;
    CHECK_FALSE(find_resumable(library));
    const auto failed = add_run(library);
    end_run(library, failed, Error(Category::disk_full, "Full."));
    const auto cancelled = add_run(library);
    end_run(library, cancelled, Error(Category::cancelled, "Cancelled."));
    add_run(library);  // pending
    REQUIRE(find_resumable(library));
    CHECK(find_resumable(library)->id == cancelled);
    auto next = test::new_run();
    next.resumed_from = cancelled;
    const auto resumed = create_run(library, next);
    CHECK(find_run(library, cancelled).resumed_by == resumed);
    CHECK(find_resumable(library)->id == failed);
}

TEST_CASE("a run whose recipe has made its film since is not resumed") {
    FreshLibrary fresh;
    auto& library = fresh.library;
    execute(library.database(),
            "INSERT INTO export_recipes (library_id, name, settings, created_at)"
            " VALUES (1, 'Italy', '{}', ''), (1, 'Spain', '{}', '')");
    const auto add = [&](std::optional<std::int64_t> recipe, const char* kept, bool is_finished) {
        auto run = test::new_run();
        run.recipe_id = recipe;
        run.owner = "test";
        run.contents.snapshot.recipe = kept;
        const auto id = create_run(library, run);
        if (is_finished) complete_run(library, id, {"film.mp4", 1, 1, {}, "blake2b:aa"});
        end_run(library, id, Error(Category::interrupted, "Interrupted."));  // unless it is finished
        return id;
    };
    add(1, "{}", true);  // before
    const auto failed = add(1, "{}", false);
    add(2, R"({"name":"Spain"})", true);
    CHECK(find_resumable(library)->id == failed);
    SUBCASE("whatever the recipe has become") {
        add(1, R"({"name":"Italy, edited"})", true);
    }
    SUBCASE("but a draft is no film") {
        add(1, R"({"outputPreset":"draft"})", true);
        CHECK(find_resumable(library)->id == failed);
        add(1, R"({"outputPreset":"archive"})", true);
    }
    SUBCASE("of drafts, another one will do") {
        add(1, R"({"outputPreset":"share"})", true);
        CHECK_FALSE(find_resumable(library));
        const auto draft = add(1, R"({"outputPreset":"draft"})", false);
        CHECK(find_resumable(library)->id == draft);
        add(1, R"({"outputPreset":"draft"})", true);
    }
    SUBCASE("one that was deleted is known by what its runs kept of it") {
        execute(library.database(), "DELETE FROM export_recipes");
        CHECK(find_resumable(library)->id == failed);
        add({}, "{}", true);
    }
    CHECK_FALSE(find_resumable(library));
}

#include <doctest/doctest.h>

#include <libdadcam/library/recipe_store.hpp>
#include <libdadcam/library/statement.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>

using namespace dadcam;
using namespace dadcam::library;
using test::FreshLibrary;

namespace {

recipe::Recipe recipe_named(const std::string& name) {
    recipe::Recipe recipe;
    recipe.name = name;
    return recipe;
}

}  // namespace

TEST_CASE("a recipe comes back as it was stored, by number and by name") {
    FreshLibrary fresh;
    auto recipe = recipe_named("Summer 2019");
    recipe.seed = 18'446'744'073'709'551'615U;
    recipe.events = {"Italy"};
    const auto id = add_recipe(fresh.library, recipe);
    CHECK(find_recipe(fresh.library, "Summer 2019").recipe == recipe);
    CHECK(find_recipe(fresh.library, std::to_string(id)).recipe == recipe);
    CHECK(find_recipe(fresh.library, std::to_string(id)).id == id);
}

TEST_CASE("two recipes cannot have one name") {
    FreshLibrary fresh;
    add_recipe(fresh.library, recipe_named("Italy"));
    const auto error = test::error_of([&] { add_recipe(fresh.library, recipe_named("Italy")); });
    CHECK(error.category() == Category::general);
    CHECK(test::contains(error.message(), "already a recipe named \"Italy\""));
    CHECK(all_recipes(fresh.library).size() == 1);
}

TEST_CASE("a recipe that is not there is answered with the ones that are") {
    FreshLibrary fresh;
    CHECK(test::contains(test::error_of([&] { find_recipe(fresh.library, "Italy"); }).advice(), "recipe-create"));
    add_recipe(fresh.library, recipe_named("Spain"));
    for (const char* asked : {"Italy", "99", "", "01", "spain"}) {
        CAPTURE(std::string(asked));
        const auto error = test::error_of([&] { find_recipe(fresh.library, asked); });
        CHECK(error.category() == Category::general);
        CHECK(test::contains(error.advice(), "1 \"Spain\""));
    }
}

TEST_CASE("of many recipes only the first are named") {
    FreshLibrary fresh;
    for (int i = 0; i < 12; ++i) add_recipe(fresh.library, recipe_named("r" + std::to_string(i)));
    const auto advice = test::error_of([&] { find_recipe(fresh.library, "x"); }).advice();
    CHECK(test::contains(advice, "\"r9\""));
    CHECK_FALSE(test::contains(advice, "\"r10\""));
    CHECK(advice.ends_with(" …"));
}

TEST_CASE("recipes come oldest first, and a deleted one is gone") {
    FreshLibrary fresh;
    const auto first = add_recipe(fresh.library, recipe_named("z"));
    add_recipe(fresh.library, recipe_named("a"));
    REQUIRE(all_recipes(fresh.library).size() == 2);
    CHECK(all_recipes(fresh.library)[0].recipe.name == "z");
    delete_recipe(fresh.library, first);
    REQUIRE(all_recipes(fresh.library).size() == 1);
    CHECK(all_recipes(fresh.library)[0].recipe.name == "a");
}

TEST_CASE("a number is not given twice") {
    FreshLibrary fresh;
    const auto id = add_recipe(fresh.library, recipe_named("a"));
    delete_recipe(fresh.library, id);
    CHECK(add_recipe(fresh.library, recipe_named("b")) > id);
}

TEST_CASE("a deleted recipe's runs stay and show what they were made from") {
    FreshLibrary fresh;
    const auto recipe = add_recipe(fresh.library, recipe_named("Italy"));
    auto run = test::new_run("Italy");
    run.recipe_id = recipe;
    const auto id = create_run(fresh.library, run);
    delete_recipe(fresh.library, recipe);
    CHECK_FALSE(find_run(fresh.library, id).recipe_id);
    CHECK(find_run(fresh.library, id).recipe_name == "Italy");
}

TEST_CASE("a recipe that cannot be read is an error that says which") {
    FreshLibrary fresh;
    const auto id = add_recipe(fresh.library, recipe_named("Italy"));
    execute(fresh.library.database(), "UPDATE export_recipes SET settings = '{}'");
    const auto error = test::error_of([&] { find_recipe(fresh.library, "Italy"); });
    CHECK(test::contains(error.message(), "Recipe " + std::to_string(id)));
}

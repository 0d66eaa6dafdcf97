#include <doctest/doctest.h>

#include <libdadcam/library/work_lock.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>
#include <utility>

using namespace dadcam;
using namespace dadcam::library;
using test::FreshLibrary;

TEST_CASE("only one renders in a library at a time") {
    FreshLibrary fresh;
    const auto first = WorkLock::acquire(fresh.library, Work::rendering);
    CHECK(first);
    CHECK_FALSE(WorkLock::acquire(fresh.library, Work::rendering));
}

TEST_CASE("the lock is free again when its holder lets go") {
    FreshLibrary fresh;
    { CHECK(WorkLock::acquire(fresh.library, Work::rendering)); }
    CHECK(WorkLock::acquire(fresh.library, Work::rendering));
}

TEST_CASE("a lock that is handed on is held until the last") {
    FreshLibrary fresh;
    {
        auto first = WorkLock::acquire(fresh.library, Work::rendering);
        REQUIRE(first);
        const WorkLock second = std::move(*first);
        first.reset();
        CHECK_FALSE(WorkLock::acquire(fresh.library, Work::rendering));
    }
    CHECK(WorkLock::acquire(fresh.library, Work::rendering));
}

TEST_CASE("two libraries have two locks") {
    FreshLibrary a, b;
    const auto first = WorkLock::acquire(a.library, Work::rendering);
    CHECK(WorkLock::acquire(b.library, Work::rendering));
}

TEST_CASE("a lock that is a link somewhere else is not followed") {
    FreshLibrary fresh;
    const auto other = test::write_file(fresh.folder / "other", "x");
    std::filesystem::create_symlink(other, fresh.library.folder("render.lock"));
    CHECK(test::error_of([&] { WorkLock::acquire(fresh.library, Work::rendering); }).category() ==
          Category::output_write_error);
}

TEST_CASE("whether somebody holds the lock can be seen without taking it") {
    FreshLibrary fresh;
    CHECK_FALSE(WorkLock::is_held(fresh.library, Work::rendering));
    {
        const auto held = WorkLock::acquire(fresh.library, Work::rendering);
        CHECK(WorkLock::is_held(fresh.library, Work::rendering));
        CHECK_FALSE(WorkLock::is_held(fresh.library, Work::copying));
    }
    CHECK_FALSE(WorkLock::is_held(fresh.library, Work::rendering));
    CHECK(WorkLock::acquire(fresh.library, Work::rendering));
}

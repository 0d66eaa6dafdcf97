#include <doctest/doctest.h>

#include <libdadcam/library/render_lock.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>
#include <utility>

using namespace dadcam;
using namespace dadcam::library;
using test::FreshLibrary;

TEST_CASE("only one renders in a library at a time") {
    FreshLibrary fresh;
    const auto first = RenderLock::acquire(fresh.library);
    CHECK(first);
    CHECK_FALSE(RenderLock::acquire(fresh.library));
}

TEST_CASE("the lock is free again when its holder lets go") {
    FreshLibrary fresh;
    { CHECK(RenderLock::acquire(fresh.library)); }
    CHECK(RenderLock::acquire(fresh.library));
}

TEST_CASE("a lock that is handed on is held until the last") {
    FreshLibrary fresh;
    {
        auto first = RenderLock::acquire(fresh.library);
        REQUIRE(first);
        const RenderLock second = std::move(*first);
        first.reset();
        CHECK_FALSE(RenderLock::acquire(fresh.library));
    }
    CHECK(RenderLock::acquire(fresh.library));
}

TEST_CASE("two libraries have two locks") {
    FreshLibrary a, b;
    const auto first = RenderLock::acquire(a.library);
    CHECK(RenderLock::acquire(b.library));
}

TEST_CASE("a lock that is a link somewhere else is not followed") {
    FreshLibrary fresh;
    const auto other = test::write_file(fresh.folder / "other", "x");
    std::filesystem::create_symlink(other, fresh.library.folder("render.lock"));
    CHECK(test::error_of([&] { RenderLock::acquire(fresh.library); }).category() == Category::output_write_error);
}

#include <doctest/doctest.h>

#include <libdadcam/library/run_progress.hpp>
#include <tests/support/libraries.hpp>

namespace dadcam::library {

TEST_CASE("what is committed after progress is flushed again") {
    constexpr int kFull = 2;
    test::FreshLibrary fresh;
    const auto synchronous = [&] { return fresh.library.database().execAndGet("PRAGMA synchronous").getInt(); };
    REQUIRE(synchronous() == kFull);
    record_progress(fresh.library, 1, {"Encoding clip 1 of 1", 130, 52});
    CHECK(synchronous() == kFull);
    fresh.library.database().exec("DROP TABLE export_run_segments");
    CHECK_THROWS(record_progress(fresh.library, 1, {"Encoding clip 1 of 1", 130, 52, {{0, {1}}}}));
    CHECK(synchronous() == kFull);
}

}  // namespace dadcam::library

#include <doctest/doctest.h>

#include <latch>
#include <libdadcam/process/in_order.hpp>

using namespace dadcam::process;

TEST_CASE("results come in the jobs' order, however they end") {
    const Stop stop;
    std::latch second_is_done(1);
    InOrder<std::size_t> work(
        3, 2,
        [&](std::size_t job, const Stop&) {
            if (job == 0) second_is_done.wait();
            if (job == 1) second_is_done.count_down();
            return job * 10;
        },
        stop);
    CHECK(work.next() == 0U);
    CHECK(work.next() == 10U);
    CHECK(work.next() == 20U);
    CHECK(work.next() == std::nullopt);
}

TEST_CASE("without jobs there are no results") {
    const Stop stop;
    InOrder<int> work(
        0, 4, [](std::size_t, const Stop&) { return 1; }, stop);
    CHECK(work.next() == std::nullopt);
}

TEST_CASE("whoever waits no longer does not wait for the jobs that run") {
    const Stop stop;
    constexpr std::chrono::hours kLong{1};
    InOrder<bool> work(
        5, 2, [&](std::size_t job, const Stop& own) { return job == 0 || own.requested_within(kLong); }, stop);
    CHECK(work.next() == true);
}

TEST_CASE("after a stop those that are done are given, and no other is begun") {
    Stop stop;
    InOrder<std::size_t> work(
        1000, 1,
        [&](std::size_t job, const Stop&) {
            if (job == 3) stop.request();
            return job;
        },
        stop);
    std::size_t given = 0;
    while (work.next()) ++given;
    CHECK(given == 4);
}

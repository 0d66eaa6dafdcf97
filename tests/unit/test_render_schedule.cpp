#include <doctest/doctest.h>

#include <libdadcam/render/schedule.hpp>
#include <tests/support/clips.hpp>

using namespace dadcam;
using namespace dadcam::render;

namespace {

Snapshot film_of_size(int width, int height) {
    Snapshot snapshot;
    snapshot.inputs = {test::clip_of("a.mp4")};  // 1920x1080
    snapshot.format = {{width, height}, {25, 1}};
    return snapshot;
}

std::vector<timeline::Segment> segments_of(std::initializer_list<int> lengths) {
    std::vector<timeline::Segment> segments;
    for (const int frames : lengths) segments.push_back({{}, {frames}, {}});
    return segments;
}

}  // namespace

TEST_CASE("there is a worker for each core") {
    CHECK(workers_for({8, 64'000'000'000}, film_of_size(1280, 720)) == 8);
    CHECK(workers_for({8, 0}, film_of_size(1280, 720)) == 8);  // nobody knows how much memory there is
}

TEST_CASE("where memory is short there are fewer workers, but one") {
    CHECK(workers_for({8, 4'000'000'000}, film_of_size(3840, 2160)) == 1);
    CHECK(workers_for({8, 7'000'000'000}, film_of_size(3840, 2160)) == 3);
    CHECK(workers_for({8, 1'000'000}, film_of_size(1280, 720)) == 1);
}

TEST_CASE("a worker is counted with more than was measured of its ffmpeg") {
    CHECK(memory_of_worker(film_of_size(1280, 720)) > 308'000'000);
    CHECK(memory_of_worker(film_of_size(1920, 1080)) > 568'000'000);
    CHECK(memory_of_worker(film_of_size(3840, 2160)) > 1'918'000'000);
}

TEST_CASE("this machine has cores and memory") {
    CHECK(this_machine().cores >= 1);
    CHECK(this_machine().memory > 0);
}

TEST_CASE("segments are begun in the film's order, the last ones longest first") {
    const auto segments = segments_of({10, 90, 20, 50, 30, 50, 40});
    CHECK(order_of({0, 1, 2, 3, 4, 5, 6}, segments, 2) == std::vector<std::size_t>{0, 1, 2, 3, 5, 6, 4});
    CHECK(order_of({0, 2, 4}, segments, 2) == std::vector<std::size_t>{4, 2, 0});
    CHECK(order_of({}, segments, 2).empty());
}

TEST_CASE("one worker keeps the film's order") {
    const auto segments = segments_of({10, 90, 20});
    CHECK(order_of({0, 1, 2}, segments, 1) == std::vector<std::size_t>{0, 1, 2});
}

#include <doctest/doctest.h>

#include <libdadcam/render/workers.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/movie.hpp>
#include <tests/support/stand_in.hpp>

using namespace dadcam;
using namespace dadcam::render;
namespace fs = std::filesystem;

namespace {

/// Workers whose ffmpeg is a shell script; what it may copy is a segment of 10 frames and 19200 samples.
struct Workshop {
    test::TemporaryFolder folder;
    process::Stop stop;
    std::string whole = test::movie(10, std::string(4 * 19'200, 's'));

    Workshop() { test::write_file(folder / "segment.mov", whole); }

    fs::path temporary(std::size_t segment) const { return folder / ("out/." + std::to_string(segment) + ".tmp"); }
    fs::path destination(std::size_t segment) const { return folder / ("out/" + std::to_string(segment) + ".mov"); }

    /// `script` sees the temporary file as $1, and the segment to copy as $2.
    Task task(std::size_t index, const std::string& script) const {
        Task result;
        result.encoding = test::stand_in(folder / ("ffmpeg" + std::to_string(index)), script,
                                         {temporary(index).string(), (folder / "segment.mov").string()});
        result.temporary = temporary(index);
        result.destination = destination(index);
        result.expected = {{10}, {19'200}};
        return result;
    }
};

/// The tasks are made beforehand: a script that is written while another thread starts a program cannot be run.
Workers workers_of(const Workshop& shop, const std::map<std::size_t, Task>& tasks, unsigned count) {
    std::vector<std::size_t> segments;
    for (const auto& [segment, task] : tasks) segments.push_back(segment);
    return {segments, [tasks](std::size_t segment) { return tasks.at(segment); }, count, shop.stop};
}

/// Everything that the workers tell until they are through.
std::vector<News> all_news(Workers& workers) {
    std::vector<News> all;
    while (!workers.exhausted()) {
        if (auto news = workers.next(Clock::time_point::max())) all.push_back(std::move(*news));
    }
    return all;
}

constexpr const char* kGood = "cp \"$2\" \"$1\"";
constexpr const char* kForever =
    "printf half > \"$1\"; printf 'frame=1\\nprogress=continue\\n' >&2; exec tail -f /dev/null";

}  // namespace

TEST_CASE("a segment that is whole comes into its place") {
    const Workshop shop;
    auto workers = workers_of(shop, {{4, shop.task(4, kGood)}}, 1);
    const auto news = all_news(workers);
    REQUIRE(news.size() == 2);
    CHECK(news[0].kind == News::Kind::started);
    CHECK(news[0].segment == 4);
    CHECK(news[1].kind == News::Kind::finished);
    CHECK(news[1].encoded.success());
    CHECK(news[1].state == footage::file_state(shop.destination(4)));
    CHECK(news[1].content_hash == footage::content_hash(shop.destination(4)));
    CHECK((test::read_file(shop.destination(4)) == shop.whole));
    CHECK_FALSE(fs::exists(shop.temporary(4)));
}

TEST_CASE("a segment that is shorter than it should be leaves nothing behind") {
    const Workshop shop;
    auto task = shop.task(0, kGood);
    task.expected.frames = {11};
    auto workers = workers_of(shop, {{0, task}}, 1);
    const auto news = all_news(workers);
    REQUIRE(news.back().encoded.error);
    CHECK(news.back().encoded.error->category() == Category::encoding_error);
    CHECK(test::contains(news.back().encoded.error->detail(), "Expected 11 frames"));
    CHECK_FALSE(fs::exists(shop.destination(0)));
    CHECK_FALSE(fs::exists(shop.temporary(0)));
}

TEST_CASE("a segment whose ffmpeg fails leaves nothing behind, and the next one is begun") {
    const Workshop shop;
    auto workers = workers_of(shop, {{0, shop.task(0, "printf half > \"$1\"; exit 1")}, {1, shop.task(1, kGood)}}, 1);
    const auto news = all_news(workers);
    REQUIRE(news.size() == 4);
    CHECK(news[1].encoded.error);
    CHECK(news[3].encoded.success());
    CHECK_FALSE(fs::exists(shop.temporary(0)));
    CHECK_FALSE(fs::exists(shop.destination(0)));
    CHECK(fs::exists(shop.destination(1)));
}

TEST_CASE("several workers do every task once") {
    const Workshop shop;
    std::map<std::size_t, Task> tasks;
    for (std::size_t segment = 0; segment < 12; ++segment) tasks[segment] = shop.task(segment, kGood);
    auto workers = workers_of(shop, tasks, 3);
    std::vector<int> finished(12);
    for (const auto& news : all_news(workers)) {
        if (news.kind == News::Kind::finished) ++finished[news.segment];
    }
    CHECK(finished == std::vector<int>(12, 1));
    for (std::size_t segment = 0; segment < 12; ++segment) CHECK(fs::exists(shop.destination(segment)));
}

TEST_CASE("no tasks are done at once") {
    const Workshop shop;
    auto workers = workers_of(shop, {}, 4);
    CHECK(all_news(workers).empty());
}

TEST_CASE("an abort ends what is in flight and begins nothing more") {
    const Workshop shop;
    auto workers = workers_of(shop, {{0, shop.task(0, kForever)}, {1, shop.task(1, kGood)}}, 1);
    std::vector<News> told;
    while (!workers.exhausted()) {
        auto news = workers.next(Clock::time_point::max());
        if (!news) continue;
        if (news->kind == News::Kind::progress) {
            CHECK(news->segment == 0);
            CHECK(news->frames == Frames{1});
            workers.abort();
        }
        told.push_back(std::move(*news));
    }
    CHECK(told.back().kind == News::Kind::finished);
    CHECK(told.back().segment == 0);
    REQUIRE(told.back().encoded.error);
    CHECK(told.back().encoded.error->category() == Category::cancelled);
    CHECK_FALSE(fs::exists(shop.temporary(0)));
    CHECK_FALSE(fs::exists(shop.destination(1)));
}

TEST_CASE("a stop ends every worker") {
    Workshop shop;
    auto workers =
        workers_of(shop, {{0, shop.task(0, kForever)}, {1, shop.task(1, kForever)}, {2, shop.task(2, kGood)}}, 2);
    std::size_t cancelled = 0;
    while (!workers.exhausted()) {
        const auto news = workers.next(Clock::time_point::max());
        if (!news) continue;
        if (news->kind == News::Kind::progress) shop.stop.request();
        if (news->kind == News::Kind::finished && news->encoded.error->category() == Category::cancelled) ++cancelled;
    }
    CHECK(cancelled >= 1);
    CHECK_FALSE(fs::exists(shop.temporary(0)));
    CHECK_FALSE(fs::exists(shop.temporary(1)));
    CHECK_FALSE(fs::exists(shop.destination(2)));
}

TEST_CASE("workers that are dropped end what they do") {
    const Workshop shop;
    {
        auto workers = workers_of(shop, {{0, shop.task(0, kForever)}}, 1);
        std::optional<News> news;
        do news = workers.next(Clock::time_point::max());
        while (!news || news->kind != News::Kind::progress);
        CHECK(fs::exists(shop.temporary(0)));
    }
    CHECK_FALSE(fs::exists(shop.temporary(0)));
}

TEST_CASE("a task that cannot be made is its segment's failure") {
    const Workshop shop;
    Workers workers(
        {3}, [](std::size_t) -> Task { throw Error(Category::output_write_error, "no folder"); }, 1, shop.stop);
    const auto news = all_news(workers);
    REQUIRE(news.size() == 2);
    CHECK(news[1].segment == 3);
    CHECK(news[1].encoded.error->category() == Category::output_write_error);
}

#include <doctest/doctest.h>

#include <libdadcam/process/process.hpp>
#include <tests/support/errors.hpp>
#include <thread>

using namespace dadcam;
using namespace dadcam::process;

namespace {

constexpr std::chrono::hours kPatientFeed{1};

Command fed(const std::string& program, Feed& feed) {
    Command command{program, {}};
    command.input = &feed;
    return command;
}

bool always() {
    return true;
}

}  // namespace

TEST_CASE("a program reads what it is fed, byte for byte, to its end") {
    std::string sent;
    for (int i = 0; i < 3'000'000; ++i) sent += static_cast<char>(i * 7 % 251);
    Feed feed;
    Stop stop;
    std::jthread writer([&] {
        CHECK(feed.write(sent, always));
        feed.end();
    });
    const auto captured = capture(fed("/bin/cat", feed), Stream::out, sent.size() * 2, kPatientFeed, stop);
    CHECK(captured.finished.exit.success());
    CHECK((captured.output == sent));
}

TEST_CASE("who feeds a program that is gone is told so") {
    Feed feed;
    Stop stop;
    CHECK(capture(fed("/bin/true", feed), Stream::out, 10, kPatientFeed, stop).finished.exit.success());
    CHECK_FALSE(feed.write(std::string(1 << 20, 'x'), always));
}

TEST_CASE("who feeds a program that cannot be started is told so") {
    Feed feed;
    Stop stop;
    CHECK(test::error_of([&] { capture(fed("/missing", feed), Stream::out, 10, kPatientFeed, stop); }).category() ==
          Category::tool_missing);
    CHECK_FALSE(feed.write(std::string(1 << 20, 'x'), always));
}

TEST_CASE("feeding a program that does not read can be given up") {
    Feed feed;  // nobody reads
    int asked = 0;
    CHECK_FALSE(feed.write(std::string(1 << 24, 'x'), [&] { return ++asked < 20; }));
    CHECK(asked == 20);
}

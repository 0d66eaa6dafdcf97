#include <doctest/doctest.h>
#include <poll.h>
#include <signal.h>

#include <libdadcam/process/process.hpp>
#include <libdadcam/process/stop.hpp>
#include <string>

using namespace dadcam::process;

namespace {

bool readable(int descriptor) {
    pollfd entry{descriptor, POLLIN, 0};
    return ::poll(&entry, 1, 0) > 0;
}

}  // namespace

TEST_CASE("a stop is seen by its flag and by its descriptor") {
    Stop stop;
    CHECK_FALSE(stop.requested());
    CHECK_FALSE(readable(stop.descriptor()));
    stop.request();
    CHECK(stop.requested());
    CHECK(readable(stop.descriptor()));
    CHECK_FALSE(readable(stop.hurry_descriptor()));
    stop.request();
    CHECK(readable(stop.hurry_descriptor()));
}

TEST_CASE("a stop within another one is requested by itself or with the outer one") {
    Stop outer;
    {
        Stop inner(&outer);
        inner.request();
        CHECK(inner.requested());
        CHECK(readable(inner.descriptor()));
        CHECK_FALSE(outer.requested());
    }
    Stop inner(&outer);
    CHECK_FALSE(readable(inner.descriptor()));
    outer.request();
    CHECK(inner.requested());
    CHECK(readable(inner.descriptor()));
    CHECK(inner.requested_within(std::chrono::hours(1)));
    outer.request();
    CHECK(readable(inner.hurry_descriptor()));
}

TEST_CASE("a second request kills at once what takes its time to end") {
    Stop stop;
    bool asked = false;
    std::string said;
    // It would end politely in a third of a second, well within kGrace.
    const Listener listener{[&](std::string_view text) {
                                said += text;
                                if (asked || said.find("ready") == std::string::npos) return;
                                asked = true;
                                stop.request();
                                stop.request();
                            },
                            {}};
    const auto finished =
        run({"/bin/sh", {"-c", "trap 'sleep 0.3; exit 0' TERM; echo ready; while :; do sleep 0.01; done"}}, Stream::out,
            listener, stop);
    CHECK(finished.ended == Ended::stopped);
    CHECK(finished.exit.signal == SIGKILL);
}

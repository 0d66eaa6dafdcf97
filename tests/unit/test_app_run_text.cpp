#include <doctest/doctest.h>

#include <apps/run_text.hpp>
#include <tests/support/errors.hpp>

using namespace dadcam;
using app::condition;
using app::Condition;
using app::Observation;
using library::RunStatus;

namespace {

const std::chrono::sys_seconds kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

library::Run rendering(const std::string& last_progress) {
    library::Run run;
    run.id = 7;
    run.status = RunStatus::rendering;
    run.last_progress_at = last_progress;
    return run;
}

}  // namespace

TEST_CASE("a run that renders is running while its progress is young, and stalled after a minute without") {
    const Observation observed{true, kNow};
    CHECK(condition(rendering("2026-11-21T23:59:30Z"), observed) == Condition::running);
    CHECK(condition(rendering("2026-11-21T23:59:00Z"), observed) == Condition::running);
    CHECK(condition(rendering("2026-11-21T23:58:59Z"), observed) == Condition::stalled);
    CHECK(indicator(Condition::stalled) == "[STALLED]");
    const auto what = advice(rendering("2026-11-21T23:50:00Z"), Condition::stalled);
    CHECK(test::contains(what, "No progress since 2026-11-21T23:50:00Z"));
    CHECK(test::contains(what, "dadcam export-cancel 7"));
}

TEST_CASE("a clock that was set back makes no run stalled") {
    CHECK(condition(rendering("2026-11-23T12:00:00Z"), {true, kNow}) == Condition::running);
}

TEST_CASE("a run that nobody renders was interrupted, whatever its progress") {
    CHECK(condition(rendering("2026-11-21T23:59:59Z"), {false, kNow}) == Condition::interrupted);
    CHECK(condition(rendering("2026-11-20T00:00:00Z"), {false, kNow}) == Condition::interrupted);
    auto swept = rendering("");
    swept.status = RunStatus::failed;
    swept.error_category = "interrupted";
    CHECK(condition(swept, {true, kNow}) == Condition::interrupted);
    swept.error_category = "disk_full";
    CHECK(condition(swept, {true, kNow}) == Condition::failed);
}

TEST_CASE("who went on with a run is told instead of how to go on with it") {
    auto run = rendering("");
    run.status = RunStatus::cancelled;
    CHECK(advice(run, Condition::cancelled) == "Continue with: dadcam resume 7");
    run.resumed_by = 9;
    CHECK(advice(run, Condition::cancelled) == "Continued by export 9.");
    CHECK(advice(run, Condition::ok).empty());
}

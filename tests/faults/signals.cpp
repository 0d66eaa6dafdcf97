#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

struct Kind {
    const char* name;
    int number;
    int code;
};
constexpr Kind kKinds[]{{"SIGINT", SIGINT, 130}, {"SIGTERM", SIGTERM, 143}, {"SIGHUP", SIGHUP, 129}};

/// What a cancelled run must look like, if there is one: the signal may have come before it was made.
void expect_cancelled(const Trial& trial, const Ran& ran) {
    const auto runs = Json::parse(trial.dadcam({"export-history", "--json"}).out);
    if (runs.empty()) return;
    const auto& run = runs.at(0);
    expect(run["status"] == "cancelled", "the run is " + run["status"].dump());
    const auto way_on = fmt::format("dadcam resume {}", run["id"].get<int>());
    expect(ran.err.find(way_on) != std::string::npos, "it does not say how to go on: " + ran.err);
}

std::string signal_at(const Trial& trial, const Kind& kind, std::chrono::milliseconds moment) {
    auto child = trial.start({"export", "Film"});
    if (!child.ended_within(moment)) child.signal(kind.number);
    const auto ran = child.wait();
    trial.note(ran.ended.text() + "\n" + ran.err);
    trial.nothing_is_left();
    if (ran.ended.code == kind.code) {
        expect_cancelled(trial, ran);
    } else {
        // A shell reports both alike: before dadcam has its handlers, the signal ends it by itself.
        expect(ran.ended.code == 0 || ran.ended.signal == kind.number,
               fmt::format("{} instead of exit {}", ran.ended.text(), kind.code));
    }
    trial.survive();
    return ran.ended.text();
}

std::string cancel_from_elsewhere(const Trial& trial) {
    const auto begun = trial.folder / "begun";
    auto child = trial.start({"export", "Film", "--json", "--jobs", "1"},
                             trial.stub(kClip2, fmt::format("touch '{}'; exec sleep 1000", begun.string())));
    expect(eventually([&] { return std::filesystem::exists(begun); }), "the export does not begin");
    const auto cancel = trial.dadcam({"export-cancel", "1"});
    expect(cancel.ended.code == 0, "export-cancel fails: " + cancel.err);
    const auto ran = child.wait();
    trial.note(ran.ended.text() + "\n" + ran.out + ran.err);
    expect(ran.ended.code > 0, "the cancelled export ended with " + ran.ended.text());
    expect(last_line(ran.out)["errorCategory"] == "cancelled", "it does not say that it was cancelled");
    trial.nothing_is_left();
    trial.survive();
    return ran.ended.text();
}

}  // namespace

Attempts signals(const Bench& bench) {
    Attempts all;
    auto random = bench.random(3);
    const auto times = std::max(1U, bench.options.moments / 8);  // a quarter of the kills, between two
    for (const auto& kind : kKinds) {
        for (unsigned i = 0; i < (kind.number == SIGHUP ? 1 : times); ++i) {
            // The first comes while clips are rendered, however few there are.
            const auto moment =
                i == 0 ? std::chrono::milliseconds(std::llround(bench.seconds * 500)) : bench.moment(random);
            all.push_back({kind.name, fmt::format("after {} ms", moment.count()),
                           [kind, moment](Trial& trial) { return signal_at(trial, kind, moment); }});
        }
    }
    all.push_back({"export-cancel", "while the second clip is rendered", cancel_from_elsewhere});
    return all;
}

}  // namespace dadcam::faults

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tests/faults/trace.hpp>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

using Clock = std::chrono::steady_clock;

/// What an export did to the disk for its database.
struct Quiet {
    std::ptrdiff_t flushes = 0;
    std::ptrdiff_t recordings = 0;  ///< of the progress
};

Quiet counted(const std::string& trace) {
    const auto calls = parse_trace(trace);
    const auto is_of_database = [](const SystemCall& call) {
        return call.path.find("/dadcam.db") != std::string::npos;
    };
    const auto flushes = std::count_if(calls.begin(), calls.end(),
                                       [&](const SystemCall& call) { return is_flush(call) && is_of_database(call); });
    const auto recordings = std::count_if(calls.begin(), calls.end(), [&](const SystemCall& call) {
        return call.name == "pwrite64" && is_of_database(call) &&
               call.content.find("Encoding clip") != std::string::npos;
    });
    return {flushes, recordings};
}

/// One segment takes five seconds longer than in the bench's own export, and tells of progress ten times a second.
std::string flush_for_progress(const Trial& trial) {
    if (!trial.bench.no_strace.empty()) throw Skipped(trial.bench.no_strace);
    const auto slow = trial.stub(kClip2,
                                 "frame=0\n"
                                 "while [ $frame -lt 50 ]; do\n"
                                 "  frame=$((frame + 1))\n"
                                 "  printf 'frame=%d\\nprogress=continue\\n' $frame >&2\n"
                                 "  sleep 0.1\n"
                                 "done");
    const auto file = trial.folder / "trace.txt";
    auto words = trial.words({"export", "Film", "--json"}, slow);
    const auto strace = traced_to(file.string());
    words.program.insert(words.program.begin(), strace.begin(), strace.end());
    const auto start = Clock::now();
    const auto ran = run(words);
    const std::chrono::duration<double> took = Clock::now() - start;
    expect(ran.ended.code == 0, "the export fails: " + ran.err);
    trial.survive();

    const auto usual = counted(trial.bench.trace);
    const auto found = counted(read_file(file));
    expect(usual.flushes > 0 && usual.recordings > 0, "the trace shows no flushes and no progress");
    const auto flushes = found.flushes - usual.flushes;
    const auto recordings = found.recordings - usual.recordings;
    const auto seen = fmt::format("{} flushes and {} recordings more", flushes, recordings);
    trial.note(fmt::format("{} in {:.1f} s", seen, took.count()));
    expect(static_cast<double>(flushes) <= took.count(), fmt::format("{} in {:.1f} s", seen, took.count()));
    expect(static_cast<double>(recordings) <= took.count(), fmt::format("{} in {:.1f} s", seen, took.count()));
    return "at most one flush a second";
}

}  // namespace

Attempts flushes() {
    return {{"flushes for progress", "a segment that takes long", flush_for_progress}};
}

}  // namespace dadcam::faults

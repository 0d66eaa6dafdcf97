#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

/// Taking clips in again adds what is missing: every original is there once, whole, and nothing else is.
void expect_all_copied(const Trial& trial, const fs::path& camera) {
    trial.nothing_of_a_process_is_left();
    const auto again = trial.dadcam({"ingest", "--copy", camera.string()});
    expect(again.ended.code == 0, "ingest fails afterwards: " + again.err);
    trial.nothing_is_left();
    std::multiset<std::string> copies, originals;
    for (const auto& entry : fs::recursive_directory_iterator(trial.library / "originals")) {
        if (entry.is_regular_file()) copies.insert(read_file(entry.path()));
    }
    for (const auto& [name, bytes] : trial.bench.clips) {
        originals.insert(bytes);
        expect(read_file(camera / name) == bytes, "the clip that was copied has changed");
    }
    expect(copies == originals, fmt::format("{} copies, or other ones, of {} clips", copies.size(), originals.size()));
    const auto clips = Json::parse(trial.dadcam({"clips", "--json"}).out);
    expect(clips.size() == originals.size(), fmt::format("{} clips are known", clips.size()));
    trial.database_is_sound();
}

/// `strace` makes the kill, at a call; without it, it comes at a moment.
std::string kill_copying(Trial& trial, const std::vector<std::string>& strace, std::chrono::milliseconds moment) {
    const auto camera = trial.folder / "camera";
    trial.library = trial.folder / "copied";
    for (const auto& folder : {camera, trial.library}) fs::create_directories(folder);
    for (const auto& [name, bytes] : trial.bench.clips) write_file(camera / name, bytes);
    expect(trial.dadcam({"init"}).ended.code == 0, "init fails");
    auto words = trial.words({"ingest", "--copy", camera.string()});
    words.program.insert(words.program.begin(), strace.begin(), strace.end());
    Child child(words);
    if (strace.empty() && !child.ended_within(moment)) child.signal(SIGKILL);
    const auto ended = child.wait().ended.text();
    expect_all_copied(trial, camera);
    return ended;
}

}  // namespace

Attempts kills_of_copies(const Bench& bench) {
    constexpr const char* kKind = "kill -9 of ingest --copy";
    constexpr unsigned kMostCalls = 9;  // three clips: a file, its name and its folder each
    Attempts all;
    auto random = bench.random(4);
    const auto times = std::max(1U, bench.options.moments / 12);
    for (unsigned i = 0; i < times; ++i) {
        const auto moment = bench.moment(random) / 4;  // taking in is quicker than rendering
        all.push_back({kKind, fmt::format("after {} ms", moment.count()),
                       [moment](Trial& trial) { return kill_copying(trial, {}, moment); }});
        const auto number = std::uniform_int_distribution(1U, kMostCalls)(random);
        if (!bench.no_strace.empty()) continue;
        const std::string calls = "fsync,rename,renameat2";
        all.push_back({kKind, fmt::format("{} number {}", calls, number), [calls, number](Trial& trial) {
                           return kill_copying(trial,
                                               {"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls, "-e",
                                                fmt::format("inject={}:signal=SIGKILL:when={}", calls, number)},
                                               {});
                       }});
    }
    return all;
}

}  // namespace dadcam::faults

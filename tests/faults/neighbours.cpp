#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <tests/faults/trial.hpp>
#include <thread>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

std::string locked(const Trial& trial) {
    constexpr int kBusyMilliseconds = 60'000;
    const auto begun = trial.folder / "begun";
    const auto gate = trial.folder / "gate";
    auto child = trial.start({"export", "Film", "--json", "--jobs", "1"},
                             trial.stub(kClip2, fmt::format("touch '{}'; while [ ! -e '{}' ]; do sleep 0.05; done",
                                                            begun.string(), gate.string())));
    expect(eventually([&] { return fs::exists(begun); }), "the export does not begin");
    {
        SQLite::Database other((trial.library / ".dadcam/dadcam.db").string(), SQLite::OPEN_READWRITE,
                               kBusyMilliseconds);
        const SQLite::Transaction lock(other, SQLite::TransactionBehavior::EXCLUSIVE);
        write_file(gate, "open");  // from here on dadcam has frames, segments and a film to record
        std::this_thread::sleep_for(trial.bench.options.lock_time);
    }
    const auto ran = child.wait();
    trial.note(ran.ended.text() + "\n" + ran.out + ran.err);
    expect(ran.ended.code == 0, "the locked export ended with " + ran.ended.text() + " " + ran.err);
    trial.survive();
    return fmt::format("{}, {} s locked", ran.ended.text(), trial.bench.options.lock_time.count());
}

std::vector<Child> start_exports(const Trial& trial, unsigned count, std::vector<std::string> arguments,
                                 const Environment& environment) {
    std::vector<Child> all;
    for (unsigned i = 0; i < count; ++i) all.push_back(trial.start(arguments, environment));
    return all;
}

/// The one that renders waits until all others have ended, so that it does not depend on who is fast.
std::string one_renders(const Trial& trial, unsigned count) {
    const auto gate = trial.folder / "gate";
    const auto stub = trial.stub(kClip1, fmt::format("while [ ! -e '{}' ]; do sleep 0.05; done", gate.string()));
    auto exports = start_exports(trial, count, {"export", "Film", "--json"}, stub);
    const auto ended = [&] {
        return std::count_if(exports.begin(), exports.end(),
                             [](const Child& child) { return child.ended_within(std::chrono::milliseconds{0}); });
    };
    expect(eventually([&] { return ended() + 1 >= count; }), "more than one export renders");
    expect(ended() + 1 == count, "no export renders");
    write_file(gate, "open");
    std::map<int, unsigned> codes;
    for (auto& child : exports) ++codes[child.wait().ended.code];
    expect(codes[0] == 1 && codes[16] == count - 1, fmt::format("{} ended with 0, {} with 16", codes[0], codes[16]));
    expect(trial.count("export_runs") == 1, "an export that was busy left a run");
    trial.survive();
    return fmt::format("1 made, {} busy", count - 1);
}

/// Whoever calls ffmpeg for an export leaves its number: those of one dadcam must stand together.
void expect_one_at_a_time(const fs::path& callers, unsigned count) {
    std::istringstream lines(read_file(callers));
    std::vector<std::string> turns;
    for (std::string line; std::getline(lines, line);) {
        if (turns.empty() || turns.back() != line) turns.push_back(line);
    }
    expect(turns.size() == count, fmt::format("{} exports took {} turns", count, turns.size()));
}

std::string all_in_turn(const Trial& trial, unsigned count) {
    const auto callers = trial.folder / "callers";
    const auto stub = trial.stub("*' -progress '*", fmt::format("echo $PPID >>'{}'", callers.string()));
    auto exports = start_exports(trial, count, {"export", "Film", "--json", "--wait"}, stub);
    for (auto& child : exports) {
        const auto ran = child.wait();
        expect(ran.ended.code == 0, "an export that waited ended with " + ran.ended.text() + " " + ran.err);
        const auto film = read_file(last_line(ran.out)["outputPath"].get<std::string>());
        expect(film == trial.bench.film, "the films differ");
    }
    expect_one_at_a_time(callers, count);
    trial.survive();
    return fmt::format("{} made", count);
}

}  // namespace

Attempts locked_database() {
    return {{"database locked", "while a clip is rendered and the film is joined", locked}};
}

Attempts exports_at_once(const Bench& bench) {
    constexpr unsigned kLongForm = 50;
    const char* kind = "exports at once";
    Attempts all{{kind, "two", [](Trial& trial) { return one_renders(trial, 2); }},
                 {kind, "ten", [](Trial& trial) { return one_renders(trial, 10); }},
                 {kind, "two that wait", [](Trial& trial) { return all_in_turn(trial, 2); }}};
    if (bench.options.moments >= kLongForm)  // ten films, one after the other
        all.push_back({kind, "ten that wait", [](Trial& trial) { return all_in_turn(trial, 10); }});
    return all;
}

}  // namespace dadcam::faults

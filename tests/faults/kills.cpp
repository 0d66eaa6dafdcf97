#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <random>
#include <sstream>
#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

using std::chrono::milliseconds;

enum class Victim { dadcam, encoder, both };

constexpr const char* kOlderFilm = "an older film that only a finished one may replace";

/// Kills one of the ffmpegs at work; when there is none at the moment, the next.
void kill_an_encoder(const Child& child, std::size_t which) {
    do {
        const auto encoders = children_named(child.pid(), "ffmpeg");
        if (encoders.empty()) continue;
        ::kill(encoders[which % encoders.size()], SIGKILL);
        return;
    } while (!child.ended_within(milliseconds{2}));
}

struct Kill {
    Victim victim;
    bool while_joining;  ///< the moment counts from when the segments are joined, else from the start
    milliseconds moment;
    std::optional<milliseconds> again;  ///< the resume that follows is killed, too
    bool elsewhere;                     ///< the film is to replace another one at -o
    std::size_t which;                  ///< of the encoders
};

std::string name_of(const Kill& kill) {
    return fmt::format("{} ms after {}{}{}", kill.moment.count(), kill.while_joining ? "joining began" : "the start",
                       kill.elsewhere ? ", with -o and --force" : "",
                       kill.again ? fmt::format(", and its resume after {} ms", kill.again->count()) : "");
}

std::string make_kill(const Trial& trial, const Kill& kill) {
    const auto film = trial.folder / "film.mp4";
    std::vector<std::string> arguments{"export", "Film", "--json"};
    if (kill.elsewhere) {
        write_file(film, kOlderFilm);
        arguments.insert(arguments.end(), {"-o", film.string(), "--force"});
    }
    auto child = trial.start(arguments);
    while (kill.while_joining && stage_of(child.out()) != "finalizing" && !child.ended_within(milliseconds{2}))
        continue;
    if (!child.ended_within(kill.moment)) {
        if (kill.victim != Victim::dadcam) kill_an_encoder(child, kill.which);
        if (kill.victim != Victim::encoder) child.signal(SIGKILL);
    }
    const auto ran = child.wait();
    const auto seen = fmt::format("{} {}", ran.ended.text(), stage_of(ran.out));
    trial.note(seen + "\n" + ran.err);
    if (kill.again) {
        auto resume = trial.start({"resume", "--json"});
        if (!resume.ended_within(*kill.again)) resume.signal(SIGKILL);
        trial.note(resume.wait().ended.text());
    }
    if (kill.elsewhere) {
        const auto there = read_file(film);
        expect(there == kOlderFilm || there == trial.bench.film, "what was at -o is neither the old film nor the new");
    }
    trial.survive();
    return seen;
}

/// How often a thread of dadcam makes one of these calls in an uninterrupted export: that of those that make it most.
unsigned most_calls(const std::string& trace, const std::string& call) {
    std::map<std::string, unsigned> of_thread;
    std::istringstream lines(trace);
    for (std::string line; std::getline(lines, line);) {
        std::string thread, rest;
        std::istringstream(line) >> thread >> rest;
        if (rest.starts_with(call)) ++of_thread[thread];
    }
    unsigned most = 1;
    for (const auto& [thread, times] : of_thread) most = std::max(most, times);
    return most;
}

std::string kill_at_call(const Trial& trial, const std::string& calls, unsigned time) {
    auto words = trial.words({"export", "Film", "--json"});
    const auto inject = fmt::format("inject={}:signal=SIGKILL:when={}", calls, time);
    const std::vector<std::string> strace{"strace",         "-f", "-qq", "-o", "/dev/null", "-e",
                                          "trace=" + calls, "-e", inject};
    words.program.insert(words.program.begin(), strace.begin(), strace.end());
    const auto ran = run(words);
    const auto seen = fmt::format("{} {}", ran.ended.text(), stage_of(ran.out));
    trial.note(fmt::format("export under {}: {}", inject, seen));
    trial.survive();
    return seen;
}

}  // namespace

Attempts kills(const Bench& bench) {
    const std::pair<Victim, const char*> victims[]{{Victim::dadcam, "kill -9 of dadcam"},
                                                   {Victim::encoder, "kill -9 of an encoder"},
                                                   {Victim::both, "kill -9 of both"}};
    Attempts all;
    auto random = bench.random(1);
    for (unsigned i = 0; i < bench.options.moments; ++i) {
        const auto& [victim, kind] = victims[i % std::size(victims)];
        // Joining, thumbnail and recording are short, and when they come depends on the load.
        const bool while_joining = i / std::size(victims) % 2 == 1;
        const auto moment = bench.moment(random) / (while_joining ? 3 : 1);
        Kill kill{victim, while_joining, moment, {}, i % 2 == 1, random()};
        if (const auto again = bench.moment(random); i % 4 == 2) kill.again = again;
        all.push_back({kind, name_of(kill), [kill](Trial& trial) { return make_kill(trial, kill); }});
    }
    std::stable_sort(all.begin(), all.end(), [](const Attempt& a, const Attempt& b) { return a.kind < b.kind; });
    return all;
}

/// Random times seldom hit what takes microseconds; a call does, exactly.
Attempts kills_at_calls(const Bench& bench) {
    Attempts all;
    auto random = bench.random(2);
    const auto each = std::max(1U, bench.options.moments / 6);
    for (const std::string calls : {"fsync", "rename,renameat2", "pwrite64", "unlink"}) {
        const auto most = most_calls(bench.trace, calls.substr(0, calls.find(',')));
        for (unsigned i = 0; i < each; ++i) {
            // All of them in turn when there are enough attempts, else a random choice.
            const auto time = each >= most ? i % most + 1 : std::uniform_int_distribution(1U, most)(random);
            all.push_back(
                {"kill -9 at a system call", fmt::format("{} number {}", calls, time), [calls, time](Trial& trial) {
                     if (!trial.bench.no_strace.empty()) throw Skipped(trial.bench.no_strace);
                     return kill_at_call(trial, calls, time);
                 }});
        }
    }
    return all;
}

}  // namespace dadcam::faults

// Segments rendered by a real Slurm: two nodes on this machine, which with-slurm starts and ctest gives this suite.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/scripts.hpp>
#include <utility>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// As the manual has it: an ffmpeg takes a whole node of the test's, so that two at a time are on two nodes.
constexpr const char* kSrun = "srun -n1 -c4 --quiet";

/// Three segments at a rate at which x264 lets the first frames go long before the last have come.
struct Clips : Sandbox {
    Clips() {
        take_clips(kFewClips);
        make_library({"--resolution", "320x180", "--fps", "60"});
    }
};

std::string slurm(const std::string& name, const std::vector<std::string>& arguments) {
    const process::Stop stop;
    const auto said =
        process::capture({tool(name), arguments}, process::Stream::out, 1 << 16, std::chrono::minutes(1), stop);
    REQUIRE(said.finished.exit.success());
    return said.output;
}

/// No job, no step, and no process of the library.
bool nothing_is_left(const Sandbox& sandbox) {
    return eventually([&] {
        return slurm("squeue", {"--noheader"}).empty() && slurm("squeue", {"--noheader", "--steps"}).empty() &&
               processes_naming(sandbox.library.string()).empty();
    });
}

bool has_state(const std::string& node, const std::string& state) {
    return eventually([&] {
        return slurm("sinfo", {"--noheader", "--Node", "--nodes", node, "--format", "%t"}) == state + "\n";
    });
}

/// A node that is down until the end of the scope.
class DownNode {
public:
    explicit DownNode(std::string name) : name_(std::move(name)) {
        slurm("scontrol", {"update", "NodeName=" + name_, "State=DOWN", "Reason=test"});
    }
    ~DownNode() {
        slurm("scontrol", {"update", "NodeName=" + name_, "State=RESUME"});
        CHECK(has_state(name_, "idle"));
    }
    DownNode(const DownNode&) = delete;
    DownNode& operator=(const DownNode&) = delete;

private:
    std::string name_;
};

/// The bytes of the film that is made without a launcher, in a library of its own; once a test program.
const std::string& plain_film() {
    static const std::string film = read_file(Clips().export_film());
    return film;
}

std::string film_of(const Ran& ran) {
    return read_file(json_lines(ran.out).back()["outputPath"].get<std::string>());
}

/// Exports through srun, two segments at once. Each notes its node, tells of frame 7 and waits at a gate. When both
/// have told, `act` is called.
Ran export_with_two_at_the_gate(const Sandbox& sandbox, const Gate& gate, const std::function<void()>& act) {
    const auto stub = stub_ffmpeg(
        sandbox, fmt::format("echo $SLURMD_NODENAME >>'{}'; printf 'frame=7\\nprogress=continue\\n' >&2; {}",
                             (sandbox / "nodes").string(), gate.wait()));
    bool done = false;
    return run({{"export", "Film", "--launcher", kSrun, "--jobs", "2", "--json"},
                sandbox.library,
                stub,
                [&](pid_t, std::string_view out) {
                    if (contains(out, "\"framesCompleted\":14,") && !std::exchange(done, true)) act();
                }});
}

/// Exports through srun, no faster than the clips play, and sends a signal once frames come.
Ran export_and_signal(const Sandbox& sandbox, int signal) {
    const auto slow = stub_ffmpeg(sandbox, fmt::format("exec '{}' -re \"$@\"", tool("ffmpeg")));
    bool done = false;
    return run({{"export", "Film", "--launcher", kSrun, "--jobs", "2", "--json"},
                sandbox.library,
                slow,
                [&](pid_t pid, std::string_view out) {
                    for (const auto& line : json_lines(out.substr(0, out.rfind('\n') + 1))) {
                        const bool at_work = line["event"] == "progress" && line["framesCompleted"].get<int>() > 0;
                        if (at_work && !std::exchange(done, true)) ::kill(pid, signal);
                    }
                }});
}

Ran resume(const Sandbox& sandbox) {
    return sandbox.dadcam({"resume", "--launcher", kSrun, "--jobs", "2", "--json"});
}

}  // namespace

TEST_SUITE("slurm" * doctest::skip(std::getenv("DADCAM_TEST_SLURM") == nullptr)) {
    TEST_CASE("two nodes render the film that is made without them, and their progress is seen") {
        const Clips sandbox;
        const Gate gate(sandbox);
        const auto launched = export_with_two_at_the_gate(sandbox, gate, [&] { gate.open(); });
        REQUIRE_MESSAGE(launched.ended() == "exit code 0", launched.err, launched.out);
        CHECK((film_of(launched) == plain_film()));
        const auto nodes = read_file(sandbox / "nodes");
        CHECK(contains(nodes, "node1\n"));
        CHECK(contains(nodes, "node2\n"));
        CHECK(nothing_is_left(sandbox));
    }

    TEST_CASE("Ctrl-C ends what runs on the nodes, and the export can be resumed there") {
        const Clips sandbox;
        const auto cancelled = export_and_signal(sandbox, SIGINT);
        CHECK(cancelled.ended() == "exit code 130");
        CHECK(nothing_is_left(sandbox));
        CHECK(json_lines(cancelled.out).back()["errorCategory"] == "cancelled");
        const auto resumed = resume(sandbox);
        REQUIRE_MESSAGE(resumed.ended() == "exit code 0", resumed.err, resumed.out);
        CHECK((film_of(resumed) == plain_film()));
    }

    TEST_CASE("dadcam killed without a word leaves nothing at work on the nodes") {
        const Clips sandbox;
        CHECK(export_and_signal(sandbox, SIGKILL).ended() == "signal 9");
        CHECK(nothing_is_left(sandbox));
        const auto resumed = resume(sandbox);
        REQUIRE_MESSAGE(resumed.ended() == "exit code 0", resumed.err, resumed.out);
        CHECK((film_of(resumed) == plain_film()));
    }

    TEST_CASE("a node that fails is named, and the export is resumed on the other one") {
        const Clips sandbox;
        const Gate gate(sandbox);
        std::optional<DownNode> down;
        const auto failed = export_with_two_at_the_gate(sandbox, gate, [&] { down.emplace("node2"); });
        CHECK(failed.ended() == "exit code 13");
        CHECK(json_lines(failed.out).back()["errorCategory"] == "encoding_error");
        CHECK(contains(sandbox.must({"export-details", "1", "--logs"}), "srun: error: Node failure on node2"));
        const auto resumed = resume(sandbox);
        REQUIRE_MESSAGE(resumed.ended() == "exit code 0", resumed.err, resumed.out);
        CHECK((film_of(resumed) == plain_film()));
    }

    TEST_CASE("a node that does not exist is told in srun's own words, before anything is made") {
        const Clips sandbox;
        const auto refused = sandbox.dadcam({"export", "Film", "--launcher", "srun --nodelist=node7"});
        CHECK(refused.ended() == "exit code 10");
        CHECK(contains(refused.err, "srun: error: "));
        CHECK(sandbox.count("export_runs") == 0);
    }
}

}  // namespace dadcam::test

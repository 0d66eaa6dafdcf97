#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <fstream>
#include <libdadcam/library/work_lock.hpp>
#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/pty.hpp>
#include <thread>
#include <utility>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// Clips that take long enough to render for a signal to come in between, and a second recipe of the same that is
/// quick.
struct LongRender : Sandbox {
    LongRender() {
        begin_with("long render", [this] {
            take_clips({"2012 Birthday/surround.mp4", "DCIM/100GOPRO/GOPR0042.MP4", "Phones/Anna/IMG_0101.MOV",
                        "2012 Birthday/candles.mp4"});
            make_library({"--resolution", "1920x1080", "--fps", "60"});
            must({"recipe-create", "Quick", "--mode", "all", "--resolution", "64x36", "--fps", "25"});
        });
    }
};

bool frames_are_coming(std::string_view out) {
    for (const auto& line : json_lines(out.substr(0, out.rfind('\n') + 1))) {
        if (line["framesCompleted"].get<std::int64_t>() > 0) return true;
    }
    return false;
}

/// Exports "Film" and does something to the program once its first frames are rendered.
Ran export_until_frames(const Sandbox& sandbox, const std::function<void(pid_t)>& act) {
    bool done = false;
    return run({{"export", "Film", "--json", "--jobs", "2"}, sandbox.library, {}, [&](pid_t pid, std::string_view out) {
                    if (done || !frames_are_coming(out)) return;
                    done = true;
                    act(pid);
                }});
}

/// Files that only a run in progress has.
std::vector<std::string> temporary_files(const Sandbox& sandbox) {
    std::vector<std::string> found;
    for (const auto& [name, content] : tree_of(sandbox.library)) {
        if (name.ends_with(".tmp") || name.ends_with(".ffconcat")) found.push_back(name);
    }
    return found;
}

void check_nothing_is_left(const Sandbox& sandbox) {
    CHECK(temporary_files(sandbox).empty());
    CHECK(eventually([&] { return processes_naming(sandbox.library.string()).empty(); }));
    CHECK_FALSE(fs::exists(sandbox.library / ".dadcam/exports/run_1.mp4"));
}

}  // namespace

TEST_SUITE("cancel") {
    TEST_CASE("a signal cancels an export: nothing is left of it, and the next one succeeds") {
        for (const auto& [signal, code] : {std::pair{SIGINT, "exit code 130"}, std::pair{SIGTERM, "exit code 143"},
                                           std::pair{SIGHUP, "exit code 129"}}) {
            CAPTURE(std::string(code));
            const LongRender sandbox;
            const auto cancelled = export_until_frames(sandbox, [signal = signal](pid_t pid) { ::kill(pid, signal); });
            CHECK(cancelled.ended() == code);
            check_nothing_is_left(sandbox);
            const auto last = json_lines(cancelled.out).back();
            CHECK(last["event"] == "completed");
            CHECK(last["success"] == false);
            CHECK(last["errorCategory"] == "cancelled");
            CHECK(last["advice"] == "Continue with: dadcam resume 1");
            const auto run = sandbox.json({"export-details", "1", "--segments"});
            CHECK(run["status"] == "cancelled");
            for (const auto& segment : run["segments"]) CHECK(segment["status"] != "rendering");

            sandbox.must({"export", "Quick"});
            check_film(sandbox.library / ".dadcam/exports/run_2.mp4",
                       sandbox.json({"export-details", "2"})["framesTotal"].get<std::int64_t>(), {25, 1});
        }
    }

    TEST_CASE("a cancelled export names what was not begun, also when a recipe was named twice") {
        const SmallLibrary sandbox;
        sandbox.must({"recipe-create", "Other", "--mode", "all", "--resolution", "64x36", "--fps", "25"});
        const auto rest_when_cancelled_in = [&](int export_number) {
            const auto text = fmt::format("\"runId\":{},", export_number);
            const auto ran =
                run({{"export", "Film", "Other", "Film", "--no-cache", "--json"},
                     sandbox.library,
                     stub_ffmpeg(sandbox,
                                 fmt::format("case \"$*\" in *-run{}.tmp*) exec sleep 1000 ;; esac", export_number)),
                     [&](pid_t pid, std::string_view out) {
                         if (contains(out, text)) ::kill(pid, SIGINT);
                     }});
            CHECK(ran.ended() == "exit code 130");
            const auto at = ran.err.find("Not started: ");
            return at == std::string::npos ? std::string() : ran.err.substr(at, ran.err.find(". Make", at) - at);
        };
        CHECK(rest_when_cancelled_in(1) == "Not started: \"Other\", \"Film\"");
        CHECK(rest_when_cancelled_in(3) == "Not started: \"Film\"");
        CHECK(rest_when_cancelled_in(6) == "");
    }

    TEST_CASE("Ctrl-C in a terminal cancels, and leaves the cursor on a clean line") {
        const LongRender sandbox;
        bool typed = false;
        const auto seen =
            run_in_pty(words({{"export", "Film"}, sandbox.library}), 100, {}, [&](Pty& pty, std::string_view output) {
                if (!typed && contains(output, "Encoding clip")) {
                    typed = true;
                    pty.type("\x03");
                }
            });
        CHECK(seen.exit_code == 130);
        check_nothing_is_left(sandbox);
        CHECK(contains(seen.output, "cancelled"));
        CHECK(seen.output.ends_with("\n"));
    }

    TEST_CASE("killed without a word, dadcam takes its ffmpeg along, and the next export sweeps up") {
        const LongRender sandbox;
        bool were_at_work = false;
        const auto killed = export_until_frames(sandbox, [&](pid_t pid) {
            were_at_work = !processes_naming(sandbox.library.string()).empty();
            ::kill(pid, SIGKILL);
        });
        CHECK(were_at_work);
        CHECK(killed.ended() == "signal 9");
        CHECK(eventually([&] { return processes_naming(sandbox.library.string()).empty(); }));
        CHECK_FALSE(temporary_files(sandbox).empty());
        CHECK(contains(sandbox.must({"export-history"}), "[INTERRUPTED]"));
        CHECK(sandbox.json({"export-history"})[0]["interrupted"] == true);

        sandbox.must({"export", "Quick"});
        CHECK(temporary_files(sandbox).empty());
        const auto run = sandbox.json({"export-details", "1", "--segments"});
        CHECK(run["status"] == "failed");
        CHECK(run["errorCategory"] == "interrupted");
        for (const auto& segment : run["segments"]) CHECK(segment["status"] != "rendering");
        CHECK(sandbox.json({"export-details", "2"})["status"] == "completed");
    }

    TEST_CASE("what was finished before a kill is not rendered again, and the film is the same") {
        const ExportedLibrary whole;
        const SmallLibrary killed;
        // The second segment never comes to its end: the first is there when the program is killed.
        const auto stub = stub_ffmpeg(killed, "case \"$*\" in *DSCN*) ;; *) exec sleep 1000 ;; esac");
        bool done = false;
        const auto ran = run(
            {{"export", "Film", "--json", "--jobs", "1"}, killed.library, stub, [&](pid_t pid, std::string_view out) {
                 if (done || !contains(out, "\"framesCompleted\":25,")) return;
                 done = eventually([&] { return killed.count("segments") == 1; });
                 ::kill(pid, SIGKILL);
             }});
        CHECK(done);
        CHECK(ran.ended() == "signal 9");
        const auto again = json_lines(killed.must({"export", "Film", "--json"})).back();
        CHECK(again["segmentsReused"] == 1);
        CHECK(again["segmentsTotal"] == 3);
        CHECK((read_file(again["outputPath"].get<std::string>()) == read_file(whole.film)));
    }

    TEST_CASE("an export is cancelled from another process, and says so in both") {
        const LongRender sandbox;
        Ran canceller;
        const auto cancelled = export_until_frames(sandbox, [&](pid_t) {
            canceller = sandbox.dadcam({"export-cancel", "1", "--json"});
        });
        CHECK(cancelled.ended() == "exit code 1");
        CHECK(json_lines(cancelled.out).back()["errorCategory"] == "cancelled");
        CHECK(canceller.ended() == "exit code 0");
        CHECK(Json::parse(canceller.out)["status"] == "cancelled");
        check_nothing_is_left(sandbox);
        const auto again = sandbox.dadcam({"export-cancel", "1"});
        CHECK(again.ended() == "exit code 1");
        CHECK(contains(again.err, "it is already cancelled"));
        CHECK(sandbox.dadcam({"export-cancel", "99"}).ended() == "exit code 1");
    }

    TEST_CASE("an export that waits in the queue is cancelled, too") {
        const ExportedLibrary sandbox;
        sandbox.must({"export-rerun", "1", "--queue"});
        CHECK(contains(sandbox.must({"export-cancel", "2"}), "Export 2 was cancelled"));
        CHECK(sandbox.dadcam({"export", "--run", "2"}).ended() == "exit code 1");
        const auto finished = sandbox.dadcam({"export-cancel", "1"});
        CHECK(finished.ended() == "exit code 1");
        CHECK(contains(finished.err, "it is already completed"));
        CHECK(sandbox.json({"export-details", "1"})["status"] == "completed");
    }

    TEST_CASE("a second export is told that it has to wait, or waits when it is asked to") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        Ran busy;
        bool done = false;
        const auto first = run({{"export", "Film", "--json"},
                                sandbox.library,
                                stub_ffmpeg(sandbox, gate.wait()),
                                [&](pid_t, std::string_view) {
                                    if (std::exchange(done, true)) return;
                                    busy = sandbox.dadcam({"export", "Film"});
                                    gate.open();
                                }});
        CHECK(first.ended() == "exit code 0");
        CHECK(busy.ended() == "exit code 16");
        CHECK(contains(busy.err, "--wait"));

        const SmallLibrary other;
        const Gate door(other);
        const auto stub = stub_ffmpeg(other, door.wait());
        bool opened = false;
        Ran rendering;
        std::jthread renderer;
        // The one that waits says so; only then the one that renders may go on.
        renderer = std::jthread([&] { rendering = run({{"export", "Film"}, other.library, stub}); });
        REQUIRE(eventually([&] {
            return other.count("export_runs") == 1 &&
                   other.database().execAndGet("SELECT status FROM export_runs").getString() == "rendering";
        }));
        const auto waited = run_in_pty(words({{"export", "Film", "--wait"}, other.library}), 80, {},
                                       [&](Pty&, std::string_view output) {
                                           if (opened || !contains(output, "Waiting")) return;
                                           opened = true;
                                           door.open();
                                       });
        renderer.join();
        CHECK(opened);
        CHECK(waited.exit_code == 0);
        CHECK(rendering.ended() == "exit code 0");
        CHECK(other.count("export_runs") == 2);
    }

    TEST_CASE("the waiting is ended by Ctrl-C") {
        const SmallLibrary sandbox;
        const auto library = library::Library::open(sandbox.library);
        const auto held = library::WorkLock::acquire(library, library::Work::rendering);
        bool typed = false;
        const auto waited = run_in_pty(words({{"export", "Film", "--wait"}, sandbox.library}), 80, {},
                                       [&](Pty& pty, std::string_view output) {
                                           if (typed || !contains(output, "Waiting")) return;
                                           typed = true;
                                           pty.type("\x03");
                                       });
        CHECK(waited.exit_code == 130);
        CHECK(sandbox.count("export_runs") == 0);
    }

    TEST_CASE("a signal that was to be ignored, as by nohup, is") {
        const SmallLibrary sandbox;
        const Gate gate(sandbox);
        auto program = words({{"export", "Film", "--json"}, sandbox.library, stub_ffmpeg(sandbox, gate.wait())});
        std::vector<std::string> arguments{
            "-c", "trap '' HUP; echo $$ >'" + (sandbox / "pid").string() + "'; exec \"$@\"", "sh"};
        arguments.insert(arguments.end(), program.begin(), program.end());
        bool done = false;
        std::string out;
        const process::Stop stop;
        const auto finished = process::run({"/bin/sh", arguments}, process::Stream::out,
                                           {[&](std::string_view text) {
                                                out += text;
                                                if (std::exchange(done, true)) return;
                                                pid_t pid = 0;
                                                std::ifstream(sandbox / "pid") >> pid;
                                                REQUIRE(pid > 0);
                                                ::kill(pid, SIGHUP);
                                                gate.open();
                                            },
                                            {}},
                                           stop);
        CHECK(finished.exit.code == 0);
        CHECK(json_lines(out).back()["success"] == true);
    }

    TEST_CASE("a stalled ffmpeg is given up, with everything it started") {
        const SmallLibrary sandbox;
        const auto library = sandbox.library.string();
        const auto ran = sandbox.dadcam({"export", "Film", "--json", "--stall-timeout", "1"},
                                        stub_ffmpeg(sandbox, "sh -c 'sleep 1000; : " + library + "'; exit 1"));
        CHECK(ran.ended() == "exit code 15");
        CHECK(json_lines(ran.out).back()["errorMessage"].get<std::string>().starts_with(
            "Export stalled (no progress updates for 1s)"));
        CHECK(eventually([&] { return processes_naming(library).empty(); }));
        CHECK(temporary_files(sandbox).empty());
    }
}

}  // namespace dadcam::test

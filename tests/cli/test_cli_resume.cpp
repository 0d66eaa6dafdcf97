#include <doctest/doctest.h>

#include <csignal>
#include <libdadcam/library/work_lock.hpp>
#include <tests/cli/film.hpp>
#include <tests/cli/sandbox.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// One segment fails, the others are finished: what a resume finds.
void fail_at(const Sandbox& sandbox, const std::string& clip, const std::vector<std::string>& options = {}) {
    std::vector<std::string> arguments{"export", "Film", "--jobs", "1"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const auto ran = sandbox.dadcam(arguments, stub_ffmpeg(sandbox, "case \"$*\" in *" + clip + "*) exit 1 ;; esac"));
    REQUIRE(ran.ended() == "exit code 13");
    REQUIRE(contains(ran.err, "Continue with: dadcam resume 1"));
}

/// A library whose last segment failed.
struct FailedLibrary : SmallLibrary {
    FailedLibrary() {
        begin_with("failed", [this] { fail_at(*this, "VID_2019"); });
    }
};

/// The film as it is without any trouble.
const std::string& whole_film() {
    static const std::string film = read_file(ExportedLibrary().film);
    return film;
}

std::string logs_of(const Sandbox& sandbox, int run) {
    return sandbox.must({"export-details", std::to_string(run), "--logs"});
}

Json last_of(const std::string& out) {
    return json_lines(out).back();
}

/// A library whose clips were exported by somebody who was killed at the second segment.
struct KilledLibrary : SmallLibrary {
    KilledLibrary() {
        const auto stub = stub_ffmpeg(*this, "case \"$*\" in *DSCN*) ;; *) exec sleep 1000 ;; esac");
        bool done = false;
        run({{"export", "Film", "--json", "--jobs", "1"}, library, stub, [&](pid_t pid, std::string_view out) {
                 if (done || !contains(out, "\"framesCompleted\":25,")) return;
                 done = eventually([&] { return count("segments") == 1; });
                 ::kill(pid, SIGKILL);
             }});
        REQUIRE(done);
        // A child that it was just about to start has its lock until it is gone, too.
        const auto killed = library::Library::open(library, library::Access::read);
        REQUIRE(eventually([&] { return !library::WorkLock::is_held(killed, library::Work::rendering); }));
    }
};

}  // namespace

TEST_SUITE("resume") {
    TEST_CASE("a failed export is resumed: what was finished is taken over, and the film is the same") {
        const FailedLibrary sandbox;
        const auto out = sandbox.must({"resume", "--json"});
        const auto first = json_lines(out).front();
        CHECK(first["progressPercent"].get<int>() > 0);
        const auto last = last_of(out);
        CHECK(last["success"] == true);
        CHECK(last["segmentsTotal"] == 3);
        CHECK(last["segmentsReused"] == 2);
        CHECK((read_file(last["outputPath"].get<std::string>()) == whole_film()));
        const auto run = sandbox.json({"export-details", "2"});
        CHECK(run["resumedFromRunId"] == 1);
        CHECK(sandbox.json({"export-details", "1"})["resumedByRunId"] == 2);
        CHECK_FALSE(contains(sandbox.must({"export-history"}), "Continue with"));
    }

    TEST_CASE("an export that was killed is found by the next command of any kind, and offered") {
        for (const auto& command : {std::vector<std::string>{"clips"}, {"recipe-list"}, {"export-history"}}) {
            const KilledLibrary sandbox;
            const auto next = sandbox.dadcam(command);
            CHECK(next.ended() == "exit code 0");
            CHECK(contains(next.err, "was interrupted. Continue with: dadcam resume 1"));
            CHECK_FALSE(contains(sandbox.dadcam(command).err, "interrupted. Go on"));
            const auto table = sandbox.must({"export-history"});
            CHECK(contains(table, "[INTERRUPTED]"));
            CHECK(contains(table, "Continue with: dadcam resume 1"));
            CHECK(sandbox.json({"export-history"})[0]["errorCategory"] == "interrupted");
        }
    }

    TEST_CASE("an export that was killed is finished by one command") {
        const KilledLibrary sandbox;
        const auto last = last_of(sandbox.must({"resume", "--json", "--verify"}));
        CHECK(last["segmentsReused"] == 1);
        CHECK((read_file(last["outputPath"].get<std::string>()) == whole_film()));
    }

    TEST_CASE("when there is nothing to resume, that is said") {
        const SmallLibrary sandbox;
        CHECK(contains(sandbox.must({"resume"}), "Nothing to resume"));
        sandbox.export_film();
        CHECK(contains(sandbox.must({"resume"}), "Nothing to resume"));
        CHECK(contains(sandbox.must({"resume", "1"}), "export 1 is finished"));
        CHECK(last_of(sandbox.must({"resume", "--json"}))["event"] == "nothing_to_resume");
        CHECK(sandbox.count("export_runs") == 1);
        sandbox.must({"export-rerun", "1", "--queue"});
        const auto pending = sandbox.dadcam({"resume", "2"});
        CHECK(pending.ended() == "exit code 1");
        CHECK(contains(pending.err, "dadcam export --run 2"));
        CHECK(sandbox.dadcam({"resume", "77"}).ended() == "exit code 1");
    }

    TEST_CASE("-o and --force hold for the resume, and the film that was there is replaced only at its end") {
        const SmallLibrary sandbox;
        const auto place = write_file(sandbox / "film.mp4", "an older film");
        fail_at(sandbox, "VID_2019", {"-o", place.string(), "--force"});
        CHECK(read_file(place) == "an older film");
        CHECK(sandbox.must({"resume"}) == place.string() + "\n");
        CHECK((read_file(place) == whole_film()));
    }

    TEST_CASE("without --force a file that has come to be at -o stays") {
        const SmallLibrary sandbox;
        const auto place = sandbox / "film.mp4";
        fail_at(sandbox, "VID_2019", {"-o", place.string()});
        write_file(place, "somebody else's");
        const auto refused = sandbox.dadcam({"resume"});
        CHECK(refused.ended() == "exit code 12");
        CHECK(contains(refused.err, "exists already"));
        CHECK(read_file(place) == "somebody else's");
        sandbox.must({"resume", "-o", (sandbox / "other.mp4").string()});
        CHECK((read_file(sandbox / "other.mp4") == whole_film()));
    }

    TEST_CASE("whoever has not named the place outside of the library has to name it") {
        const SmallLibrary sandbox;
        const auto place = sandbox / "film.mp4";
        fail_at(sandbox, "VID_2019", {"-o", place.string()});
        fs::copy(sandbox.library, sandbox / "copy", fs::copy_options::recursive);
        const Environment else_where{{"HOME", sandbox / "somebody"}};
        const auto refused = run({{"resume"}, sandbox / "copy", else_where});
        CHECK(refused.ended() == "exit code 12");
        CHECK(contains(refused.err, place.string()));
        CHECK(contains(refused.err, "nothing here shows"));
        CHECK_FALSE(fs::exists(place));
        const auto resumed = run({{"resume", "-o", place.string(), "--json"}, sandbox / "copy", else_where});
        CHECK(resumed.ended() == "exit code 0");
        CHECK(last_of(resumed.out)["segmentsReused"] == 2);  // touched by the copying, but the same
        CHECK((read_file(place) == whole_film()));
    }

    TEST_CASE("segments that were lost, cut or exchanged by hand are rendered again, and the log says why") {
        const FailedLibrary sandbox;
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(sandbox.library / ".dadcam/segments")) {
            if (entry.path().extension() == ".mov") files.push_back(entry.path());
        }
        REQUIRE(files.size() == 2);
        std::string why;
        SUBCASE("lost") {
            for (const auto& file : files) fs::remove(file);
            why = "its file is gone";
        }
        SUBCASE("cut") {
            for (const auto& file : files) fs::resize_file(file, fs::file_size(file) - 1);
            why = "its file has another size";
        }
        SUBCASE("exchanged for as many other bytes") {
            for (const auto& file : files) write_file(file, std::string(fs::file_size(file), 'x'));
            why = "its file has other contents";
        }
        const auto last = last_of(sandbox.must({"resume", "--json"}));
        CHECK(last["segmentsReused"] == 0);
        CHECK((read_file(last["outputPath"].get<std::string>()) == whole_film()));
        CHECK(contains(logs_of(sandbox, 2), "Segment 1 (2002 Kodak/DSCN0012.AVI) is rendered again: " + why));
    }

    TEST_CASE("a clip that has changed is noticed, what it touches rendered again, and the log says why") {
        const FailedLibrary sandbox;
        const auto clip = sandbox.library / kFewClips[0];
        fs::copy_file(sample_library() / "2012 Birthday/candles.mp4", clip, fs::copy_options::overwrite_existing);
        const auto resumed = sandbox.dadcam({"resume", "--json"});
        REQUIRE(resumed.ended() == "exit code 0");
        CHECK(contains(resumed.err, "has changed"));
        CHECK(last_of(resumed.out)["segmentsReused"].get<int>() < 2);
        CHECK(contains(logs_of(sandbox, 2), kFewClips[0] + " has changed"));
    }

    TEST_CASE("another ffmpeg renders all of it again, and the log says why") {
        const FailedLibrary sandbox;
        auto database = sandbox.database();  // as if another one had made them
        database.exec("UPDATE export_runs SET ffmpeg_version = '4.3'; UPDATE segments SET key = key || '00'");
        database.exec("UPDATE export_run_segments SET key = key || '00'");
        const auto last = last_of(sandbox.must({"resume", "--json"}));
        CHECK(last["segmentsReused"] == 0);
        CHECK(contains(logs_of(sandbox, 2), "ffmpeg has changed from 4.3 to "));
    }

    TEST_CASE("--force was given for its own place only") {
        const SmallLibrary sandbox;
        write_file(sandbox / "film.mp4", "an older film");
        const auto other = write_file(sandbox / "other.mp4", "somebody else's");
        fail_at(sandbox, "VID_2019", {"-o", (sandbox / "film.mp4").string(), "--force"});
        CHECK(sandbox.dadcam({"resume", "-o", other.string()}).ended() == "exit code 12");
        CHECK(read_file(other) == "somebody else's");
    }

    TEST_CASE("a library that was moved goes on, with a film that -o put inside of it") {
        const SmallLibrary sandbox;
        fail_at(sandbox, "VID_2019", {"-o", "film.mp4"});
        fs::rename(sandbox.library, sandbox / "moved");
        const auto resumed = run({{"resume"}, sandbox / "moved"});
        CHECK(resumed.ended() == "exit code 0");
        CHECK(resumed.out == (sandbox / "moved/film.mp4").string() + "\n");
        CHECK(run({{"export-delete", "2", "--yes"}, sandbox / "moved"}).ended() == "exit code 0");
        CHECK_FALSE(fs::exists(sandbox / "moved/film.mp4"));
    }

    TEST_CASE("a clip that was moved and found again by an ingest is found by the resume, too") {
        const FailedLibrary sandbox;
        fs::create_directories(sandbox.library / "elsewhere");
        fs::rename(sandbox.library / kFewClips[0], sandbox.library / "elsewhere/renamed.AVI");
        CHECK(sandbox.dadcam({"resume"}).ended() == "exit code 11");
        sandbox.must({"ingest", "."});
        const auto last = last_of(sandbox.must({"resume", "--json"}));
        CHECK(last["segmentsReused"] == 2);
        CHECK((read_file(last["outputPath"].get<std::string>()) == whole_film()));
    }

    TEST_CASE("what was left out before is told by the resume, too, and by its exit code") {
        const SmallLibrary sandbox;
        fs::rename(sandbox.library / kFewClips[1], sandbox / "away");
        const auto killed = sandbox.dadcam({"export", "Film", "--on-error", "skip", "--stall-timeout", "1"},
                                           stub_ffmpeg(sandbox, "case \"$*\" in *VID_2019*) kill -9 $PPID ;; esac"));
        REQUIRE(killed.ended() == "signal 9");
        const auto resumed = sandbox.dadcam({"resume", "--json"});
        CHECK(resumed.ended() == "exit code 3");
        CHECK(last_of(resumed.out)["leftOut"] == Json::array({kFewClips[1]}));
    }

    TEST_CASE("a run that was resumed already is not made again") {
        const FailedLibrary sandbox;
        sandbox.must({"resume", "1"});
        CHECK(contains(sandbox.must({"resume", "1"}), "export 2 is finished"));
        CHECK(sandbox.count("export_runs") == 2);
    }

    TEST_CASE("a run whose film was made by a later export is resumed only by its number") {
        const FailedLibrary sandbox;
        sandbox.must({"export", "Film"});
        CHECK(contains(sandbox.must({"resume"}), "Nothing to resume"));
        CHECK(sandbox.json({"cache"})["unfinishedBytes"] == 0);
        CHECK(last_of(sandbox.must({"resume", "1", "--json"}))["success"] == true);
        CHECK(sandbox.json({"export-details", "3"})["resumedFromRunId"] == 1);
    }

    TEST_CASE("what was queued is rendered as it was asked for then") {
        const ExportedLibrary sandbox;
        const auto film = write_file(sandbox / "film.mp4", "there already");
        sandbox.must({"export-rerun", "1", "--queue", "--on-error", "skip", "--force", "-o", film.string()});
        fs::rename(sandbox.library / kFewClips[1], sandbox / "away");
        const auto ran = sandbox.dadcam({"export", "--run", "2", "--json"});
        CHECK(ran.ended() == "exit code 3");
        CHECK(last_of(ran.out)["leftOut"] == Json::array({kFewClips[1]}));
        CHECK(fs::file_size(film) > 1000);
    }

    TEST_CASE("what waits in the queue is no resume") {
        const FailedLibrary sandbox;
        sandbox.must({"export-rerun", "1", "--queue"});
        CHECK(last_of(sandbox.must({"resume", "--json"}))["success"] == true);
        CHECK(sandbox.json({"export-details", "3"})["resumedFromRunId"] == 1);
    }

    TEST_CASE("a name that leaves no room for the temporary file's is refused at once") {
        const SmallLibrary sandbox;
        const auto ran =
            sandbox.dadcam({"export", "Film", "-o", (sandbox / (std::string(240, 'x') + ".mp4")).string()});
        CHECK(ran.ended() == "exit code 12");
        CHECK(sandbox.count("export_runs") == 0);
    }

    TEST_CASE("a missing source is named, and once it is back the film is the same") {
        const FailedLibrary sandbox;
        const auto clip = sandbox.library / kFewClips[1];
        fs::rename(clip, sandbox / "away");
        const auto refused = sandbox.dadcam({"resume"});
        CHECK(refused.ended() == "exit code 11");
        CHECK(contains(refused.err, kFewClips[1]));
        CHECK(sandbox.count("export_runs") == 1);
        fs::rename(sandbox / "away", clip);
        CHECK(
            (read_file(last_of(sandbox.must({"resume", "--json"}))["outputPath"].get<std::string>()) == whole_film()));
    }
}

}  // namespace dadcam::test

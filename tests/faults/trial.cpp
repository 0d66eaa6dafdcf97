#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <tests/faults/trial.hpp>
#include <utility>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 10'000;

bool is_temporary(const fs::path& path) {
    return path.extension() == ".tmp" || path.extension() == ".ffconcat";
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::set<std::string> files_below(const fs::path& folder, const fs::path& root) {
    std::set<std::string> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) found.insert(entry.path().lexically_relative(root).string());
    }
    return found;
}

}  // namespace

void expect(bool is_so, const std::string& otherwise) {
    if (!is_so) throw Lost(otherwise);
}

Json last_line(const std::string& out) {
    std::istringstream lines(out);
    Json last;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) last = Json::parse(line, nullptr, false);
    }
    return last;
}

std::string stage_of(const std::string& out) {
    const auto last = last_line(out.substr(0, out.rfind('\n') + 1));
    if (!last.is_object()) return "before it began";
    return last["event"] == "progress" ? last["status"].get<std::string>() : "at its end";
}

void expect_failure(const Ran& ran, int code, const std::string& category) {
    expect(ran.ended.code == code, fmt::format("{} instead of exit {}: {}", ran.ended.text(), code, ran.err));
    // Before there is an export, dadcam itself refuses; else it is the export that failed.
    const auto last = last_line(ran.out);
    expect(last.is_object(), "it says nothing with --json");
    const bool is_refusal = last.value("event", "") == "error";
    const auto said = last.value(is_refusal ? "category" : "errorCategory", Json());
    expect(said == category, fmt::format("{} instead of {}", said.dump(), category));
}

Trial::Trial(const Bench& the_bench, fs::path where)
    : bench(the_bench), folder(std::move(where)), library(folder / "library") {
    fs::create_directories(folder);
    copy_folder(bench.library, library);
}

void Trial::move_to(const fs::path& place) {
    library = place;
    copy_folder(bench.library, library);
}

Words Trial::words(const std::vector<std::string>& arguments, const Environment& more) const {
    std::vector<std::string> program{bench.options.program.string()};
    program.insert(program.end(), arguments.begin(), arguments.end());
    auto all = environment;
    all.insert(more.begin(), more.end());
    all.merge(bench.environment());
    // Of its own, and not on the disk that may be full: the library is a copy, and has the uuid of all others.
    all.emplace("HOME", (folder.parent_path() / ("home-of-" + folder.filename().string())).string());
    return {program, library, all};
}

Child Trial::start(const std::vector<std::string>& arguments, const Environment& more) const {
    note(fmt::format("starts: dadcam {}", fmt::join(arguments, " ")));
    return Child(words(arguments, more));
}

Ran Trial::dadcam(const std::vector<std::string>& arguments, const Environment& more) const {
    auto ran = run(words(arguments, more));
    note(fmt::format("dadcam {}: {}\n{}{}", fmt::join(arguments, " "), ran.ended.text(), ran.out, ran.err));
    return ran;
}

Ran Trial::export_film(const Environment& more, const std::vector<std::string>& options) const {
    std::vector<std::string> arguments{"export", "Film", "--json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return dadcam(arguments, more);
}

Environment Trial::stub(const std::string& pattern, const std::string& action) const {
    const auto path = folder / "ffmpeg-stub";
    const auto known = bench.environment();
    const auto& real = known.empty() ? bench.ffmpeg : known.at("DADCAM_FFMPEG_PATH");
    write_file(path, fmt::format("#!/bin/sh\nreal='{}'\ncase \" $* \" in\n{})\n{}\n;;\nesac\nexec \"$real\" \"$@\"\n",
                                 real, pattern, action));
    fs::permissions(path, fs::perms::owner_all);
    return {{"DADCAM_FFMPEG_PATH", path.string()}};
}

void Trial::interrupt_before_clip3() const {
    const auto ran = export_film(stub(kClip3, "kill -9 $PPID; exit 1"), {"--jobs", "1"});
    expect(ran.ended.signal == SIGKILL, "the export was not interrupted: " + ran.ended.text());
}

void Trial::note(const std::string& text) const {
    std::ofstream(folder / "what-happened.txt", std::ios::app) << text << '\n';
}

void Trial::survive() const {
    survive({bench.film, bench.clips});
}

void Trial::survive(const Expected& expected) const {
    nothing_of_a_process_is_left();
    const auto film = finished_film(expected.reuses);
    expect(fs::is_regular_file(film), fmt::format("there is no film at {}", film.string()));
    expect(read_file(film) == expected.film, "the film is not the same");
    nothing_is_left();
    for (const auto& [name, bytes] : expected.clips) {
        expect(read_file(library / name) == bytes, fmt::format("the original {} was changed", name));
    }
    database_is_sound();
    files_are_recorded();
}

void Trial::nothing_of_a_process_is_left() const {
    expect(eventually([&] { return processes_in(folder).empty(); }), "a process is left");
}

void Trial::nothing_is_left() const {
    nothing_of_a_process_is_left();
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        expect(!is_temporary(entry.path()), fmt::format("{} is left", entry.path().filename().string()));
    }
}

std::int64_t Trial::count(const std::string& table) const {
    const auto copy = folder / "a-look.db";
    for (const std::string part : {"", "-wal"}) {
        std::error_code error;
        fs::remove(copy.string() + part, error);
        fs::copy_file((library / ".dadcam/dadcam.db").string() + part, copy.string() + part, error);
    }
    SQLite::Database database(copy.string(), SQLite::OPEN_READWRITE);
    return database.execAndGet("SELECT count(*) FROM " + table).getInt64();
}

/// The next command of any kind finds what was interrupted; then resume, or, when nothing had begun, export.
fs::path Trial::finished_film(bool reuses) const {
    const auto history = dadcam({"export-history", "--json"});
    expect(history.ended.code == 0, "export-history fails afterwards: " + history.err);
    nothing_is_left();
    for (const auto& run : Json::parse(history.out)) {
        expect(run["status"] != "rendering", "a run is left rendering, though nobody renders it");
    }
    const auto resumed = resume_until_done(reuses);
    if (!resumed.empty()) return resumed;
    for (const auto& run : Json::parse(history.out)) {
        if (run["status"] == "completed") return run["outputPath"].get<std::string>();
        expect(run["status"] == "pending", "resume finds nothing, but there is an export that is not finished");
    }
    const auto made = export_film();
    expect(made.ended.code == 0, "an export fails afterwards: " + made.err);
    return last_line(made.out)["outputPath"].get<std::string>();
}

/// Nothing when there is nothing to resume.
fs::path Trial::resume_until_done(bool reuses) const {
    constexpr int kTimes = 3;
    std::vector<std::string> failures;
    const auto finished = count("segments");
    for (int i = 0; i < kTimes; ++i) {
        const auto ran = dadcam({"resume", "--json"});
        const auto last = last_line(ran.out);
        if (ran.ended.code != 0) {
            failures.push_back(fmt::format("{} {}", ran.ended.text(), ran.err));
            continue;
        }
        expect(last.is_object() && last.contains("event"), "resume said nothing");
        if (last["event"] == "nothing_to_resume") return {};
        expect(last["success"] == true, "resume ended with 0, but without success");
        expect(!reuses || last["segmentsReused"].get<std::int64_t>() >= finished,
               fmt::format("{} segments were finished, but {} taken over", finished, last["segmentsReused"].dump()));
        return last["outputPath"].get<std::string>();
    }
    throw Lost("resume fails: " + joined(failures));
}

void Trial::database_is_sound() const {
    SQLite::Database database((library / ".dadcam/dadcam.db").string(), SQLite::OPEN_READWRITE, kBusyMilliseconds);
    const auto verdict = database.execAndGet("PRAGMA integrity_check").getString();
    expect(verdict == "ok", "the database is damaged: " + verdict);
    expect(!SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep(), "a row refers to nothing");
    for (const char* table : {"export_runs", "export_run_segments"}) {
        const auto rendering =
            database.execAndGet(fmt::format("SELECT count(*) FROM {} WHERE status = 'rendering'", table)).getInt();
        expect(rendering == 0, fmt::format("{} rows of {} are left rendering", rendering, table));
    }
}

/// A file counts only when a row names it: so there is none that no row names, and no row without its file.
void Trial::files_are_recorded() const {
    SQLite::Database database((library / ".dadcam/dadcam.db").string(), SQLite::OPEN_READWRITE, kBusyMilliseconds);
    std::set<std::string> recorded;
    SQLite::Statement segments(database, "SELECT path, bytes FROM segments");
    while (segments.executeStep()) {
        const auto path = segments.getColumn(0).getString();
        recorded.insert(path);
        std::error_code error;
        expect(fs::file_size(library / path, error) == static_cast<std::uintmax_t>(segments.getColumn(1).getInt64()),
               fmt::format("{} is not of the size that is recorded", path));
    }
    SQLite::Statement films(database,
                            "SELECT output_path FROM export_runs WHERE output_path IS NOT NULL AND status = 'completed'"
                            " UNION SELECT thumbnail_path FROM export_runs WHERE thumbnail_path IS NOT NULL");
    while (films.executeStep()) {
        const auto path = films.getColumn(0).getString();
        expect(fs::exists(library / path), fmt::format("{} is recorded, but not there", path));
        recorded.insert(path);
    }
    auto there = files_below(library / ".dadcam/segments", library);
    there.merge(files_below(library / ".dadcam/exports", library));
    for (const auto& path : there) expect(recorded.contains(path), fmt::format("no row names {}", path));
}

}  // namespace dadcam::faults

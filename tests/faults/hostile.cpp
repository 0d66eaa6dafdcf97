#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <unistd.h>

#include <tests/faults/trial.hpp>

namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kSomebody = 65534;

/// Every file below a folder with its bytes; SQLite's own of the moment are of no account.
std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto name = entry.path().string();
        const bool of_no_account = name.ends_with("-wal") || name.ends_with("-shm");
        if (entry.is_regular_file() && !of_no_account) files[name] = read_file(entry.path());
    }
    return files;
}

/// What a library could name that is none of its business. Whatever it names, nothing comes of it but messages.
struct Neighbourhood {
    explicit Neighbourhood(const Trial& trial) : folder(trial.folder / "neighbours"), program(folder / "program") {
        fs::create_directories(folder);
        write_file(folder / "film.mp4", trial.bench.film);
        write_file(program, fmt::format("#!/bin/sh\ntouch '{}'\nexec \"$@\"\n", (folder / "was run").string()));
        fs::permissions(program, fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
        before = files_of(folder);
    }
    fs::path folder;
    fs::path program;
    std::map<std::string, std::string> before;
};

/// A library in which somebody has made an export, and then written `sql` into the database.
std::string received(const Trial& trial, const std::string& sql, bool somebody_elses) {
    if (somebody_elses && ::geteuid() != 0) throw Skipped("only root can give a folder away");
    const Neighbourhood around(trial);
    expect(trial.export_film().ended.code == 0, "the export before fails");
    expect(trial.dadcam({"export-rerun", "1", "--queue"}).ended.code == 0, "the queue does not take it");
    const auto settings = trial.library / ".dadcam";
    {
        SQLite::Database database((settings / "dadcam.db").string(), SQLite::OPEN_READWRITE);
        database.exec(fmt::format(fmt::runtime(sql), fmt::arg("outside", around.folder.string()),
                                  fmt::arg("program", around.program.string())));
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    if (somebody_elses) {
        for (const auto& entry : fs::recursive_directory_iterator(settings))
            expect(::lchown(entry.path().c_str(), kSomebody, kSomebody) == 0, "chown fails");
        expect(::lchown(settings.c_str(), kSomebody, kSomebody) == 0, "chown fails");
    }
    const auto library_before = files_of(trial.library);
    const std::vector<std::vector<std::string>> commands{{"clips"},
                                                         {"clip-show", "1"},
                                                         {"export-history"},
                                                         {"export-details", "1", "--logs", "--segments"},
                                                         {"recipe-show", "Film"},
                                                         {"export-open", "1"},
                                                         {"export", "--run", "2", "--force"},
                                                         {"resume"},
                                                         {"export-rerun", "1", "--force"},
                                                         {"export", "Film", "--force"},
                                                         {"export-delete", "1", "--yes"},
                                                         {"cache", "--clear"}};
    for (const auto& command : commands) {
        const auto ran = trial.dadcam(command);
        expect(ran.ended.signal == 0, command.front() + " ended by " + ran.ended.text());
        expect((ran.out + ran.err).find('\x1b') == std::string::npos, command.front() + " prints an escape");
        expect(files_of(around.folder) == around.before, command.front() + " ran or wrote something outside");
        const bool same = !somebody_elses || files_of(trial.library) == library_before;
        expect(same, command.front() + " wrote into somebody else's library");
    }
    trial.nothing_of_a_process_is_left();
    return fmt::format("{} commands, nothing run, nothing written", commands.size());
}

}  // namespace

Attempts hostile_libraries() {
    const std::vector<std::pair<const char*, std::string>> assaults{
        {"a launcher", "INSERT INTO settings (name, value) VALUES ('launcher', '{program}')"},
        {"places outside",
         "UPDATE export_runs SET requested_path = '{outside}/film.mp4', replace_output = 1, "
         "output_path = '{outside}/film.mp4'"},
        {"a place above",
         "UPDATE export_runs SET requested_path = '../neighbours/film.mp4', replace_output = 1, "
         "output_path = '.dadcam/exports/../../../neighbours/film.mp4'"},
        {"a trigger",
         "CREATE TRIGGER t AFTER INSERT ON export_runs BEGIN UPDATE export_runs SET requested_path = "
         "'{outside}/film.mp4', replace_output = 1; END"},
        {"a view",
         "ALTER TABLE settings RENAME TO kept; CREATE VIEW settings AS SELECT 'launcher' AS name, "
         "'{program}' AS value"},
        {"escapes in paths",
         "UPDATE clips SET path = char(27) || '[2J' || path; UPDATE export_recipes SET name = char(27) || "
         "'[31m'; UPDATE export_runs SET output_path = char(27) || ']0;x' || char(7)"},
        {"clips outside", "UPDATE clips SET path = '{outside}/' || id || '/../film.mp4'"},
        {"a name of a library that climbs", "UPDATE libraries SET uuid = '../../neighbours/film'"},
        {"a preset of somebody's",
         "UPDATE export_runs SET recipe_snapshot = replace(recipe_snapshot, 'share', '-y "
         "{outside}/film.mp4')"},
        {"a snapshot's clips",
         "UPDATE export_runs SET inputs_snapshot = replace(inputs_snapshot, 'clip1.mp4', "
         "'../neighbours/film.mp4')"}};
    Attempts all;
    for (const auto& [name, sql] : assaults) {
        for (const bool somebody_elses : {true, false}) {
            all.push_back({"hostile library", fmt::format("{}, {}", name, somebody_elses ? "somebody else's" : "mine"),
                           [sql = sql, somebody_elses](Trial& trial) { return received(trial, sql, somebody_elses); }});
        }
    }
    return all;
}

}  // namespace dadcam::faults

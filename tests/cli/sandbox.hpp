#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <tests/cli/program.hpp>
#include <tests/support/temporary_folder.hpp>
#include <vector>

namespace dadcam::test {

/// Names and contents of everything below a folder: what "nothing changed" means.
using Tree = std::map<std::string, std::string>;
Tree tree_of(const std::filesystem::path& folder);
/// One line for each difference: "+ new", "- gone", "* changed". SQLite's own -wal and -shm files and the files that
/// bear locks are not looked at.
std::vector<std::string> differences(const Tree& before, const Tree& after);

/// The sample library that scripts/make-sample-library made: read-only for tests. Ends the test when it is not there.
std::filesystem::path sample_library();

/// Three short clips of it: full range with 11 kHz sound, 30 fps, and one without sound.
extern const std::vector<std::string> kFewClips;

/// A folder of the test's own, and in it `library`, which is not a library before init().
class Sandbox {
    TemporaryFolder folder_;  // first: all else lies in it

public:
    explicit Sandbox(const std::string& name = "library");

    const std::filesystem::path library;
    std::filesystem::path operator/(const std::filesystem::path& below) const { return folder_ / below; }

    /// Copies clips of the sample library into `library`, with their times.
    void take_clips(const std::vector<std::string>& names) const;
    void take_all_clips() const;
    /// init and ingest of what is there, and a recipe "Film" of all of it, small and quick to render.
    void make_library(const std::vector<std::string>& recipe_options = {"--resolution", "128x72", "--fps", "25"}) const;

    /// The library that `make` makes here: made by the first test that asks for `what`, and copied, with an id of its
    /// own, for all that follow.
    void begin_with(const std::string& what, const std::function<void()>& make) const;

    /// Calls the program in `library`.
    Ran dadcam(const std::vector<std::string>& arguments, const Environment& environment = {}) const;
    /// The same, and it must succeed. Returns its standard output.
    std::string must(const std::vector<std::string>& arguments, const Environment& environment = {}) const;
    /// What it says with --json.
    Json json(std::vector<std::string> arguments) const;

    /// Exports "Film" and returns the path that was printed.
    std::filesystem::path export_film(const std::vector<std::string>& options = {}) const;

    std::filesystem::path database_path() const { return library / ".dadcam" / "dadcam.db"; }
    SQLite::Database database() const;
    std::int64_t count(const std::string& table) const;
};

/// Three clips, ingested, with the recipe "Film".
struct SmallLibrary : Sandbox {
    explicit SmallLibrary(const std::string& name = "library");
};

/// The same, and one export of it.
struct ExportedLibrary : SmallLibrary {
    ExportedLibrary();
    const std::filesystem::path film;
};

/// Stands in for ffmpeg: a shell script that does `on_segment` when a segment is to be rendered, and then, as for
/// all else, becomes ffmpeg. Returns the environment that makes dadcam use it.
Environment stub_ffmpeg(const Sandbox& sandbox, const std::string& on_segment);

/// A door that a stub waits at, shut until open(): `wait()` is the shell command.
class Gate {
public:
    explicit Gate(const Sandbox& sandbox);
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    std::string wait() const;
    void open() const;

private:
    std::filesystem::path fifo_;
    int descriptor_;
};

}  // namespace dadcam::test

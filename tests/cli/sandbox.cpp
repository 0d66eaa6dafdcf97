#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <libdadcam/uuid.hpp>
#include <system_error>
#include <tests/cli/sandbox.hpp>
#include <tests/support/scripts.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

void copy_with_times(const fs::path& from, const fs::path& to) {
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to);
    fs::last_write_time(to, fs::last_write_time(from));
}

/// All of a folder, with its times.
void copy_below(const fs::path& from, const fs::path& to) {
    fs::create_directories(to);
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto copy = to / entry.path().lexically_relative(from);
        if (entry.is_directory())
            fs::create_directories(copy);
        else
            copy_with_times(entry.path(), copy);
    }
}

std::string content_of(const fs::directory_entry& entry) {
    if (entry.is_symlink()) return "link to " + fs::read_symlink(entry.path()).string();
    if (entry.is_directory()) return "folder";
    if (entry.is_regular_file()) return "file: " + read_file(entry.path());
    return "something else";
}

/// SQLite's own, and the files that bear nothing but a lock.
bool is_of_no_account(const std::string& name) {
    return name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with(".dadcam/render.lock") ||
           name.ends_with(".dadcam/copy.lock");
}

}  // namespace

const std::vector<std::string> kFewClips{"2002 Kodak/DSCN0012.AVI", "2012 Birthday/no sound.mp4",
                                         "Phones/Ben/VID_20190714_183012.mp4"};

Tree tree_of(const fs::path& folder) {
    Tree tree;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto name = entry.path().lexically_relative(folder).string();
        if (!is_of_no_account(name)) tree[name] = content_of(entry);
    }
    return tree;
}

std::vector<std::string> differences(const Tree& before, const Tree& after) {
    std::vector<std::string> found;
    for (const auto& [name, content] : before) {
        const auto now = after.find(name);
        if (now == after.end())
            found.push_back("- " + name);
        else if (now->second != content)
            found.push_back("* " + name);
    }
    for (const auto& [name, content] : after) {
        if (!before.contains(name)) found.push_back("+ " + name);
    }
    return found;
}

fs::path sample_library() {
    const fs::path folder = DADCAM_TEST_SAMPLE;
    REQUIRE_MESSAGE(fs::is_directory(folder),
                    "make it first: ctest -R cli.sample, or scripts/make-sample-library " << folder.string());
    return folder;
}

Sandbox::Sandbox(const std::string& name) : library(folder_ / name) {
    fs::create_directories(library);
}

void Sandbox::take_clips(const std::vector<std::string>& names) const {
    for (const auto& name : names) copy_with_times(sample_library() / name, library / name);
}

void Sandbox::take_all_clips() const {
    const auto from = sample_library();
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        if (entry.is_regular_file()) copy_with_times(entry.path(), library / entry.path().lexically_relative(from));
    }
}

void Sandbox::make_library(const std::vector<std::string>& recipe_options) const {
    must({"init"});
    must({"ingest", "."});
    std::vector<std::string> create{"recipe-create", "Film", "--mode", "all"};
    create.insert(create.end(), recipe_options.begin(), recipe_options.end());
    must(create);
}

Ran Sandbox::dadcam(const std::vector<std::string>& arguments, const Environment& environment) const {
    return run({arguments, library, environment});
}

std::string Sandbox::must(const std::vector<std::string>& arguments, const Environment& environment) const {
    const auto ran = dadcam(arguments, environment);
    INFO(fmt::format("dadcam {}", fmt::join(arguments, " ")));
    INFO(ran.err);
    REQUIRE(ran.ended() == "exit code 0");
    return ran.out;
}

Json Sandbox::json(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    return Json::parse(must(arguments));
}

fs::path Sandbox::export_film(const std::vector<std::string>& options) const {
    std::vector<std::string> arguments{"export", "Film"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    auto printed = must(arguments);
    REQUIRE(printed.ends_with('\n'));
    printed.pop_back();
    REQUIRE(fs::is_regular_file(printed));
    return printed;
}

SQLite::Database Sandbox::database() const {
    constexpr int kBusyMilliseconds = 10'000;
    return {database_path().string(), SQLite::OPEN_READWRITE, kBusyMilliseconds};
}

std::int64_t Sandbox::count(const std::string& table) const {
    auto opened = database();
    return opened.execAndGet("SELECT count(*) FROM " + table).getInt64();
}

void Sandbox::begin_with(const std::string& what, const std::function<void()>& make) const {
    static const SharedFolder prepared;
    const auto model = prepared / what;
    if (!fs::exists(model)) {
        make();
        copy_below(library, model);
        return;
    }
    fs::remove_all(library);
    copy_below(model, library);
    auto opened = database();
    SQLite::Statement update(opened, "UPDATE libraries SET uuid = ?");
    update.bind(1, new_uuid());
    update.exec();
}

SmallLibrary::SmallLibrary(const std::string& name) : Sandbox(name) {
    begin_with("small library " + library.filename().string(), [this] {
        take_clips(kFewClips);
        make_library();
    });
}

ExportedLibrary::ExportedLibrary() : film(library / ".dadcam/exports/run_1.mp4") {
    begin_with("exported library", [this] { REQUIRE(export_film() == film); });
}

Environment stub_ffmpeg(const Sandbox& sandbox, const std::string& on_segment) {
    const auto script = fmt::format("case \" $* \" in *' -filter_complex '*) {} ;; esac\nexec '{}' \"$@\"", on_segment,
                                    quick_tool("ffmpeg"));
    return {{"DADCAM_FFMPEG_PATH", write_script(sandbox / "ffmpeg-stub", script)}};
}

Gate::Gate(const Sandbox& sandbox) : fifo_(sandbox / "gate") {
    if (::mkfifo(fifo_.c_str(), 0600) != 0) throw std::system_error(errno, std::generic_category(), "mkfifo");
    descriptor_ = ::open(fifo_.c_str(), O_RDWR | O_CLOEXEC);  // a writer, so that no reader sees its end
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), fifo_.string());
}

Gate::~Gate() {
    ::close(descriptor_);
}

std::string Gate::wait() const {
    return fmt::format("read line <'{}'", fifo_.string());
}

void Gate::open() const {
    const std::string lines(1000, '\n');  // each who waits takes one
    if (::write(descriptor_, lines.data(), lines.size()) < 0) {
        throw std::system_error(errno, std::generic_category(), fifo_.string());
    }
}

}  // namespace dadcam::test

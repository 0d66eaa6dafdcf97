#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <tests/faults/mount.hpp>
#include <tests/faults/trial.hpp>
#include <thread>

/// One library on two machines, and on disks that are taken out between a crash and the resume.
namespace dadcam::faults {
namespace {

namespace fs = std::filesystem;

constexpr int kCannotWrite = 12, kBusy = 16;

/// As on a machine of this name, which has the library in its folder: no lock, process or name of this one is its own.
/// The shell stays, because the first process of such a machine cannot be killed from within.
Words on(const std::string& machine, const fs::path& mount, Words words) {
    const std::vector<std::string> begin{"unshare",
                                         "--uts",
                                         "--mount",
                                         "--propagation=slave",
                                         "--pid",
                                         "--fork",
                                         "--kill-child",
                                         "--mount-proc",
                                         "sh",
                                         "-c",
                                         "hostname \"$0\" && cd \"$1\" && shift && \"$@\"; exit $?",
                                         machine,
                                         mount.string()};
    words.program.insert(words.program.begin(), begin.begin(), begin.end());
    return words;
}

bool can_lock(const fs::path& file, int& descriptor) {
    descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return descriptor >= 0 && ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

/// Else there would be nothing to see here.
void expect_unshared_locks(const fs::path& one, const fs::path& other) {
    int first = -1, second = -1, third = -1;
    const bool free = can_lock(one / "lock-to-try", first);
    const bool held = !can_lock(one / "lock-to-try", second);
    const bool not_shared = can_lock(other / "lock-to-try", third);
    for (const int descriptor : {first, second, third}) ::close(descriptor);
    fs::remove(one / "lock-to-try");
    expect(free && held, "locks do not hold through one mount");
    if (!not_shared) throw Skipped("locks are shared between the two mounts");
}

using Commands = std::vector<std::vector<std::string>>;
const Commands kReading{{"clips"},       {"export-history"},      {"export-details", "1"},         {"clip-show", "1"},
                        {"recipe-list"}, {"recipe-show", "Film"}, {"export", "Film", "--dry-run"}, {"cache"}};
const Commands kWriting{{"tag", "add", "seen", "1"},
                        {"ingest", "."},
                        {"measure"},
                        {"export", "Film"},
                        {"resume"},
                        {"export-cancel", "1"},
                        {"cache", "--prune"},
                        {"export-delete", "1", "--yes"},
                        {"clip-remove", "1"},
                        {"recipe-delete", "1"}};

std::set<std::string> names_below(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) names.insert(entry.path().string());
    return names;
}

/// Beside the database and the clips, where whoever renders makes none.
std::set<std::string> files_beside_database(const fs::path& library) {
    std::set<std::string> names;
    for (const auto& folder : {library, library / ".dadcam"}) {
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.is_regular_file()) names.insert(entry.path().string());
    }
    return names;
}

/// A folder, as two machines have it.
struct TwoMounts {
    Mount a, b;
    fs::path one, other;
};

TwoMounts two_mounts(const Trial& trial, const std::function<Mount(const fs::path&, const fs::path&)>& mount) {
    const auto one = trial.folder / "alpha", other = trial.folder / "beta";
    TwoMounts mounts{mount(trial.library, one), mount(trial.library, other), one, other};
    expect_unshared_locks(one, other);
    return mounts;
}

/// All that a person may do elsewhere meanwhile: it answers, or says that the library is busy.
void try_everything(const Trial& trial, const fs::path& mount) {
    auto all = kReading;
    all.insert(all.end(), kWriting.begin(), kWriting.end());
    for (const auto& arguments : all) {
        auto words = trial.words(arguments);
        words.folder = mount;
        const auto ran = run(on("beta", mount, words));
        trial.note(fmt::format("beta: {}: {}\n{}{}", arguments.front(), ran.ended.text(), ran.out, ran.err));
        const bool reads = std::find(kReading.begin(), kReading.end(), arguments) != kReading.end();
        expect(ran.ended.code == (reads ? 0 : kBusy),
               fmt::format("{} on the other machine: {} {}", arguments.front(), ran.ended.text(), ran.err));
        if (ran.ended.code == kBusy)
            expect(ran.err.find("on alpha, since ") != std::string::npos, "busy, but not with whom: " + ran.err);
        expect(ran.err.find("interrupted") == std::string::npos, "the other machine's export is called interrupted");
    }
}

void while_another_renders(const Trial& trial) {
    const auto mounts = two_mounts(trial, Mount::bindfs);
    const auto begun = trial.folder / "begun", gate = trial.folder / "gate";
    auto words = trial.words({"export", "Film", "--json"},
                             trial.stub(kClip2, fmt::format("touch '{}'; while [ ! -e '{}' ]; do sleep 0.05; done",
                                                            begun.string(), gate.string())));
    words.folder = mounts.one;
    Child rendering(on("alpha", mounts.one, words));
    expect(eventually([&] { return fs::exists(begun); }), "the export does not begin");
    try_everything(trial, mounts.other);
    write_file(gate, "open");
    const auto ran = rendering.wait();
    trial.note("alpha: " + ran.ended.text() + "\n" + ran.out + ran.err);
    expect(ran.ended.code == 0, "the export ended with " + ran.ended.text() + " " + ran.err);
    expect(trial.count("tags") == 0, "the other machine has written");
}

/// The other machine takes over once nothing is heard, and not before.
void after_another_crashed(const Trial& trial) {
    const auto mounts = two_mounts(trial, Mount::bindfs);
    auto words = trial.words({"export", "Film", "--json", "--jobs", "1"}, trial.stub(kClip3, "kill -9 $PPID; exit 1"));
    words.folder = mounts.one;
    const auto crashed = run(on("alpha", mounts.one, words));
    expect(crashed.ended.code != 0, "the export did not crash");
    auto resume = trial.words({"resume", "--json"});
    resume.folder = mounts.other;
    expect(run(on("beta", mounts.other, resume)).ended.code == kBusy, "a lock of just now was broken");
    constexpr std::chrono::minutes kSilence{6};
    const auto lock = trial.library / ".dadcam/host.lock";
    fs::last_write_time(lock, fs::last_write_time(lock) - kSilence);
    const auto ran = run(on("beta", mounts.other, resume));
    trial.note("beta: " + ran.ended.text() + "\n" + ran.out + ran.err);
    expect(ran.ended.code == 0, "it could not be resumed elsewhere: " + ran.err);
}

/// The connection is gone for a while, and comes back.
std::string with_a_cut(const Trial& trial, std::chrono::seconds cut) {
    const auto mounts = two_mounts(trial, Mount::sshfs);
    const auto begun = trial.folder / "begun";
    auto words =
        trial.words({"export", "Film", "--json"}, trial.stub(kClip2, fmt::format("touch '{}'", begun.string())));
    words.folder = mounts.one;
    Child rendering(on("alpha", mounts.one, words));
    expect(eventually([&] { return fs::exists(begun); }), "the export does not begin");
    mounts.a.signal_server(SIGSTOP);
    try_everything(trial, mounts.other);
    std::this_thread::sleep_for(cut);  // what is tried is that time itself
    mounts.a.signal_server(SIGCONT);
    const auto ran = rendering.wait();
    trial.note("alpha: " + ran.ended.text() + "\n" + ran.out + ran.err);
    return fmt::format("cut for {} s: {}, and resumed where it had to be", cut.count(), ran.ended.text());
}

ino_t inode_of(const fs::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// Taken out after a crash, and put in again elsewhere: no file has the number of before.
std::string taken_out(Trial& trial, const std::function<Mount(const fs::path&, const fs::path&)>& mount) {
    constexpr std::uintmax_t kBytes = 128 << 20;
    const auto image = trial.folder / "stick.img", place = trial.folder / "stick";
    write_file(image, "");
    fs::resize_file(image, kBytes);
    Mount::make_exfat(image);
    ino_t before = 0;
    {
        const auto stick = mount(image, place);
        trial.move_to(place / "films");
        trial.interrupt_before_clip3();
        before = inode_of(place / "films/.dadcam/exports");
    }
    const auto stick = mount(image, place);
    for (int i = 0; i < 200; ++i)
        fs::create_directories(place / fmt::format("other {}", i));  // have numbers of their own
    expect(before != 0 && inode_of(place / "films/.dadcam/exports") != before, "the inodes are the same");
    trial.survive();
    expect(trial.dadcam({"export", "Film", "-o", "a:b.mp4"}).ended.code == kCannotWrite, "a forbidden name is tried");
    const auto again = trial.dadcam({"ingest", ".", "--json"});
    expect(again.ended.code == 0 && Json::parse(again.out)["added"].empty(), "its clips are taken for new ones");
    return "resumed";
}

/// A film was begun before.
std::string can_only_be_read(const Trial& trial) {
    trial.interrupt_before_clip3();
    {
        const auto before = names_below(trial.library);
        const auto mounted = Mount::read_only(trial.library);
        for (const auto& arguments : kReading) {
            const auto ran = trial.dadcam(arguments);
            expect(ran.ended.code == 0, arguments.front() + " does not read it: " + ran.err);
        }
        for (const auto& arguments : kWriting) {
            const auto ran = trial.dadcam(arguments);
            expect(ran.ended.code == kCannotWrite, fmt::format("{}: {}", arguments.front(), ran.ended.text()));
        }
        expect(names_below(trial.library) == before, "files were left in it");
    }
    trial.survive();
    return "read";
}

/// Another user lists all clips again and again.
std::string another_user_reads(const Trial& trial, int times) {
    if (::geteuid() != 0) throw Skipped("only root can be somebody else here");
    const auto begun = trial.folder / "begun", gate = trial.folder / "gate";
    for (auto folder = trial.library; folder != fs::temp_directory_path(); folder = folder.parent_path()) {
        fs::permissions(folder, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    }
    auto rendering = trial.start({"export", "Film", "--json"},
                                 trial.stub(kClip2, fmt::format("touch '{}'; while [ ! -e '{}' ]; do sleep 0.05; done",
                                                                begun.string(), gate.string())));
    expect(eventually([&] { return fs::exists(begun); }), "the export does not begin");
    const auto names = files_beside_database(trial.library);
    for (int time = 1; time <= times; ++time) {
        auto words = trial.words({"clips", "--json"}, {{"HOME", "/nonexistent"}});
        const std::vector<std::string> as_nobody{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        words.program.insert(words.program.begin(), as_nobody.begin(), as_nobody.end());
        const auto ran = run(words);
        expect(ran.ended.code == 0, "it is not listed: " + ran.err);
        expect(Json::parse(ran.out).size() == trial.bench.clips.size(), "not all clips are listed");
        if (time != times / 2) continue;
        expect(files_beside_database(trial.library) == names, "files were left in the library");
        write_file(gate, "open");  // the other half while it is written most
    }
    const auto ran = rendering.wait();
    expect(ran.ended.code == 0, "the export ended with " + ran.ended.text() + " " + ran.err);
    trial.survive();
    return fmt::format("listed {} times", times);
}

}  // namespace

Attempts shared_libraries(const Bench& bench) {
    constexpr unsigned kLongForm = 50;
    const bool long_form = bench.options.moments >= kLongForm;
    Attempts all;
    for (unsigned round = 1; round <= (long_form ? kLongForm : 1); ++round) {
        all.push_back(
            {"two machines", fmt::format("everything on the one while the other renders, {}", round), [](Trial& trial) {
                 while_another_renders(trial);  // its mounts are gone by now, and their processes
                 trial.survive();
                 return "rendered, and nothing of it was touched";
             }});
    }
    all.push_back({"two machines", "one takes over after the other crashed", [](Trial& trial) {
                       after_another_crashed(trial);
                       trial.survive();
                       return "resumed on the other machine";
                   }});
    const std::chrono::seconds cut{long_form ? 90 : 2};
    all.push_back({"a connection that is cut", "sshfs", [cut](Trial& trial) {
                       const auto seen = with_a_cut(trial, cut);
                       trial.survive();
                       return seen;
                   }});
    all.push_back({"a library to read", "from a read-only mount", can_only_be_read});
    const int times = long_form ? 100 : 4;
    all.push_back({"another user", "lists while it is rendered",
                   [times](const Trial& trial) { return another_user_reads(trial, times); }});
    all.push_back({"a stick taken out", "exFAT", [](Trial& trial) { return taken_out(trial, Mount::exfat); }});
    return all;
}

}  // namespace dadcam::faults

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <tests/cli/elsewhere.hpp>
#include <tests/support/errors.hpp>

namespace dadcam::test {
namespace {

namespace fs = std::filesystem;

/// A real file system of its own that is mounted in the store's place, seen by this program and its children alone.
class MountedDisk {
public:
    explicit MountedDisk(const Elsewhere& sandbox) : disk_(sandbox / "real disk"), place_(sandbox.disk) {
        fs::create_directory(disk_);
        const bool is_private =
            ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        is_there_ = is_private && ::mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=64m,mode=700") == 0;
        if (!is_there_) MESSAGE("skipped: no file system may be mounted here (" << std::strerror(errno) << ')');
        if (is_there_) mount();
    }
    ~MountedDisk() {
        if (!is_there_) return;
        ::umount2(place_.c_str(), MNT_DETACH);
        ::umount2(disk_.c_str(), MNT_DETACH);
    }
    MountedDisk(const MountedDisk&) = delete;
    MountedDisk& operator=(const MountedDisk&) = delete;

    explicit operator bool() const { return is_there_; }
    void mount() const { REQUIRE(::mount(disk_.c_str(), place_.c_str(), nullptr, MS_BIND, nullptr) == 0); }
    /// For a shell. Lazily: files that are open stay so.
    std::string pull() const { return "umount -l '" + place_.string() + "'"; }

private:
    fs::path disk_, place_;
    bool is_there_ = false;
};

std::string pull(const Elsewhere& sandbox) {
    return "mv '" + sandbox.disk.string() + "' '" + sandbox.pulled.string() + "'; mkdir '" + sandbox.disk.string() +
           "'";
}

/// The disk goes when the second of three segments is to be rendered; back again, the export is resumed.
void check_pulled(const Elsewhere& sandbox, const std::string& pull, const std::function<void()>& put_back) {
    const auto stub =
        stub_ffmpeg(sandbox, "case \"$*\" in *DSCN*) ;; *) until [ \"$(ls '" + sandbox.segments.string() +
                                 "'/*/*.mov 2>/dev/null | wc -l)\" -eq 1 ] || [ -e '" + (sandbox / "gone").string() +
                                 "' ]; do sleep 0.01; done; [ -e '" + (sandbox / "gone").string() + "' ] || { touch '" +
                                 (sandbox / "gone").string() + "'; " + pull + "; } ;; esac");
    const auto ran =
        sandbox.dadcam({"export", "Film", "--jobs", "1", "--on-error", "skip", "--json"}, sandbox.with(stub));
    CHECK(ran.ended() == "exit code 12");
    const auto last = json_lines(ran.out).back();
    CHECK(contains(last["errorMessage"].get<std::string>(), "is not there: is its disk mounted?"));
    CHECK(contains(ran.out, "Continue with: dadcam resume 1"));
    CHECK(last["leftOut"].empty());
    CHECK(fs::is_empty(sandbox.disk));
    CHECK(sandbox.count("segments") == 1);
    CHECK(sandbox.dadcam({"resume"}, sandbox.mine).ended() == "exit code 12");
    CHECK(sandbox.dadcam({"cache", "--prune"}, sandbox.mine).ended() == "exit code 12");
    CHECK(sandbox.count("segments") == 1);
    CHECK(fs::is_empty(sandbox.disk));

    put_back();
    const auto resumed = sandbox.last({"resume"});
    check_whole(resumed);
    CHECK(resumed["segmentsReused"] == 1);
    CHECK(files_in(sandbox.segments, ".mov") == 3);
    for (const char* leftover : {".tmp", ".sound", ".ffconcat"}) CHECK(files_in(sandbox.disk, leftover) == 0);
}

}  // namespace

TEST_SUITE("store_pulled") {
    TEST_CASE("a store that is gone while a film is rendered ends it, and back again it goes on with what was there") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        check_pulled(sandbox, pull(sandbox), [&] { sandbox.put_back(); });
    }

    TEST_CASE("so does a disk that is pulled out while its files are open") {
        const Elsewhere sandbox;
        const MountedDisk disk(sandbox);
        if (!disk) return;
        sandbox.put_it_there();
        check_pulled(sandbox, disk.pull(), [&] { disk.mount(); });
    }

    TEST_CASE("a disk that is full is a full disk, wherever the library is") {
        const Elsewhere sandbox;
        const MountedDisk disk(sandbox);
        if (!disk) return;
        sandbox.put_it_there();
        const auto plan = sandbox.show({"export", "Film", "--dry-run"});
        CHECK(plan["bytesFree"].get<std::int64_t>() <= 64 << 20);
        CHECK(contains(sandbox.must({"export", "Film", "--dry-run"}, sandbox.mine), "to " + sandbox.disk.string()));
        const auto filler = sandbox.disk / "filler";
        std::ofstream out(filler, std::ios::binary);
        const std::string block(1 << 16, 'x');
        while (out.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
        out.close();
        const auto ran = sandbox.dadcam({"export", "Film"}, sandbox.mine);
        CHECK(ran.ended() == "exit code 14");
        fs::remove(filler);
        check_whole(sandbox.last({"resume"}));
    }

    TEST_CASE("an export that was killed is swept up in the store, once that is there") {
        const Elsewhere sandbox;
        sandbox.put_it_there();
        sandbox.dadcam({"export", "Film", "--jobs", "1"},
                       sandbox.with(stub_ffmpeg(sandbox, "case \"$*\" in *DSCN*) ;; *) kill -9 $PPID ;; esac")));
        sandbox.pull_out();
        const auto away = sandbox.dadcam({"clips"}, sandbox.mine);
        CHECK(away.ended() == "exit code 0");
        CHECK(contains(away.err, "is not there: is its disk mounted?"));
        CHECK(sandbox.show({"export-history"})[0]["status"] == "rendering");
        CHECK(fs::is_empty(sandbox.disk));
        sandbox.put_back();
        CHECK(contains(sandbox.dadcam({"clips"}, sandbox.mine).err, "was interrupted. Continue with: dadcam resume 1"));
        CHECK(files_in(sandbox.disk, ".tmp") == 0);
        check_whole(sandbox.last({"resume"}));
    }
}

}  // namespace dadcam::test

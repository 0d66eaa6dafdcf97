#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdadcam/library/host_lock.hpp>
#include <libdadcam/time.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/libraries.hpp>
#include <vector>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct Place {
    test::TemporaryFolder folder;
    fs::path file = folder / "host.lock";

    /// As another process has left it there.
    void held_by(const Holder& holder, std::chrono::seconds ago = 0s) const {
        REQUIRE(HolderFile::open(file).write(holder));
        fs::last_write_time(file, fs::file_time_type::clock::now() - ago);
    }
    std::optional<Holder> holder() const { return HolderFile::open(file).read().holder; }
};

Holder on_nas() {
    return {"nas", "machine of nas", "boot of nas", "pid:[4026531836]", 47, 4711, 12345, "2019-07-14T18:30:12Z", 7};
}

/// That takes no time.
Patience patient(
    bool to_the_end = false, std::function<void()> meanwhile = [] {}) {
    return {to_the_end, [](const std::string&) {}, [meanwhile](std::chrono::milliseconds) { meanwhile(); }};
}

bool can_be_had(const Place& place) {
    try {
        return HostLock::acquire(place.folder.path(), patient()) != nullptr;
    } catch (const Error& error) {
        CHECK(error.category() == Category::busy);
        return false;
    }
}

}  // namespace

TEST_CASE("the processes of one machine share its lock, and the last one leaves nobody in it") {
    const Place place;
    auto first = HostLock::acquire(place.folder.path(), {});
    auto second = HostLock::acquire(place.folder.path(), {});
    first.reset();
    REQUIRE(place.holder());
    CHECK(place.holder()->process == ::getpid());
    CHECK(second->is_ours());
    second.reset();
    CHECK_FALSE(place.holder());
}

TEST_CASE("a library that another machine has is busy, and it is said who has it where and since when") {
    const Place place;
    place.held_by(on_nas());
    const auto error = test::error_of([&] { HostLock::acquire(place.folder.path(), patient()); });
    CHECK(error.category() == Category::busy);
    CHECK(test::contains(error.message(), "process 4711 on nas, since 2019-07-14"));
    CHECK(place.holder() == on_nas());
    CHECK(HostLock::other_machine(place.folder.path()) == on_nas());
}

TEST_CASE("it is waited for until it is free") {
    const Place place;
    place.held_by(on_nas());
    int pauses = 0;
    const auto lock = HostLock::acquire(place.folder.path(), patient(true, [&] {
                                            if (++pauses == 3) HolderFile::open(place.file).write(std::nullopt);
                                        }));
    CHECK(lock->is_ours());
    CHECK(pauses == 3);
}

TEST_CASE("of a machine that is silent for long it is taken over, by whatever clock") {
    for (const std::chrono::seconds ago : {6min + 0s, 24h * 365 + 0s, -6min + 0s, -24h * 365 + 0s}) {
        CAPTURE(ago.count());
        const Place place;
        place.held_by(on_nas(), ago);
        CHECK(can_be_had(place));
    }
    for (const std::chrono::seconds ago : {0s, 90s, 4min + 0s, -90s}) {
        CAPTURE(ago.count());
        const Place place;
        place.held_by(on_nas(), ago);
        CHECK_FALSE(can_be_had(place));
    }
}

TEST_CASE("of one that seems silent and lives it is not") {
    const Place place;
    place.held_by(on_nas(), 24h);
    auto living = on_nas();
    int pauses = 0;
    const auto error = test::error_of([&] {
        HostLock::acquire(place.folder.path(), patient(false, [&] {
                              if (++pauses % 9 == 0) {
                                  ++living.beat;
                                  place.held_by(living, 24h);
                              }
                          }));
    });
    CHECK(error.category() == Category::busy);
    CHECK(pauses == 9);
}

TEST_CASE("this machine's own of before is free at once: it was started anew, or its process is gone") {
    const Place place;
    const auto self = this_process(place.folder.path());
    auto before = self;
    before.boot = "another";
    if (!self.machine.empty()) {
        place.held_by(before);
        CHECK(can_be_had(place));
    }
    before.machine = "another";
    place.held_by(before);
    CHECK_FALSE(can_be_had(place));

    auto through_another_mount = self;
    ++through_another_mount.disk;
    place.held_by(through_another_mount, 24h);
    CHECK_FALSE(can_be_had(place));  // it is this process, which runs
    ++through_another_mount.started;
    place.held_by(through_another_mount, 1min);
    CHECK(can_be_had(place));  // another one of that number was it
    place.held_by(through_another_mount, 1s);
    CHECK_FALSE(can_be_had(place));  // others of that mount would have to say so first
    through_another_mount.processes = "pid:[1]";
    place.held_by(through_another_mount, 1min);
    CHECK_FALSE(can_be_had(place));  // in a container, where numbers mean something else
}

TEST_CASE("a host whose name changed is itself") {
    const Place place;
    auto before = this_process(place.folder.path());
    before.host = "of before";
    place.held_by(before);
    CHECK(can_be_had(place));
}

TEST_CASE("a lock's file may hold anything") {
    const Place place;
    SUBCASE("nothing") {
        test::write_file(place.file, "");
    }
    SUBCASE("an old library's") {
        test::write_file(place.file, "\n");
    }
    SUBCASE("nonsense, of long ago") {
        test::write_file(place.file, "{\"host\": 7");
        fs::last_write_time(place.file, fs::file_time_type::clock::now() - 1h);
    }
    SUBCASE("a gigabyte, of long ago") {
        test::write_file(place.file, "x");
        fs::resize_file(place.file, 1 << 30);
        fs::last_write_time(place.file, fs::file_time_type::clock::now() - 1h);
    }
    auto lock = HostLock::acquire(place.folder.path(), patient());
    CHECK(place.holder()->process == ::getpid());
    CHECK(fs::file_size(place.file) == 1024);
}

TEST_CASE("nonsense of just now may be somebody") {
    const Place place;
    test::write_file(place.file, "nonsense");
    CHECK_FALSE(can_be_had(place));
}

TEST_CASE("a lock that is no file is not used") {
    const Place place;
    SUBCASE("a folder") {
        fs::create_directory(place.file);
    }
    SUBCASE("a link") {
        test::write_file(place.folder / "other", "x");
        fs::create_symlink("other", place.file);
    }
    SUBCASE("a pipe") {
        REQUIRE(::mkfifo(place.file.c_str(), 0600) == 0);
    }
    const auto error = test::error_of([&] { HostLock::acquire(place.folder.path(), patient()); });
    CHECK(error.category() == Category::output_write_error);
    if (fs::is_symlink(place.file)) CHECK(test::read_file(place.folder / "other") == "x");
}

TEST_CASE("somebody who ended while they took it is not waited for to the end") {
    const Place place;
    fs::create_directory(place.folder / "host.lock.taking");
    CHECK(can_be_had(place));
    CHECK_FALSE(fs::exists(place.folder / "host.lock.taking"));
}

TEST_CASE("a lock that another machine has taken over is noticed, and left to it") {
    const Place place;
    {
        const auto lock = HostLock::acquire(place.folder.path(), {});
        lock->beat();
        CHECK(lock->is_ours());
        CHECK(place.holder()->beat == 1);
        place.held_by(on_nas());
        lock->beat();
        CHECK_FALSE(lock->is_ours());
    }
    CHECK(place.holder() == on_nas());
}

TEST_CASE("a library is used by one machine at a time, once it was shared") {
    test::FreshLibrary fresh;
    const auto root = fresh.library.root();
    CHECK_FALSE(HostLock::is_needed(root / kFolder));
    fs::copy(root, fresh.folder / "shared", fs::copy_options::recursive);
    const auto shared = fresh.folder / "shared";
    const auto lock = shared / kFolder / "host.lock";
    test::write_file(lock, "");
    fs::remove(shared / kFolder / "dadcam.db-shm");
    fs::last_write_time(shared / kFolder / "dadcam.db-wal", fs::file_time_type::clock::now() - 1h);
    {
        auto one = Library::open(shared);
        auto other = Library::open(shared);
        CHECK(one.database().execAndGet("PRAGMA journal_mode").getString() == "truncate");
        test::add_clip(one, "a.mp4");
        test::add_clip(other, "b.mp4");
        CHECK(test::all_clips(one).size() == 2);
        CHECK_FALSE(fs::exists(shared / kFolder / "dadcam.db-shm"));

        REQUIRE(HolderFile::open(lock).write(on_nas()));
        CHECK(test::error_of([&] { Library::open(shared, Access::write, patient()); }).category() == Category::busy);
        auto reader = Library::open(shared, Access::read);
        CHECK(test::all_clips(reader).size() == 2);
    }
    fs::last_write_time(lock, fs::file_time_type::clock::now() - 1h);
    CHECK(test::all_clips(*std::make_unique<Library>(Library::open(shared, Access::write, patient()))).size() == 2);
}

TEST_CASE("what another machine's dadcam has open with a log is not opened") {
    test::FreshLibrary fresh;
    test::add_clip(fresh.library, "a.mp4");
    const auto lock = fresh.library.folder("host.lock");
    test::write_file(lock, "");
    const auto log = fresh.library.folder("dadcam.db-wal");
    REQUIRE(fs::exists(log));
    CHECK(test::error_of([&] { Library::open(fresh.library.root()); }).category() == Category::busy);
    const auto crashed = fresh.folder / "crashed";
    fs::create_directories(crashed);
    fs::copy(fresh.library.folder(), crashed / kFolder);
    fs::last_write_time(crashed / kFolder / "dadcam.db-wal", fs::file_time_type::clock::now() - 10min);
    auto opened = Library::open(crashed);
    CHECK(test::all_clips(opened).size() == 1);
    CHECK(opened.database().execAndGet("PRAGMA journal_mode").getString() == "truncate");
}

TEST_CASE("nothing is committed once the library is another machine's") {
    test::FreshLibrary fresh;
    const auto shared = fresh.folder / "shared";
    fs::create_directories(shared / kFolder);
    test::write_file(shared / kFolder / "host.lock", "");
    auto library = Library::init(shared, "Shared");
    test::add_clip(library, "a.mp4");
    REQUIRE(HolderFile::open(shared / kFolder / "host.lock").write(on_nas()));
    library.host()->beat();
    try {
        test::add_clip(library, "b.mp4");
        FAIL("it was committed");
    } catch (const SQLite::Exception& error) {
        CHECK(database_error(error).category() == Category::busy);
    }
    auto reader = Library::open(shared, Access::read);
    CHECK(test::all_clips(reader).size() == 1);
}

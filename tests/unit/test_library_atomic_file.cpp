#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <libdadcam/library/atomic_file.hpp>
#include <tests/support/errors.hpp>
#include <tests/support/temporary_folder.hpp>
#include <vector>

using namespace dadcam;
using namespace dadcam::library;
namespace fs = std::filesystem;

namespace {

/// Root may read any folder; for the length of a scope this thread may not.
class OnlyPermitted {
public:
    OnlyPermitted() {
        ::syscall(SYS_capget, &header_, before_);
        __user_cap_data_struct less[2]{before_[0], before_[1]};
        less[0].effective &= ~(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH);
        ::syscall(SYS_capset, &header_, less);
    }
    ~OnlyPermitted() { ::syscall(SYS_capset, &header_, before_); }
    OnlyPermitted(const OnlyPermitted&) = delete;
    OnlyPermitted& operator=(const OnlyPermitted&) = delete;

private:
    __user_cap_header_struct header_{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct before_[2]{};
};

bool lies_in_memory(const fs::path& place) {
    struct statfs facts {};
    return ::statfs(place.c_str(), &facts) == 0 && facts.f_type == TMPFS_MAGIC;
}

/// How many pages of a file the system has in memory.
std::size_t pages_in_memory(const fs::path& file) {
    const auto size = fs::file_size(file);
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    REQUIRE(mapped != MAP_FAILED);
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> there((size + page - 1) / page);
    ::mincore(mapped, size, there.data());
    ::munmap(mapped, size);
    return static_cast<std::size_t>(
        std::count_if(there.begin(), there.end(), [](auto one) { return (one & 1U) != 0; }));
}

}  // namespace

TEST_CASE("a file that is committed is there, and its temporary one is gone") {
    const test::TemporaryFolder folder;
    {
        AtomicFile file(folder / "deep/film.mp4", folder / "deep/.film.tmp");
        test::write_file(file.temporary(), "film");
        CHECK_FALSE(fs::exists(folder / "deep/film.mp4"));
        file.commit();
    }
    CHECK(test::read_file(folder / "deep/film.mp4") == "film");
    CHECK_FALSE(fs::exists(folder / "deep/.film.tmp"));
}

TEST_CASE("a file that is not committed is gone, and what was there stays") {
    const test::TemporaryFolder folder;
    test::write_file(folder / "film.mp4", "old");
    {
        AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
        test::write_file(file.temporary(), "half");
    }
    CHECK(test::read_file(folder / "film.mp4") == "old");
    CHECK_FALSE(fs::exists(folder / ".film.tmp"));
}

TEST_CASE("a file is replaced whole") {
    const test::TemporaryFolder folder;
    test::write_file(folder / "film.mp4", "old");
    AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
    test::write_file(file.temporary(), "new");
    file.commit();
    CHECK(test::read_file(folder / "film.mp4") == "new");
}

TEST_CASE("a file whose folder cannot be flushed is in its place, and that is a warning") {
    const test::TemporaryFolder folder;
    AtomicFile file(folder / "films/film.mp4", folder / "films/.film.tmp");
    test::write_file(file.temporary(), "film");
    fs::permissions(folder / "films", fs::perms::owner_write | fs::perms::owner_exec);
    std::string warning;
    {
        const OnlyPermitted only;
        warning = file.commit();
    }
    fs::permissions(folder / "films", fs::perms::owner_all);
    CHECK(test::contains(warning, "film.mp4 is in its place"));
    CHECK(test::contains(warning, "Permission denied"));
    CHECK(test::read_file(folder / "films/film.mp4") == "film");
}

TEST_CASE("a file in a folder that is reached through a link is flushed as any other") {
    const test::TemporaryFolder folder;
    fs::create_directory(folder / "disk");
    fs::create_directory_symlink(folder / "disk", folder / "link");
    AtomicFile file(folder / "link/film.mp4", folder / "link/.film.tmp");
    test::write_file(file.temporary(), "film");
    CHECK(file.commit() == "");
    CHECK(test::read_file(folder / "disk/film.mp4") == "film");
}

TEST_CASE("what was written through is not read from memory") {
    const test::TemporaryFolder folder;
    const auto file = test::write_file(folder / "copy.mov", std::string(8 << 20, 'x'));
    CHECK(pages_in_memory(file) > 0);
    write_through(file);
    if (!lies_in_memory(folder.path())) CHECK(pages_in_memory(file) == 0);
    CHECK(fs::file_size(file) == 8 << 20);
    CHECK(test::error_of([&] { write_through(folder / "missing"); }).category() == Category::output_write_error);
}

TEST_CASE("a leftover of the same temporary name is removed first") {
    const test::TemporaryFolder folder;
    test::write_file(folder / ".film.tmp", "left by a crash");
    const AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
    CHECK_FALSE(fs::exists(folder / ".film.tmp"));
}

TEST_CASE("a link under the temporary name is removed, not followed") {
    const test::TemporaryFolder folder;
    const auto precious = test::write_file(folder / "precious", "precious");
    fs::create_symlink(precious, folder / ".film.tmp");
    {
        AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
        CHECK_FALSE(fs::is_symlink(folder / ".film.tmp"));
        test::write_file(file.temporary(), "film");
    }
    CHECK(test::read_file(precious) == "precious");
}

TEST_CASE("a file is removed quietly, but not through a folder that is a link") {
    const test::TemporaryFolder folder;
    const auto precious = test::write_file(folder / "elsewhere/film.mp4", "precious");
    fs::create_directory_symlink(folder / "elsewhere", folder / "link");
    remove_quietly(folder / "link/film.mp4");
    CHECK(fs::exists(precious));
    remove_quietly(precious);
    CHECK_FALSE(fs::exists(precious));
    remove_quietly(precious);
}

TEST_CASE("what was never written cannot be committed") {
    const test::TemporaryFolder folder;
    AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
    CHECK(test::error_of([&] { file.commit(); }).category() == Category::output_write_error);
    CHECK_FALSE(fs::exists(folder / "film.mp4"));
}

TEST_CASE("where a folder is in the way, nothing is left behind") {
    const test::TemporaryFolder folder;
    fs::create_directories(folder / "film.mp4/inside");
    {
        AtomicFile file(folder / "film.mp4", folder / ".film.tmp");
        test::write_file(file.temporary(), "film");
        CHECK(test::error_of([&] { file.commit(); }).category() == Category::output_write_error);
    }
    CHECK_FALSE(fs::exists(folder / ".film.tmp"));
}

TEST_CASE("a folder that cannot be made is a writing error") {
    const test::TemporaryFolder folder;
    test::write_file(folder / "file", "x");
    CHECK(test::error_of([&] { AtomicFile(folder / "file/film.mp4", folder / "file/.film.tmp"); }).category() ==
          Category::output_write_error);
}

TEST_CASE("a full disk is told from any other writing error") {
    CHECK(test::error_of([] { throw_write_error("/films/a.mp4", ENOSPC); }).category() == Category::disk_full);
    CHECK(test::error_of([] { throw_write_error("/films/a.mp4", EDQUOT); }).category() == Category::disk_full);
    const auto error = test::error_of([] { throw_write_error("/films/a.mp4", EACCES); });
    CHECK(error.category() == Category::output_write_error);
    CHECK(test::contains(error.message(), "/films/a.mp4"));
    CHECK(test::contains(error.message(), "Permission denied"));
}

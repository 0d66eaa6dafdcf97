#include <doctest/doctest.h>

#include <libdadcam/library/file_system.hpp>
#include <tests/support/temporary_folder.hpp>

using namespace dadcam;
using namespace dadcam::library;

TEST_CASE("a mount's type stands behind the hyphen, however many fields come before it") {
    const char* mountinfo =
        "22 27 0:20 / /sys rw,nosuid - sysfs sysfs rw\n"
        "36 35 0:47 / /home/anna/nas rw,nosuid,nodev shared:1 master:2 - fuse.sshfs anna@nas:/videos rw,user_id=1000\n"
        "37 35 8:17 /sub /media/a\\040b rw - fuseblk /dev/sdb1 rw\n"
        "38 35 0:48 / /mnt rw - fuse /home/anna/nas rw\n";
    CHECK(type_of_mount(mountinfo, 0, 47) == "fuse.sshfs");
    CHECK(type_of_mount(mountinfo, 8, 17) == "fuseblk");
    CHECK(type_of_mount(mountinfo, 0, 48) == "fuse");
    CHECK(type_of_mount(mountinfo, 0, 4).empty());
    CHECK(type_of_mount("", 0, 47).empty());
    CHECK(type_of_mount("36 35 0:47 / /mnt", 0, 47).empty());
}

TEST_CASE("what lies in memory or on a disk of this machine is its own") {
    CHECK_FALSE(is_shared_with_others("/proc"));
    CHECK_FALSE(is_shared_with_others("/nowhere"));
    CHECK_FALSE(largest_file("/proc"));
}

TEST_CASE("a name that not every disk takes has one like it that all do") {
    CHECK(name_for_any_disk("Film 1 - \xc3\xa9t\xc3\xa9.mp4") == "Film 1 - \xc3\xa9t\xc3\xa9.mp4");
    CHECK(name_for_any_disk("a:b?c*.mp4") == "a_b_c_.mp4");
    CHECK(name_for_any_disk("a\nb.") == "a_b_");
    CHECK(name_for_any_disk("").empty());
    const test::TemporaryFolder folder;
    CHECK(takes_name(folder.path(), "a:b.mp4"));  // as ext4 does
    CHECK(std::filesystem::is_empty(folder.path()));
}

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dadcam::library {

/// True when other machines may have the same files, so that this kernel's locks are not known to hold for them, and
/// memory is not shared. statfs(2) tells it, and for FUSE, which has one number for all, the mount's type: of those
/// that are not known to lie on a disk of this machine it is assumed.
bool is_shared_with_others(const std::filesystem::path& place);

/// The type of the file system there, as mount(8) calls it: "ext4", "fuse.sshfs". Empty when that is not known.
std::string file_system_type(const std::filesystem::path& place);

/// What a file of this file system may hold, in bytes, where that is less than a film may need: FAT.
std::optional<std::int64_t> largest_file(const std::filesystem::path& place);

/// True when a file can be made in the folder, and removed, whose name ends so. It is tried: permissions do not tell
/// all of a read-only medium, and nothing to root.
bool can_be_made(const std::filesystem::path& folder, const std::string& name = {});

/// False where no file can have this name: exFAT, FAT and many shares forbid Windows' own characters. It is tried.
bool takes_name(const std::filesystem::path& folder, const std::string& name);

/// The name with "_" in place of what Windows forbids; where it ends with a dot or a blank, too.
std::string name_for_any_disk(std::string name);

/// The type of the mount with this device number ("fuse.sshfs"), as proc(5) describes mountinfo. Empty when it has
/// none.
std::string type_of_mount(const std::string& mountinfo, unsigned major, unsigned minor);

}  // namespace dadcam::library

#pragma once

#include <filesystem>
#include <libdadcam/error.hpp>
#include <string>
#include <string_view>

namespace dadcam::library {

/// What becomes of a file that is at the destination already.
enum class Existing { replace, keep };

/// A file that is there whole or not at all: written under a temporary name in the destination's folder, and gone at
/// the end of the scope unless it was committed.
class AtomicFile {
public:
    /// Makes the destination's folder when needed and removes a leftover of the same temporary name.
    /// Error(output_write_error).
    AtomicFile(std::filesystem::path destination, std::filesystem::path temporary);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    const std::filesystem::path& temporary() const { return temporary_; }
    /// Writes it. Error(output_write_error), Error(disk_full).
    void write(std::string_view text) const;

    /// Flushes the file, renames it, flushes the folder. Error(output_write_error), also when an existing file is to be
    /// kept, or Error(disk_full). From the rename on the file is in its place and nothing is thrown: what is returned
    /// is a warning for a person that the folder could not be flushed; empty: it was.
    std::string commit(Existing existing = Existing::replace);

private:
    std::filesystem::path destination_;
    std::filesystem::path temporary_;
    bool committed_ = false;
};

/// Writes a file that nobody reads before it is whole. Error(output_write_error), Error(disk_full).
void write_text(const std::filesystem::path& file, std::string_view text);

/// Flushes a file and lets go of what the system holds of it in memory, so that the next who reads it reads the disk.
/// On a file system that lies in memory, or does not do as it is told, it stays where it is. Error(output_write_error).
void write_through(const std::filesystem::path& file);

/// Removes a file that may be there, and says nothing when it cannot: what stays counts for nothing. Never through a
/// folder that is a link to somewhere else.
void remove_quietly(const std::filesystem::path& file);

/// What a full disk is to an export.
Error disk_full(std::string detail);

/// Throws the Error of a failed write: disk_full or output_write_error, by `error_number`.
[[noreturn]] void throw_write_error(const std::filesystem::path& path, int error_number);

}  // namespace dadcam::library

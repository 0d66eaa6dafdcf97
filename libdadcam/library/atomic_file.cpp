#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <libdadcam/error.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <utility>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

enum class Cached { keep, drop };

/// 0, or the error's number.
int flush(const fs::path& path, int flags, Cached cached = Cached::keep) {
    const int descriptor = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    if (cached == Cached::drop) ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::close(descriptor);
    return error == EINVAL ? 0 : error;  // a file system without flushing
}

/// Not every file system can refuse to replace in one step; there, a look before has to do.
int rename(const fs::path& from, const fs::path& to, Existing existing) {
    if (existing == Existing::replace) return ::rename(from.c_str(), to.c_str());
    const int result = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    if (result == 0 || (errno != EINVAL && errno != ENOSYS)) return result;
    std::error_code error;
    if (!fs::exists(fs::symlink_status(to, error))) return ::rename(from.c_str(), to.c_str());
    errno = EEXIST;
    return -1;
}

/// 0, or the error's number.
int write_all(const fs::path& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return out ? 0 : errno;
}

}  // namespace

Error disk_full(std::string detail) {
    return Error(Category::disk_full, "Not enough disk space to complete the export.",
                 "Free some space; finished segments are kept.", std::move(detail));
}

void throw_write_error(const fs::path& path, int error_number) {
    if (error_number == ENOSPC || error_number == EDQUOT) throw disk_full(path.string());
    throw Error(Category::output_write_error,
                fmt::format("{} cannot be written: {}.", path.string(), std::strerror(error_number)),
                "Choose a folder that exists and that you can write to.");
}

void write_text(const fs::path& file, std::string_view text) {
    if (const int error = write_all(file, text)) throw_write_error(file, error);
}

void write_through(const fs::path& file) {
    if (const int error = flush(file, O_NOFOLLOW, Cached::drop); error != 0) throw_write_error(file, error);
}

void remove_quietly(const fs::path& file) {
    std::error_code error;
    if (!fs::is_symlink(file.parent_path(), error)) fs::remove(file, error);
}

AtomicFile::AtomicFile(fs::path destination, fs::path temporary)
    : destination_(std::move(destination)), temporary_(std::move(temporary)) {
    std::error_code error;
    fs::create_directories(temporary_.parent_path(), error);
    if (error) throw_write_error(temporary_.parent_path(), error.value());
    fs::remove(temporary_, error);
}

AtomicFile::~AtomicFile() {
    std::error_code error;
    if (!committed_) fs::remove(temporary_, error);
}

void AtomicFile::write(std::string_view text) const {
    if (const int error = write_all(temporary_, text)) throw_write_error(destination_, error);
}

std::string AtomicFile::commit(Existing existing) {
    if (const int error = flush(temporary_, O_NOFOLLOW); error != 0) throw_write_error(temporary_, error);
    if (rename(temporary_, destination_, existing) != 0) throw_write_error(destination_, errno);
    committed_ = true;
    const int error = flush(destination_.parent_path(), O_DIRECTORY);
    if (error == 0) return {};
    return fmt::format(
        "{} is in its place, but its folder could not be flushed to the disk: {}. "
        "A power cut soon after may lose it.",
        destination_.string(), std::strerror(error));
}

}  // namespace dadcam::library

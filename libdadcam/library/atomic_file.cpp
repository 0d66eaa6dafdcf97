#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <libdadcam/error.hpp>
#include <libdadcam/library/atomic_file.hpp>
#include <utility>

namespace dadcam::library {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) throw_write_error(path, errno);
    const int result = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (result != 0 && error != EINVAL) throw_write_error(path, error);  // EINVAL: a file system without flushing
}

}  // namespace

void throw_write_error(const fs::path& path, int error_number) {
    if (error_number == ENOSPC || error_number == EDQUOT) {
        throw Error(Category::disk_full, "Not enough disk space to complete the export.",
                    "Make room, then run it again: finished segments are kept.", path.string());
    }
    throw Error(Category::output_write_error,
                fmt::format("{} cannot be written: {}.", path.string(), std::strerror(error_number)),
                "Choose a folder that exists and that you can write to.");
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

void AtomicFile::commit() {
    flush(temporary_, O_RDONLY);
    if (::rename(temporary_.c_str(), destination_.c_str()) != 0) throw_write_error(destination_, errno);
    committed_ = true;
    flush(destination_.parent_path(), O_RDONLY | O_DIRECTORY);
}

}  // namespace dadcam::library

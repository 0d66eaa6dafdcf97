#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <libdadcam/error.hpp>
#include <libdadcam/library/work_lock.hpp>
#include <utility>

namespace dadcam::library {
namespace {

std::filesystem::path lock_file(const Library& library, Work work) {
    return library.folder(work == Work::rendering ? "render.lock" : "copy.lock");
}

/// The whole file, for the open file description: not lost when another descriptor of it is closed, as POSIX's are.
struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

}  // namespace

std::optional<WorkLock> WorkLock::acquire(const Library& library, Work work) {
    auto held = acquire(lock_file(library, work));
    if (!held || work != Work::rendering || !library.store()) return held;
    library.make_own_folder(library.segments());
    auto of_store = acquire(library.segments() / "render.lock");
    if (!of_store) return std::nullopt;
    held->of_store_ = std::make_unique<WorkLock>(std::move(*of_store));
    return held;
}

std::optional<WorkLock> WorkLock::acquire(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (descriptor < 0) {
        throw Error(Category::output_write_error,
                    fmt::format("{} cannot be opened: {}.", path.string(), std::strerror(errno)),
                    "Check that its folder can be written.");
    }
    WorkLock held(descriptor);
    auto lock = whole_file();
    if (::fcntl(descriptor, F_OFD_SETLK, &lock) == 0) return held;
    if (errno == EAGAIN || errno == EACCES) return std::nullopt;
    throw Error(Category::output_write_error,
                fmt::format("{} cannot be locked: {}.", path.string(), std::strerror(errno)),
                "Its file system must support locks.");
}

bool WorkLock::is_held(const Library& library, Work work) {
    const int descriptor = ::open(lock_file(library, work).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return false;  // nobody has ever held it, or nobody can
    const WorkLock looked_at(descriptor);
    auto lock = whole_file();
    return ::fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

Error WorkLock::held_by_another(const Library& library, Work work) {
    auto where = std::string("this library");
    if (library.store() && !is_held(library, work))
        where = fmt::format("a copy of this library, which has its segments in {}, too", library.segments().string());
    return Error(
        Category::busy,
        fmt::format("Another dadcam is {} {}.", work == Work::rendering ? "rendering in" : "copying into", where),
        work == Work::rendering ? "Try again when it is done, or give --wait; `dadcam export-history --status "
                                  "rendering` shows what it does."
                                : "Try again when it is done.");
}

WorkLock::WorkLock(WorkLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), of_store_(std::move(other.of_store_)) {}

WorkLock::~WorkLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace dadcam::library

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <libdadcam/error.hpp>
#include <libdadcam/library/render_lock.hpp>
#include <utility>

namespace dadcam::library {

std::optional<RenderLock> RenderLock::acquire(const Library& library) {
    const auto path = library.folder("render.lock");
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) {
        throw Error(Category::output_write_error,
                    fmt::format("{} cannot be opened: {}.", path.string(), std::strerror(errno)),
                    "Check that the library's folder can be written.");
    }
    RenderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno == EWOULDBLOCK) return std::nullopt;
    throw Error(Category::output_write_error,
                fmt::format("{} cannot be locked: {}.", path.string(), std::strerror(errno)),
                "The library's file system must support locks.");
}

RenderLock::RenderLock(RenderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RenderLock::~RenderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace dadcam::library

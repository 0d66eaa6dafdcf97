#include <libdadcam/process/stop.hpp>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace dadcam::process {

Stop::Stop() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Stop::~Stop() {
    ::close(descriptor_);
}

void Stop::request() noexcept {
    const int saved = errno;  // a signal handler must leave errno alone
    requested_.store(true);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
    errno = saved;
}

}  // namespace dadcam::process

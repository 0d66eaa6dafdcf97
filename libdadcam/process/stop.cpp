#include <libdadcam/process/stop.hpp>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace dadcam::process {
namespace {

int checked(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return descriptor;
}

int new_event() {
    return checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
}

/// Readable when one of the two is.
int either_of(int one, int other) {
    const int both = checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    for (const int member : {one, other}) {
        epoll_event wanted{EPOLLIN, {}};
        checked(::epoll_ctl(both, EPOLL_CTL_ADD, member, &wanted), "epoll_ctl");
    }
    return both;
}

}  // namespace

Stop::Stop() : event_(new_event()), hurry_(new_event()) {}

Stop::Stop(const Stop* outer) : outer_(outer), event_(new_event()), either_(either_of(event_, outer->descriptor())) {}

Stop::~Stop() {
    for (const int descriptor : {event_, hurry_, either_}) {
        if (descriptor >= 0) ::close(descriptor);
    }
}

bool Stop::requested_within(std::chrono::milliseconds time) const {
    pollfd entry{descriptor(), POLLIN, 0};
    ::poll(&entry, 1, static_cast<int>(time.count()));  // a signal ends it early, which does no harm
    return requested();
}

void Stop::request() noexcept {
    const int saved = errno;  // a signal handler must leave errno alone
    const bool again = requested_.exchange(true);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(again && hurry_ >= 0 ? hurry_ : event_, &one, sizeof one);
    errno = saved;
}

}  // namespace dadcam::process

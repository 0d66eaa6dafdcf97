#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <libdadcam/process/feed.hpp>
#include <system_error>

namespace dadcam::process {

// A socket, not a pipe: writing to a program that is gone is then an error of that call alone (MSG_NOSIGNAL), and no
// SIGPIPE for the whole process.
Feed::Feed() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        throw std::system_error(errno, std::generic_category(), "socketpair");
    }
    reading_ = ends[0];
    writing_ = ends[1];
}

Feed::~Feed() {
    end();
    handed_over();
}

bool Feed::write(std::string_view bytes, const std::function<bool()>& keep_going) {
    constexpr int kTickMs = 100;
    while (!bytes.empty()) {
        if (!keep_going()) return false;
        const ssize_t sent = ::send(writing_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd entry{writing_, POLLOUT, 0};
            ::poll(&entry, 1, kTickMs);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

void Feed::end() {
    if (writing_ >= 0) ::close(writing_);
    writing_ = -1;
}

void Feed::handed_over() {
    if (const int descriptor = reading_.exchange(-1); descriptor >= 0) ::close(descriptor);
}

}  // namespace dadcam::process

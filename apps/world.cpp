#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <apps/world.hpp>
#include <array>
#include <cstdlib>
#include <iostream>

namespace dadcam::app {
namespace {

int columns_of_stderr() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool await_stdin(const process::Stop& stop) {
    while (!stop.requested()) {  // a signal interrupts poll(), but not the read that would follow
        std::array<pollfd, 2> entries{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop.descriptor(), POLLIN, 0}};
        if (::poll(entries.data(), entries.size(), -1) > 0 && entries[0].revents != 0) return !stop.requested();
    }
    return false;
}

}  // namespace

Terminal real_terminal() {
    Terminal terminal{std::cin,
                      std::cout,
                      std::cerr,
                      ::isatty(STDIN_FILENO) == 1,
                      ::isatty(STDOUT_FILENO) == 1,
                      ::isatty(STDERR_FILENO) == 1,
                      columns_of_stderr,
                      {},
                      await_stdin};
    for (const char* name :
         {"DADCAM_LIBRARY", "DADCAM_FFMPEG_PATH", "DADCAM_FFPROBE_PATH", "PATH", "TERM", "NO_COLOR", "DISPLAY",
          "WAYLAND_DISPLAY", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "DADCAM_LAUNCHER", "TZ"}) {
        if (const char* value = std::getenv(name)) terminal.environment[name] = value;
    }
    return terminal;
}

std::filesystem::path current_folder() {
    std::error_code error;
    return std::filesystem::current_path(error);
}

}  // namespace dadcam::app
